"""What matched, marked in escaped text: whole matches only, whatever way they are written.

Places are found in the normalised text and marked in the text as it stands, so that full-width,
traditional and upper-case spellings are marked too.
"""

import re
from functools import lru_cache

from markupsafe import Markup, escape

from portal.search.analysis import normalise_with_offsets
from portal.search.parsing import Chunk, Query
from portal.search.spelling import places_spelled

EXCERPT = 90  # characters
LEAD = 20  # characters before the first match
ELLIPSIS = "…"
_BREAKS = "。；！？;!?\n"

Span = tuple[int, int]


def mark(text: str, query: Query, *, spelled: bool = False) -> Markup:
    """The whole text with its matches marked; `spelled`: also what Latin words of the query spell
    in pinyin."""
    return _marked(text, _spans(text, query, spelled=spelled), 0, len(text))


def excerpt(text: str, query: Query, length: int = EXCERPT) -> Markup:
    """About `length` characters of the text around its first matches, these marked.

    The beginning of the text when nothing in it matches.
    """
    text = " ".join(text.split())
    spans = _spans(text, query)
    start = _start(text, spans, length)
    end = min(len(text), start + length)
    for first, last in spans:  # no match is cut in two
        if first < end < last:
            end = last
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    return before + _marked(text, spans, start, end) + after


def _start(text: str, spans: list[Span], length: int) -> int:
    """Where the excerpt begins: at the sentence of the first match, when that is near enough."""
    if not spans or spans[0][1] <= length:
        return 0
    first = spans[0][0]
    earliest = max(0, first - LEAD)
    sentence = max(text.rfind(character, earliest, first) for character in _BREAKS) + 1
    return min(max(sentence, earliest), max(0, len(text) - length))


def _marked(text: str, spans: list[Span], start: int, end: int) -> Markup:
    safe = str if len(escape(text)) == len(text) else escape  # most texts have nothing to escape
    parts: list[str] = []
    place = start
    for first, last in spans:
        if start <= first and last <= end:
            parts += [safe(text[place:first]), "<mark>", safe(text[first:last]), "</mark>"]
            place = last
    return Markup("".join([*parts, safe(text[place:end])]))  # noqa: S704 each part is escaped


def _spans(text: str, query: Query, *, spelled: bool = False) -> list[Span]:
    """Where matches stand in the text, in order, none overlapping."""
    pattern = _pattern(query)
    if pattern is None:
        return []
    normal, offsets = normalise_with_offsets(text)
    found = [match.span() for match in pattern.finditer(normal)]
    if spelled:
        found = _with_spelled(normal, query, found)
    return [(offsets[first], offsets[last - 1] + 1) for first, last in found]


def _with_spelled(normal: str, query: Query, found: list[Span]) -> list[Span]:
    """Matches in a normalised text, with what is spelled beside them."""
    chunks = [chunk for chunk in query.chunks if chunk.may_be_pinyin]
    words = [w.text for chunk in chunks for w in chunk.words if w.is_latin and len(w.text) > 1]
    beside = [
        (first, last)
        for first, last in places_spelled(normal, words)
        if all(last <= begin or first >= end for begin, end in found)
    ]
    return sorted([*found, *beside])


@lru_cache(maxsize=256)
def _pattern(query: Query) -> re.Pattern[str] | None:
    """All that may be marked, the longest first: chunks, then words and what stands for them."""
    wanted = {needle for chunk in query.chunks for needle in _needles(chunk)}
    forms = sorted(wanted, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(_whole, forms))) if forms else None


def _needles(chunk: Chunk) -> list[str]:
    if chunk.is_phrase:
        return [chunk.text]
    words = [form for word in chunk.words for form in word.forms]
    if len(chunk.words) == 1:
        return [chunk.text, *words]
    # A single character is a match only where it was asked for alone.
    telling = [form for form in words if len(form) > 1]
    return [chunk.text, *(run for run in chunk.han_runs if len(run) > 1), *telling]


def _whole(form: str) -> str:
    """A pattern for the form; Latin words and figures do not match inside longer ones."""
    ascii_start, ascii_end = form[0].isascii(), form[-1].isascii()
    before = r"(?<![a-z0-9])" if ascii_start else ""
    # The beginning of a number or code is a match of its own.
    is_code = any(map(str.isdigit, form)) and len(form) > 3
    after = r"(?![a-z0-9])" if ascii_end and not is_code else ""
    return before + re.escape(form) + after

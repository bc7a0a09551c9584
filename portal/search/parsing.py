"""A query text → what to look for, before the index is asked.

A query is cut at spaces and punctuation into chunks that must all be found, in any order; a chunk
is cut into words, each of which any field may hold and a synonym may stand for. In front of a chunk
a minus excludes it, `名称:` `产品:` `代码:` (or name: product: code:) say where to look, and quotes
around it keep it unbroken. Whatever does not add up is read as text, with a note that says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from portal.search.analysis import CODE_LETTERS, compact, normalise, runs, words
from portal.search.hashing import hashed_once
from portal.search.synonyms import NO_SYNONYMS, Synonyms
from portal.search.terms import Field, Note, Reason

LONGEST_QUERY = 200  # characters

FIELD_WORDS = {
    "名称": Field.NAME,
    "name": Field.NAME,
    "产品": Field.PRODUCT,
    "product": Field.PRODUCT,
    "代码": Field.CODE,
    "code": Field.CODE,
}
_BETWEEN = r"\s,，、;；|"
_ITEM = re.compile(
    rf"""
    (?P<minus>-(?=[^\s-]))?
    (?:(?P<field>{"|".join(FIELD_WORDS)}):\s*)?
    (?:
        (?:"(?P<straight>[^"]*)" | “(?P<curly>[^”]*)” | 「(?P<corner>[^」]*)」)
      | (?P<open>["“「])?(?P<plain>[^{_BETWEEN}]*)
    )
    """,
    re.VERBOSE,
)
_SKIPPED = re.compile(f"[{_BETWEEN}]*")
# Particles say nothing about what is sought; they count only when they are all there is.
_PARTICLES = frozenset("的了和与及或在是等之")


@dataclass(frozen=True)
class Word:
    """One word of the query and the other forms that stand for it, all normalised."""

    text: str
    others: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The word and its other forms."""
        return (self.text, *self.others)

    @property
    def is_latin(self) -> bool:
        """Whether it can be pinyin."""
        return self.text.isascii() and self.text.isalpha()


@dataclass(frozen=True)
class Chunk:
    """A stretch of the query: where it is looked for (None: everywhere), whether it must stand
    unbroken, and whether what holds it is left out."""

    text: str
    words: tuple[Word, ...]
    field: Field | None = None
    is_phrase: bool = False
    is_excluded: bool = False

    @cached_property
    def code(self) -> str:
        """The compact form in which it could begin a number or code; empty when it cannot."""
        return code_of(self.text)

    @cached_property
    def han_runs(self) -> tuple[str, ...]:
        """Its unbroken runs of Han characters."""
        return tuple(run for run, is_han in runs(self.text) if is_han)

    @property
    def may_be_pinyin(self) -> bool:
        """Whether one of its words may be the spelling of a name."""
        looked_at = self.field in (None, Field.NAME) and not self.is_phrase
        return looked_at and any(word.is_latin for word in self.words)

    @property
    def is_plain(self) -> bool:
        """Whether it is text without any sign before or around it."""
        return self.field is None and not self.is_phrase


@hashed_once
@dataclass(frozen=True)
class Query:
    """A query as read: what must be found, what must not, and what was read as text although it
    looked like a sign. `reason` is set when there is nothing to ask the index."""

    text: str
    chunks: tuple[Chunk, ...] = ()
    excluded: tuple[Chunk, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: Reason | None = None

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is text alone, so that all of it may be one name or number."""
        return not self.excluded and all(chunk.is_plain for chunk in self.chunks)

    @cached_property
    def whole(self) -> str:
        """All of it compacted, to compare with whole names; empty when it is not text alone."""
        return compact(self.text) if self.is_plain else ""

    @cached_property
    def code(self) -> str:
        """All of it as the beginning of a number or code; empty when it cannot be one."""
        return code_of(self.text) if self.is_plain else ""

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of all chunks."""
        return tuple(word for chunk in self.chunks for word in chunk.words)


def code_of(text: str) -> str:
    """The compact form of a text that could begin a number or code, else an empty string."""
    form = compact(text)
    is_code = len(form) >= CODE_LETTERS and (form.isascii() or any(map(str.isdigit, form)))
    return form if is_code else ""


def parse(text: str, synonyms: Synonyms = NO_SYNONYMS) -> Query:
    """Read what a person typed. Never raises, whatever it is."""
    if len(text.strip()) > LONGEST_QUERY:
        return Query("", reason=Reason.TOO_LONG)
    normal = normalise(text).strip()
    notes: list[Note] = []
    chunks = tuple(_chunks(normal, synonyms, notes))
    wanted = tuple(chunk for chunk in chunks if not chunk.is_excluded)
    excluded = tuple(chunk for chunk in chunks if chunk.is_excluded)
    if excluded and not wanted:
        notes.append(Note.ONLY_EXCLUDED)
        wanted, excluded = tuple(replace(chunk, is_excluded=False) for chunk in chunks), ()
    if not wanted:
        return Query("", reason=Reason.EMPTY)
    return Query(normal, wanted, excluded, tuple(dict.fromkeys(notes)))


def _chunks(normal: str, synonyms: Synonyms, notes: list[Note]) -> Iterator[Chunk]:
    place = 0
    while (place := _skip(normal, place)) < len(normal):
        match = _ITEM.match(normal, place)
        assert match is not None  # every part of the pattern may be empty
        place = max(match.end(), place + 1)
        if chunk := _chunk(match, synonyms, notes):
            yield chunk


def _skip(text: str, place: int) -> int:
    match = _SKIPPED.match(text, place)
    return match.end() if match else place


def _chunk(match: re.Match[str], synonyms: Synonyms, notes: list[Note]) -> Chunk | None:
    quoted = next((match[name] for name in ("straight", "curly", "corner") if match[name]), "")
    text = quoted or match["plain"] or ""
    if match["open"]:
        notes.append(Note.OPEN_QUOTE)
    field = FIELD_WORDS.get(match["field"] or "")
    if field and not compact(text):
        notes.append(Note.EMPTY_FIELD)
        text, field = match["field"], None
    found = (Word(text),) if quoted and compact(text) else _words(text, synonyms)
    if not found:
        return None
    return Chunk(text, found, field, bool(quoted), is_excluded=bool(match["minus"]))


def _words(chunk: str, synonyms: Synonyms) -> tuple[Word, ...]:
    found: list[str] = []
    for run, is_han in runs(chunk):
        if not is_han:
            found.append(run)
            continue
        for piece in synonyms.split(run):
            found += [piece] if piece in synonyms.forms else words(piece)
    telling = [word for word in found if word not in _PARTICLES] or found
    return tuple(Word(word, synonyms.alternatives(word)) for word in dict.fromkeys(telling))

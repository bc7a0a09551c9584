"""Text → tokens, the same way for index and query. Every backend of the search shares this module.

Names are cut into single characters and pairs, so that any part of a name finds it. Running text
is cut into dictionary words, with every single character beside them. The dictionary alone cuts
(no guessing of unknown words), so that a word is cut alike in a query and inside a sentence.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from portal.chinese import simplify

_WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8")

# Stamped on the index: what was cut by another version is rebuilt, never mixed.
ANALYZER_VERSION = f"1-{zlib.crc32(_WORDS.encode()):08x}"

PINYIN_LETTERS = 12  # letters kept from each character on, about three; longer input is cut
SHORT_PINYIN = 4  # beginnings of so many letters are tokens of their own
FOLDED_CHARACTERS = 20_000  # more than names and summaries are written with
CODE_LETTERS = 4  # a shorter piece of a number or code is no sign of one

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"([{_HAN}]+)|((?:(?![{_HAN}])[^\\W_])+)")
_BETWEEN_RUNS = re.compile(r"[\W_]+")
_SPACES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


@cache
def _segmenter() -> Any:
    """The word cutter with its dictionary: 60 MB, so only a process that searches pays for it."""
    import rjieba  # noqa: PLC0415

    segmenter = rjieba.Jieba()
    for line in _WORDS.splitlines():
        if line and not line.startswith("#"):
            segmenter.add_word(line, None, None)
    return segmenter


@cache
def _romaniser() -> Any:
    """The pinyin dictionaries: 55 MB, needed by the indexer and for near matches only."""
    import pypinyin  # noqa: PLC0415

    return pypinyin


@lru_cache(maxsize=20_000)
def _spelled(word: str) -> tuple[str, ...]:
    """The syllables of a word as the pinyin dictionaries cut them: few words, many names."""
    return tuple(_romaniser().lazy_pinyin(word))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)


@lru_cache(maxsize=1024)
def normalise(text: str) -> str:
    """One spelling for all widths, cases and scripts; control and broken characters are spaces."""
    visible = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    return simplify(_fold(visible))


@lru_cache(maxsize=FOLDED_CHARACTERS)
def _folded(character: str) -> str:
    """A character as it is folded alone, nothing for an invisible one."""
    return "" if _INVISIBLE.match(character) else _fold(character)


@lru_cache(maxsize=1024)
def normalise_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """The normalised text and, for each of its characters, the place it came from in `text`."""
    pieces = [_folded(character) for character in _SPACES.sub(" ", text)]
    joined = "".join(pieces)
    simplified = simplify(joined)
    if len(simplified) != len(joined):  # a phrase of another length: character by character then
        simplified = "".join(simplify(character)[:1] for character in joined)
    if len(joined) == len(text) and all(pieces):  # one for one
        return simplified, range(len(text))
    return simplified, [place for place, piece in enumerate(pieces) for _ in piece]


def runs(text: str) -> list[tuple[str, bool]]:
    """Each stretch of normalised text without punctuation, and whether it is of Han characters."""
    return [(han or word, bool(han)) for han, word in _RUN.findall(text)]


def pairs(run: str) -> list[str]:
    """Neighbouring characters two by two; a single character alone."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def words(run: str) -> list[str]:
    """Dictionary words of a run of Han characters, in order, none overlapping."""
    return list(_segmenter().cut(run, False))


def parts(word: str) -> list[str]:
    """The dictionary words within a word of Han characters, none of a single character."""
    found = dict.fromkeys(_segmenter().cut_for_search(word, False))
    return [part for part in found if 1 < len(part) < len(word)]


def name_tokens(text: str) -> list[str]:
    """Tokens under which a name is indexed: characters, pairs, Latin words and figures."""
    tokens: list[str] = []
    for run, is_han in runs(normalise(text)):
        tokens += [*run, *(pairs(run) if len(run) > 1 else ())] if is_han else [run]
    return tokens


@lru_cache(maxsize=4096)
def tag_tokens(tag: str) -> tuple[str, ...]:
    """Tokens under which a tag is indexed, the same as for a name: many records bear it."""
    return tuple(name_tokens(tag))


def text_tokens(text: str) -> list[str]:
    """Tokens under which running text is indexed: words, their parts and every character."""
    tokens: list[str] = []
    for run, is_han in runs(normalise(text)):
        if is_han:
            tokens += [part for part in _segmenter().cut_for_search(run, False) if len(part) > 1]
            tokens += run
        else:
            tokens.append(run)
    return tokens


@lru_cache(maxsize=4096)
def name_query(text: str) -> tuple[str, ...]:
    """Tokens that a name must all hold to match the normalised `text`."""
    tokens = (pairs(run) if is_han else [run] for run, is_han in runs(text))
    return tuple(dict.fromkeys(token for group in tokens for token in group))


@lru_cache(maxsize=4096)
def text_query(text: str) -> tuple[str, ...]:
    """Tokens that running text must all hold to match the normalised `text`."""
    tokens = (words(run) if is_han else [run] for run, is_han in runs(text))
    return tuple(dict.fromkeys(token for group in tokens for token in group))


def compact(text: str) -> str:
    """Letters, figures and characters only: the form in which codes and whole names compare."""
    return "".join(run for run, _ in runs(normalise(text)))


def phrase_text(text: str) -> str:
    """The normalised text with one space for whatever is no letter, figure or character: the form
    in which unbroken phrases are looked for."""
    return _BETWEEN_RUNS.sub(" ", normalise(text)).strip()


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """What finds a phrase in a `phrase_text`; Latin words and figures only whole."""
    form = phrase_text(phrase)
    before = r"(?<![a-z0-9])" if form[:1].isascii() else ""
    after = r"(?![a-z0-9])" if form[-1:].isascii() else ""
    return re.compile(before + re.escape(form) + after)


def code_tokens(code: str) -> list[str]:
    """All beginnings of a compacted number or code, from its start and each of its parts on."""
    parts = [run for run, _ in runs(normalise(code))]
    forms = ["".join(parts[i:]) for i in range(len(parts))]
    beginnings = {form[:n] for form in forms for n in range(CODE_LETTERS, len(form) + 1)}
    return sorted(beginnings)


def syllables(text: str) -> list[tuple[str, bool]]:
    """Pinyin of a normalised text, a syllable per character; Latin words and figures as they are.

    With each, whether it stands for a Han character.
    """
    found: list[tuple[str, bool]] = []
    for run, is_han in runs(text):
        if is_han:
            words = _romaniser().seg.simpleseg.seg(run)
            found += [(syllable, True) for word in words for syllable in _spelled(word)]
        else:
            found.append((run, False))
    return found


def pinyin(text: str) -> str:
    """Full pinyin of a normalised text without spaces, as long as it is indexed."""
    return "".join(syllable for syllable, _ in syllables(text))[:PINYIN_LETTERS]


def pinyin_tokens(text: str) -> tuple[list[str], list[str]]:
    """Full pinyin and initials of a name from each character on, and their short beginnings."""
    spelled = syllables(normalise(text))
    initials = [syllable[0] if is_han else syllable for syllable, is_han in spelled]
    return _beginnings([syllable for syllable, _ in spelled]), _beginnings(initials)


def _beginnings(parts: list[str]) -> list[str]:
    tails = ["".join(parts[i:])[:PINYIN_LETTERS] for i in range(len(parts))]
    short = {tail[:n] for tail in tails for n in range(2, SHORT_PINYIN + 1)}
    return sorted({*tails, *short})

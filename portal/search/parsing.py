"""A query text → what to look for, before the index is asked.

A query is cut at spaces and punctuation into chunks that must all be found, in any order; a chunk
is cut into words, each of which any field may hold and a synonym may stand for.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from portal.search.analysis import CODE_LETTERS, compact, normalise, runs, words
from portal.search.synonyms import NO_SYNONYMS, Synonyms
from portal.search.terms import Reason

LONGEST_QUERY = 200  # characters

_CHUNK = re.compile(r"[^\s,，、;；|]+")
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
    """A stretch of the query without spaces."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def code(self) -> str:
        """The compact form in which it could begin a number or code; empty when it cannot."""
        return code_of(self.text)

    @cached_property
    def han_runs(self) -> tuple[str, ...]:
        """Its unbroken runs of Han characters."""
        return tuple(run for run, is_han in runs(self.text) if is_han)


@dataclass(frozen=True)
class Query:
    """A query as read; `reason` is set when there is nothing to ask the index."""

    text: str
    chunks: tuple[Chunk, ...] = ()
    reason: Reason | None = None

    @cached_property
    def whole(self) -> str:
        """All of it compacted, to compare with whole names."""
        return compact(self.text)

    @cached_property
    def code(self) -> str:
        """All of it as the beginning of a number or code; empty when it cannot be one."""
        return code_of(self.text)

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
    chunks = tuple(
        Chunk(piece, found)
        for piece in _CHUNK.findall(normal)
        if (found := _words(piece, synonyms))
    )
    if not chunks:
        return Query("", reason=Reason.EMPTY)
    return Query(normal, chunks)


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

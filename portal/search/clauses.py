"""A query as read → what its documents must hold, stage by stage."""

from dataclasses import dataclass

from portal.search.analysis import (
    PINYIN_LETTERS,
    SHORT_PINYIN,
    name_query,
    pairs,
    pinyin,
    text_query,
)
from portal.search.parsing import Chunk, Query, Word
from portal.search.terms import Stage

NAME_FIELDS = ("title", "names", "tags")

# How much a hit in a field tells, against a hit in running text.
WEIGHTS = {
    "title": 4.0,
    "names": 2.0,
    "tags": 2.0,
    "body": 1.0,
    "pinyin": 2.0,
    "initials": 1.0,
    "code": 10.0,
    "whole": 20.0,
}


@dataclass(frozen=True)
class Leaf:
    """All of the tokens in one field; with `is_beginning` its one token may go on."""

    field: str
    tokens: tuple[str, ...]
    is_beginning: bool = False


@dataclass(frozen=True)
class AllOf:
    """Every part, in any order."""

    parts: "tuple[Clause, ...]"


@dataclass(frozen=True)
class AnyOf:
    """At least one part; more of them rank higher."""

    parts: "tuple[Clause, ...]"


@dataclass(frozen=True)
class Prefer:
    """What `required` finds; those that the others find too rank higher."""

    required: "Clause"
    others: "tuple[Clause, ...]"


Clause = Leaf | AllOf | AnyOf | Prefer


def stages(query: Query) -> tuple[tuple[Stage, Clause], ...]:
    """What to try in turn, until something is found; near matches are no stage of hits."""
    plain = ((Stage.STRICT, strict(query)),)
    if not any(word.is_latin for word in query.words):
        return plain
    return (*plain, (Stage.PINYIN, spelled(query)))


def strict(query: Query) -> Clause:
    """Every word or a synonym of it, or a number or code that begins so."""
    return _clause(query, with_pinyin=False)


def spelled(query: Query) -> Clause:
    """As strict, where a Latin word may also begin the pinyin or the initials of part of a name."""
    return _clause(query, with_pinyin=True)


def near_pairs(query: Query) -> tuple[tuple[Leaf, ...], ...]:
    """For each pair of neighbouring characters of the query, the names that hold it."""
    runs = [run for chunk in query.chunks for run in chunk.han_runs if len(run) > 1]
    neighbours = dict.fromkeys(pair for run in runs for pair in pairs(run))
    return tuple(tuple(Leaf(field, (pair,)) for field in NAME_FIELDS) for pair in neighbours)


def homophones(query: Query) -> tuple[Leaf, ...]:
    """Names that sound like all the Han characters of the query; none for a single character."""
    sounds = [pinyin(run) for chunk in query.chunks for run in chunk.han_runs if len(run) > 1]
    return tuple(_spelled_as("pinyin", sound) for sound in sounds)


def _clause(query: Query, with_pinyin: bool) -> Clause:
    chunks = tuple(_chunk(chunk, with_pinyin) for chunk in query.chunks)
    text = Prefer(AllOf(chunks), (Leaf("whole", (query.whole,)), *_unbroken(query)))
    return AnyOf((text, *_codes(query.code)))


def _chunk(chunk: Chunk, with_pinyin: bool) -> Clause:
    words = AllOf(tuple(_word(word, with_pinyin) for word in chunk.words))
    return AnyOf((words, *_codes(chunk.code)))


def _word(word: Word, with_pinyin: bool) -> Clause:
    parts: list[Clause] = []
    for form in word.forms:
        parts += [Leaf(field, name_query(form)) for field in NAME_FIELDS]
        parts.append(Leaf("body", text_query(form)))
    if with_pinyin and word.is_latin and len(word.text) > 1:
        parts += [_spelled_as(field, word.text) for field in ("pinyin", "initials")]
    return AnyOf(tuple(parts))


def _unbroken(query: Query) -> list[Clause]:
    """Runs of characters found in a name as they stand."""
    runs = [run for chunk in query.chunks for run in chunk.han_runs if len(run) > 2]
    return [Leaf(field, name_query(run)) for run in runs for field in ("title", "names")]


def _codes(code: str) -> list[Clause]:
    """Records whose number or code is this, or begins so."""
    if not code:
        return []
    return [Prefer(Leaf("code", (code,)), (Leaf("whole", (code,)),))]


def _spelled_as(field: str, letters: str) -> Leaf:
    """Names of which a part is spelled so or begins so; short beginnings are tokens themselves."""
    letters = letters[:PINYIN_LETTERS]
    return Leaf(field, (letters,), is_beginning=len(letters) > SHORT_PINYIN)

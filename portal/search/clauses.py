"""A query as read → what its documents must hold, stage by stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.search.analysis import (
    PINYIN_LETTERS,
    SHORT_PINYIN,
    compact,
    name_query,
    pairs,
    parts,
    pinyin,
    runs,
    text_query,
)
from portal.search.hashing import hashed_once
from portal.search.parsing import Chunk, Query, Word
from portal.search.spelling import mixed
from portal.search.terms import Field, Stage

NAME_FIELDS = ("title", "names", "tags")
MAY_BE_A_NAME = 4  # characters that stand together
LOOKED_AT: dict[Field | None, tuple[str, ...]] = {
    None: NAME_FIELDS,
    Field.NAME: ("title", "names"),
    Field.PRODUCT: ("product",),
}

# How much a hit in a field tells, against a hit in running text.
WEIGHTS = {
    "title": 4.0,
    "names": 2.0,
    "tags": 2.0,
    "body": 1.0,
    "product": 1.0,
    "pinyin": 2.0,
    "initials": 1.0,
    "code": 10.0,
    "whole": 20.0,
}


@hashed_once
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


@hashed_once
@dataclass(frozen=True)
class AnyOf:
    """At least one part; more of them rank higher."""

    parts: "tuple[Clause, ...]"


@dataclass(frozen=True)
class Prefer:
    """What `required` finds; those that the others find too rank higher."""

    required: "Clause"
    others: "tuple[Clause, ...]"


@dataclass(frozen=True)
class Unbroken:
    """What `required` finds and where the phrase stands as it is: in names, in products, or in
    anything a document says for None."""

    required: "Clause"
    phrase: str
    field: Field | None = None


@dataclass(frozen=True)
class Without:
    """What `required` finds and `excluded` does not."""

    required: "Clause"
    excluded: "Clause"


Clause = Leaf | AllOf | AnyOf | Prefer | Unbroken | Without


def leaves(clause: Clause) -> Iterator[Leaf]:
    """Every leaf of a clause."""
    match clause:
        case Leaf():
            yield clause
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Prefer(required, others):
            for part in (required, *others):
                yield from leaves(part)
        case Unbroken(required):
            yield from leaves(required)
        case Without(required, left_out):
            yield from leaves(required)
            yield from leaves(left_out)


@lru_cache(maxsize=1000)
def stages(query: Query) -> tuple[tuple[Stage, Clause], ...]:
    """What to try in turn, until something is found; near matches are no stage of hits."""
    plain = ((Stage.STRICT, strict(query)),)
    if not any(chunk.may_be_pinyin for chunk in query.chunks):
        return plain
    return (*plain, (Stage.PINYIN, spelled(query)))


def strict(query: Query) -> Clause:
    """Every word or a synonym of it, or a number or code that begins so."""
    return _clause(query, with_pinyin=False)


def spelled(query: Query) -> Clause:
    """As strict, where a Latin word may also begin the pinyin or the initials of part of a name."""
    return _clause(query, with_pinyin=True)


@lru_cache(maxsize=1000)
def partial(query: Query) -> Clause | None:
    """All words but one, from three words on; of fewer, the parts of a word for the whole of it.
    None where that leaves nothing else to look for."""
    if not all(chunk.is_plain for chunk in query.chunks):
        return None
    words = tuple(_word(word, None, False) for word in query.words)
    if len(words) > 2:
        without = (AllOf(words[:place] + words[place + 1 :]) for place in range(len(words)))
        return _without(AnyOf(tuple(without)), query)
    taken_apart = tuple(_taken_apart(word) for word in query.words)
    if not any(taken_apart):
        return None
    both = zip(words, taken_apart, strict=True)
    either = (AnyOf((word, apart)) if apart else word for word, apart in both)
    return _without(AllOf(tuple(either)), query)


def _taken_apart(word: Word) -> Clause | None:
    """All parts of a word, wherever each stands; None for one without parts."""
    held = parts(word.text)
    return AllOf(tuple(_word(Word(part), None, False) for part in held)) if held else None


def names(query: Query) -> Clause:
    """Names and tags that hold every word as far as it is typed, or are spelled so."""
    words = [word.text for word in query.words]
    return _without(AllOf(tuple(_typed(word) for word in words)), query)


def excluded(query: Query) -> Clause | None:
    """What the query leaves out, None for nothing."""
    found = tuple(_chunk(chunk, with_pinyin=False) for chunk in query.excluded)
    return AnyOf(found) if found else None


def near_pairs(query: Query) -> tuple[tuple[Leaf, ...], ...]:
    """For each pair of neighbouring characters of the query, the names that hold it."""
    found = [run for chunk in _named(query) for run in chunk.han_runs if len(run) > 1]
    neighbours = dict.fromkeys(pair for run in found for pair in pairs(run))
    return tuple(tuple(Leaf(field, (pair,)) for field in NAME_FIELDS) for pair in neighbours)


def _named(query: Query) -> list[Chunk]:
    """The chunks that may be part of a name: where one is of another kind, nothing is near."""
    may_be = all(chunk.field in (None, Field.NAME) for chunk in query.chunks)
    return list(query.chunks) if may_be else []


def one_wrong(query: Query) -> tuple[Leaf, ...]:
    """Names that hold four characters but for one in their midst: of three pairs one is left. More
    characters share half of their pairs then, and fewer leave too little to look for."""
    found = [run for chunk in _named(query) for run in chunk.han_runs]
    if len(found) != 1 or len(found[0]) != 4:
        return ()
    kept = [(*name_query(run[:i]), *name_query(run[i + 1 :])) for run in found for i in (1, 2)]
    return tuple(Leaf(field, tokens) for tokens in kept for field in NAME_FIELDS)


def strung_together(query: Query) -> list[str]:
    """Runs of characters as long as a name that are no words but for single characters: one of them
    may be wrong, and names without it are what is meant."""
    return [
        run
        for chunk in _named(query)
        if not chunk.is_phrase and any(len(word.text) == 1 for word in chunk.words)
        for run in chunk.han_runs
        if len(run) >= MAY_BE_A_NAME
    ]


def homophones(query: Query) -> tuple[Leaf, ...]:
    """Names that sound like all the Han characters of the query; none for a single character."""
    sounds = [pinyin(run) for chunk in _named(query) for run in chunk.han_runs if len(run) > 1]
    return tuple(_spelled_as("pinyin", sound) for sound in sounds)


def _clause(query: Query, with_pinyin: bool) -> Clause:
    chunks = tuple(_chunk(chunk, with_pinyin) for chunk in query.chunks)
    whole = (Leaf("whole", (query.whole,)),) if query.whole else ()
    text = Prefer(AllOf(chunks), (*whole, *_unbroken(query)))
    return _without(AnyOf((text, *_codes(query.code))), query)


def _without(clause: Clause, query: Query) -> Clause:
    left_out = excluded(query)
    return Without(clause, left_out) if left_out else clause


def _chunk(chunk: Chunk, with_pinyin: bool) -> Clause:
    if chunk.field is Field.CODE:
        return Leaf("code", (compact(chunk.text),), is_beginning=True)
    if chunk.is_phrase:
        return Unbroken(_holding(chunk), chunk.text, chunk.field)
    words = AllOf(tuple(_word(word, chunk.field, with_pinyin) for word in chunk.words))
    codes = _codes(chunk.code) if chunk.field is None else []
    return AnyOf((words, *codes))


def _word(word: Word, field: Field | None, with_pinyin: bool) -> Clause:
    parts: list[Clause] = []
    for form in word.forms:
        parts += [Leaf(name, name_query(form)) for name in LOOKED_AT[field]]
        if field is None:
            parts.append(Leaf("body", text_query(form)))
    if with_pinyin and word.is_latin and len(word.text) > 1 and field is not Field.PRODUCT:
        parts += _pinyin(word.text)
    return AnyOf(tuple(parts))


def _holding(chunk: Chunk) -> Clause:
    """What a document must hold for a phrase to stand in it, looked for by its smallest parts."""
    parts = [Leaf(name, name_query(chunk.text)) for name in LOOKED_AT[chunk.field]]
    if chunk.field is None:
        letters = [part for run, is_han in runs(chunk.text) for part in (run if is_han else [run])]
        parts.append(Leaf("body", tuple(dict.fromkeys(letters))))
    return AnyOf(tuple(parts))


def _typed(word: str) -> Clause:
    """Names that hold a word of which the end may not be typed yet."""
    is_latin = word.isascii()
    parts: list[Clause] = [
        Leaf(name, name_query(word), is_beginning=is_latin) for name in NAME_FIELDS
    ]
    if is_latin and word.isalpha() and len(word) > 1:
        parts += _pinyin(word)
    return AnyOf(tuple(parts))


def _unbroken(query: Query) -> list[Clause]:
    """Runs of characters found in a name as they stand."""
    whole = [run for chunk in query.chunks for run in chunk.han_runs if len(run) > 2]
    return [Leaf(field, name_query(run)) for run in whole for field in ("title", "names")]


def _codes(code: str) -> list[Clause]:
    """Records whose number or code is this, or begins so."""
    if not code:
        return []
    return [Prefer(Leaf("code", (code,)), (Leaf("whole", (code,)),))]


def _pinyin(word: str) -> list[Clause]:
    """Names of which a part is spelled so: in full, by initials, or partly one and partly the
    other, which is found where both stand."""
    parts: list[Clause] = [_spelled_as(name, word) for name in ("pinyin", "initials")]
    if both := mixed(word):
        full = (_spelled_as("pinyin", piece) for piece in both.full)
        parts.append(AllOf((_spelled_as("initials", both.initials), *full)))
    return parts


def _spelled_as(field: str, letters: str) -> Leaf:
    """Names of which a part is spelled so or begins so; short beginnings are tokens themselves."""
    letters = letters[:PINYIN_LETTERS]
    return Leaf(field, (letters,), is_beginning=len(letters) > SHORT_PINYIN)

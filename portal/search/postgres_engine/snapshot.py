"""One committed state of the tables, read into arrays.

Documents are numbered from 0 in the order of their ids. Numbers never change while a process reads
a build: later commits add documents at the end, and replaced or deleted ones only die. So columns,
facets and posting lists once read stay right and are carried on with what came since.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import ARRAY, BigInteger, Connection, Engine, FromClause, Text, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from portal.search.analysis import phrase_pattern
from portal.search.arrays import NOTHING, Booleans, Facet, Integers, Postings
from portal.search.clauses import Leaf
from portal.search.errors import engine_errors
from portal.search.evaluation import MOST_MENTIONS
from portal.search.fields import PART, PARTS
from portal.search.postgres_engine.columns import Block, integers, numbers_of, packed, read_block
from portal.search.postgres_engine.tables import (
    COUNTED,
    LONGEST,
    Build,
    lexeme_of,
    tsquery,
)
from portal.search.snapshot import KEPT_LISTS, Snapshot
from portal.search.tallies import Part, Tallies
from portal.search.terms import Field

NEW_ENOUGH = 1000  # documents since a list was read, up to which only these are looked through

Key = tuple[str, str, bool]  # field, token, whether the token may go on


class State(NamedTuple):
    """What the table `live` says."""

    build: str
    generation: int
    last_id: int
    forgotten: int


class Kept(NamedTuple):
    """A posting list over the first `upto` documents, the dead included."""

    postings: Postings
    upto: int


@dataclass
class Lists:
    """The posting lists a process has read of a build, handed on from snapshot to snapshot."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)

    def get(self, key: Key) -> Kept | None:
        """The list as far as it was read."""
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key: Key, found: Kept) -> None:
        """Keep a list unless another thread has read further."""
        with self.lock:
            before = self.kept.get(key)
            if before is None or before.upto < found.upto:
                self.kept[key] = found
            if len(self.kept) > KEPT_LISTS:
                self.kept.popitem(last=False)


class TableSnapshot(Snapshot):
    """The documents of one commit."""

    def __init__(
        self, engine: Engine, build: Build, state: State, block: Block, alive: Booleans,
        lists: Lists,
    ) -> None:  # fmt: skip
        super().__init__(state.generation)
        self.state, self.lists = state, lists
        self._engine, self._build, self._block, self._alive = engine, build, block, alive

    @classmethod
    def read(
        cls,
        engine: Engine,
        connection: Connection,
        build: Build,
        state: State,
        before: "TableSnapshot | None",
    ) -> "TableSnapshot":
        """Read the state as a transaction sees it, of what an earlier snapshot knows only what is
        new since."""
        after = before.state if before else State(state.build, 0, 0, 0)
        block = read_block(connection, build, after.last_id)
        alive, lists = np.ones(len(block.ids), np.bool_), Lists()
        if before:
            lists = before.lists
            alive = np.concatenate([before.alive, alive])
            block = before._block.followed_by(block)
            died = build.documents.c.died
            gone = connection.scalars(
                select(build.documents.c.id).where(died > after.generation)
            ).all()
            alive[numbers_of(np.sort(np.array(gone, np.int64)), block.ids)] = False
        return cls(engine, build, state, block, alive, lists)

    def may_become(self, state: State) -> bool:
        """Whether another state is read by what is new in it, rather than anew: not when deaths
        since are forgotten, or when most of what is held is dead."""
        is_later = self.state.build == state.build and self.generation <= state.generation
        dead = len(self._alive) - self.count
        return is_later and self.generation >= state.forgotten and dead <= max(1000, self.count)

    @property
    def alive(self) -> Booleans:
        """Which document numbers are in use."""
        return self._alive

    @property
    def numbers(self) -> dict[str, Integers]:
        """The number columns by name, one entry per document number."""
        return self._block.numbers

    @property
    def facet_names(self) -> Sequence[str]:
        """All facets that any document has, the kind included."""
        return tuple(self._block.facets)

    @cached_property
    def tallies(self) -> Tallies:
        """All facets, made ready for counting."""
        return Tallies([(0, Part(self._block.facets))])

    def facet(self, name: str) -> Facet:
        """Values of one facet over all documents; none at all for an unknown name."""
        return self._block.facet(name)

    def postings(self, field: str, token: str) -> Postings:
        """Living documents that hold the token."""
        return self._living((field, token, False))

    def beginning(self, field: str, start: str) -> Postings:
        """Living documents that hold any token of the field beginning with `start`."""
        docs, _ = self._living((field, start, True))
        return Postings(docs, np.ones(len(docs), np.float32))

    def look_up(self, leaves: Iterable[Leaf]) -> None:
        """Read at once what these leaves need."""
        wanted: dict[Key, None] = {}
        for leaf in leaves:
            tokens = leaf.tokens[:1] if leaf.is_beginning else leaf.tokens
            wanted |= dict.fromkeys((leaf.field, token, leaf.is_beginning) for token in tokens)
        self._read(wanted)

    def look_for(self, candidates: Integers, phrase: str, field: Field | None) -> Integers:
        """Those of the candidates in which a phrase stands unbroken."""
        words = self._build.words
        said = words.c.said
        part = said if field is None else func.split_part(said, PART, PARTS.index(field) + 1)
        pattern = phrase_pattern(phrase).pattern
        ids = self._block.ids[candidates].tolist()
        asked = select(words.c.id).where(
            words.c.id == func.any(cast(ids, ARRAY(BigInteger))), part.regexp_match(pattern)
        )
        with engine_errors("reading the index"), self._engine.connect() as connection:
            found = connection.scalars(asked).all()
        return numbers_of(np.sort(np.array(found, np.int64)), self._block.ids)

    def _living(self, key: Key) -> Postings:
        found = self.lists.get(key)
        if found is None or found.upto < len(self._alive):
            found = self._read({key: None})[key]
        docs, weights = found.postings
        size = int(np.searchsorted(docs, len(self._alive)))  # another thread may have read further
        docs, weights = docs[:size], weights[:size]
        living = self._alive.take(docs)
        return Postings(docs.compress(living), weights.compress(living))

    def _read(self, wanted: Iterable[Key]) -> dict[Key, Kept]:
        """Read lists to the end, whole or what came since; return those that were read."""
        size, whole, later = len(self._alive), [], []
        for key in wanted:
            kept = self.lists.get(key)
            if kept is None or kept.upto < size - NEW_ENOUGH:
                whole.append(key)
            elif kept.upto < size:
                later.append((key, kept))
        read = {key: Kept(postings, size) for key, postings in self._ask(whole, 0)}
        since = dict(later)
        first = min((kept.upto for kept in since.values()), default=size)
        for key, postings in self._ask(list(since), first):
            read[key] = Kept(carried_on(since[key], postings), size)
        for key, found in read.items():
            self.lists.put(key, found)
        return read

    def _ask(self, keys: Sequence[Key], first: int) -> list[tuple[Key, Postings]]:
        """The lists of these keys from a document number on, in one statement."""
        if not keys:
            return []
        levels = [range(1, most_mentions(key) + 1) for key in keys]
        queries = [
            tsquery(lexeme_of(key[0], key[1], level), key[2])
            for key, its in zip(keys, levels, strict=True)
            for level in its
        ]
        after = int(self._block.ids[first]) - 1 if first else 0
        with engine_errors("reading the index"), self._engine.connect() as connection:
            answers = iter(connection.scalars(holding(self._build, queries, after)).all())
        return [
            (key, self._postings([next(answers) for _ in its]))
            for key, its in zip(keys, levels, strict=True)
        ]

    def _postings(self, answers: Sequence[bytes | None]) -> Postings:
        """A list from the ids of the documents that hold a token once, twice and so on."""
        if not answers:
            return NOTHING
        ids = self._block.ids
        docs, *more = (numbers_of(np.sort(integers(answer)), ids) for answer in answers)
        weights = np.ones(len(docs), np.float32)
        for others in more:
            weights[np.searchsorted(docs, others)] += 1
        return Postings(docs, weights)


def holding(build: Build, queries: Sequence[str], after: int) -> Any:
    """Select, query by query in their order, the ids that each finds after one, as bytes."""
    words: FromClause = build.words
    if after:
        rows = select(words.c.id, words.c.tokens).where(words.c.id > after)
        words = rows.cte("later").prefix_with("MATERIALIZED")
    each = func.unnest(cast(list(queries), ARRAY(Text)))
    asked = each.table_valued("query", with_ordinality="place", name="asked").render_derived()
    found = words.c.tokens.bool_op("@@")(cast(asked.c.query, TSQUERY))
    ids = select(packed(words.c.id)).where(found)
    return select(ids.scalar_subquery()).select_from(asked).order_by(asked.c.place)


def carried_on(kept: Kept, later: Postings) -> Postings:
    """A kept list with what was found since; what it holds already is not taken twice."""
    start = int(np.searchsorted(later.docs, kept.upto))
    return Postings(
        np.concatenate([kept.postings.docs, later.docs[start:]]),
        np.concatenate([kept.postings.weights, later.weights[start:]]),
    )


def most_mentions(key: Key) -> int:
    """How many levels of mentions there are to ask for."""
    name, token, is_beginning = key
    if len(token) > LONGEST:
        return 0
    return MOST_MENTIONS if name in COUNTED and not is_beginning else 1

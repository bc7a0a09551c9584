"""Columns and facets of documents, read from the tables into arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Connection, cast, func, select, text

from portal.search.arrays import NOTHING, Facet, Integers, facet_of, joined
from portal.search.fields import FACET_SEPARATOR
from portal.search.postgres_engine.tables import Build

COLUMNS = ("ref", "date", "release", "title_length", "body_length")
EMPTY = text("''::bytea")


@dataclass(frozen=True)
class Block:
    """Documents in the order of their ids: columns and facets, all of the same length."""

    ids: Integers
    numbers: dict[str, Integers]
    facets: dict[str, Facet]

    def followed_by(self, later: "Block") -> "Block":
        """These documents and then the others."""
        names = self.facets.keys() | later.facets.keys()
        return Block(
            np.concatenate([self.ids, later.ids]),
            {name: np.concatenate([self.numbers[name], later.numbers[name]]) for name in COLUMNS},
            {name: joined([self.facet(name), later.facet(name)]) for name in sorted(names)},
        )

    def facet(self, name: str) -> Facet:
        """A facet; one without values for an unknown name."""
        return self.facets.get(name) or Facet((), np.zeros((len(self.ids), 1), np.int32))


def read_block(connection: Connection, build: Build, after: int) -> Block:
    """The living documents with ids after one."""
    documents = build.documents
    chosen = (documents.c.id > after, documents.c.died.is_(None))
    names = ("id", *COLUMNS)
    rows = select(*(documents.c[name] for name in names)).where(*chosen)
    ordered = rows.order_by(documents.c.id).subquery()
    whole = (packed(ordered.c[name]) for name in names)
    ids, *columns = (integers(answer) for answer in connection.execute(select(*whole)).one())
    each = select(documents.c.id, func.unnest(documents.c.facets).label("facet")).where(*chosen)
    facets = each.subquery()
    lists = connection.execute(
        select(facets.c.facet, packed(facets.c.id)).group_by(facets.c.facet)
    ).all()
    return Block(
        ids,
        dict(zip(COLUMNS, columns, strict=True)),
        facets_of(ids, {token: integers(answer) for token, answer in lists}),
    )


def facets_of(ids: Integers, lists: dict[str, Integers]) -> dict[str, Facet]:
    """Facets from the ids that hold each of their tokens."""
    values: dict[str, list[tuple[str, Integers]]] = {}
    for token in sorted(lists):
        name, _, value = token.partition(FACET_SEPARATOR)
        values.setdefault(name, []).append((value, np.searchsorted(ids, lists[token])))
    return {
        name: facet_of([value for value, _ in found], [docs for _, docs in found], len(ids))
        for name, found in values.items()
    }


def numbers_of(found: Integers, ids: Integers) -> Integers:
    """The document numbers of ascending ids; those of other documents are left out."""
    places = np.searchsorted(ids, found)
    places[places == len(ids)] = 0
    return places[ids[places] == found] if len(ids) else NOTHING.docs


def packed(column: Any) -> Any:
    """All values of a column as bytes: a tenth of the time rows would take."""
    return func.string_agg(func.int8send(cast(column, BigInteger)), EMPTY)


def integers(answer: bytes | None) -> Integers:
    """The whole numbers that stand in bytes."""
    return np.frombuffer(answer or b"", ">i8").astype(np.int64)

"""A list the public filters: where its rows come from, in which orders, narrowed by a text."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam

from portal.counts import Counted, kept
from portal.counts.cube import Cube, once
from portal.directory.queries.facets import (
    Chosen,
    Facet,
    Group,
    LinkedFacet,
    asked_for,
    chosen_keys,
    conditions,
    groups,
    keys_of,
)
from portal.directory.queries.ranking import among, ranked
from portal.extensions import db
from portal.prepared import Prepared
from portal.web.page_cache import once_for_state
from portal.web.reading import read

Rows = Sequence[Any]
FOUND = 8  # times what it costs to ask a row, in finding one by what links to it, and sorting it
MOST_ANSWERS = 500  # of a list: one for each choice of facets
AT_ONCE = 1000  # rows of a file read by one statement


@dataclass(frozen=True)
class Source:
    """`rows` selects the ids (`ref`) of everything public; `columns` are what a row shows;
    `orders` are complete orders by name, the first being the usual one; `like` stands in for the
    index; `kind` and `narrowed` say which search documents belong to the list, `kind` and `within`
    which kept counts."""

    kind: str
    rows: Select[Any]
    ref: Any
    columns: tuple[Any, ...]
    facets: Sequence[Facet]
    orders: Mapping[str, Sequence[Any]]
    like: Callable[[str], ColumnElement[bool]]
    narrowed: Mapping[str, Sequence[str]]
    within: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    sorted: Container[str] = ()  # the orders no index hands the rows out in
    whole: Select[Any] | None = None  # the rows before a text narrowed them
    questions: dict[tuple[Any, ...], Prepared] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    answers: dict[Hashable, tuple[int, list[Group]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def with_text(self, text: str, ids: Sequence[int] | None) -> Source:
        """Return the list of what a text finds: these ids, best first, or by LIKE for None."""
        if ids is None:
            return replace(self, rows=self.rows.where(self.like(text)), whole=self.rows)
        hits = ranked(ids)
        rows = self.rows.join(hits, hits.c.ref == self.ref)
        orders = {"relevance": (hits.c.place,), **self.orders}
        return replace(self, rows=rows, orders=orders, whole=self.rows)

    def counts(self, chosen: Chosen) -> tuple[int, list[Group]]:
        """Return how many rows there are, and the facets with their counts: kept for each choice as
        long as the counts are the same."""
        cube = self.cube()
        key = (cube, tuple([tuple(chosen.get(one.name, ())) for one in self.facets]))
        return once(self.answers, MOST_ANSWERS, key, lambda: self.count(cube, chosen))

    def count(self, cube: Cube, chosen: Chosen) -> tuple[int, list[Group]]:
        """Count the rows, and those of every facet."""
        total = cube.total(chosen_keys(self.facets, chosen, self.within))
        return total, groups(self.facets, chosen, cube, self.within)

    def cube(self) -> Cube:
        """Return the kept counts of the list; of what a text found, those of its rows."""
        kind = Counted(self.kind)
        if self.whole is None:
            return kept_cube(kind)
        found = self.rows.with_only_columns(self.ref)
        return kept.cube_over(kind, db.session.scalars(found))

    def chosen_rows(self, chosen: Chosen) -> Select[Any]:
        """Select the rows that pass every chosen facet."""
        return self.rows.where(*conditions(self.facets, chosen))

    def page(self, chosen: Chosen, sort: str, limit: int, offset: int, total: int = 0) -> Rows:
        """Return one page of rows; `total` is how many pass, 0 where that is not known."""
        question, values = self.page_question(chosen, sort, limit, offset, total)
        if self.whole is not None:  # what one text found: asked once
            return db.session.connection().execute(question.statement, values).all()
        return read(question, **values)

    def page_question(
        self, chosen: Chosen, sort: str, limit: int, offset: int, total: int = 0
    ) -> tuple[Prepared, dict[str, Any]]:
        """Return the statement that reads one page of rows, and its values. Statements are built
        once for each order and set of facets: that takes longer than SQLite to answer them."""
        keys = {one.name: keys_of(one, chosen) for one in self.facets if chosen.get(one.name)}
        each = bool(total) and self.is_full_soon(keys, total, limit + offset)
        shape = (sort, each, *keys)
        if shape not in self.questions:
            self.questions[shape] = Prepared(self.build(sort, keys, each=each), by_name=True)
        values = {f"facet_{name}": found for name, found in keys.items()}
        return self.questions[shape], values | {"row_limit": limit, "row_offset": offset}

    def build(self, sort: str, names: Container[str], *, each: bool) -> Select[Any]:
        """Build the statement of a page that narrows the list by the facets named."""
        # The state, which stands first, takes longest to work out: only of what passes the others.
        facets = [facet for facet in reversed(self.facets) if facet.name in names]
        asked = [(f.met_by_each if each else f.holds)(asked_for(f)) for f in facets]
        rows = self.rows.where(*asked)
        limit, offset = (bindparam(name, type_=Integer) for name in ("row_limit", "row_offset"))
        order = self.orders[sort]
        if sort in self.sorted:  # the ids alone, so that little is moved
            ids = rows.with_only_columns(self.ref).order_by(*order).limit(limit).offset(offset)
            page = self.rows.where(self.ref.in_(ids))
            return page.with_only_columns(*self.columns).order_by(*order)
        ordered = rows.with_only_columns(*self.columns).order_by(*order)
        return ordered.limit(limit).offset(offset)

    def is_full_soon(self, keys: Mapping[str, Sequence[Any]], total: int, wanted: int) -> bool:
        """Say whether reading the list in its order meets `wanted` rows of `total` that pass
        before all whom another table names would have been read and sorted."""
        linked = [one.name for one in self.facets if isinstance(one, LinkedFacet)]
        named = {name: found for name, found in keys.items() if name in linked}
        if self.whole is not None or not named:  # what a text found stands in its own order
            return False
        plain = {name: found for name, found in keys.items() if name not in linked}
        cube = self.cube()
        read = wanted * cube.total({**self.within, **plain})
        linked_rows = min(cube.total({name: found}) for name, found in named.items())
        return FOUND * linked_rows * total > read

    def ids(self, chosen: Chosen, sort: str) -> Sequence[int]:
        """Return the ids of all rows that pass every chosen facet."""
        listed = self.chosen_rows(chosen).with_only_columns(self.ref)
        return db.session.scalars(listed.order_by(*self.orders[sort])).all()

    def near(self, ids: Sequence[int]) -> Rows:
        """Return the public rows of these ids, in this order; no facet counts them. They are not
        among the rows that a text narrowed the list to."""
        public = self.rows if self.whole is None else self.whole
        rows = public.with_only_columns(*self.columns).where(self.ref.in_(ids))
        return sorted(db.session.execute(rows), key=lambda row: ids.index(row.id)) if ids else []

    def listed(self, chosen: Chosen, sort: str) -> Listed:
        """Return everything that passes, in this order, for a file."""
        ids = self.chosen_rows(chosen).with_only_columns(self.ref).order_by(*self.orders[sort])
        return Listed(ids, self.rows if self.whole is None else self.whole)

    def exported(self, chosen: Chosen, sort: str) -> Iterator[Any]:
        """Yield every row for a file, read in pieces while it is being sent."""
        listed = self.listed(chosen, sort)
        rows = listed.public.with_only_columns(*self.columns).where(among(self.ref))

        def read(piece: list[int]) -> dict[int, Any]:
            return {row.id: row for row in db.session.execute(rows, {"ids": piece})}

        return listed.in_pieces(read)


@once_for_state
def kept_cube(kind: Counted) -> Cube:
    """Return the kept counts of a kind of record."""
    return kept.cube(kind)


@dataclass(frozen=True)
class Listed:
    """The rows of a file: their ids in order, or the select of them, and the select of everything
    public, which is asked anew for every piece: what is taken back meanwhile is not sent."""

    ids: Select[Any] | Sequence[int]
    public: Select[Any]

    def in_pieces(self, read: Callable[[list[int]], Mapping[int, Any]]) -> Iterator[Any]:
        """Yield what `read` finds of the ids, in order, AT_ONCE to a call."""
        for piece in self.pieces():
            found = read(piece)
            yield from (found[number] for number in piece if number in found)

    def pieces(self) -> Iterator[list[int]]:
        """Yield the ids in order, AT_ONCE together. Only ids are kept."""
        ids = array("q", self.numbers())
        for start in range(0, len(ids), AT_ONCE):
            yield ids[start : start + AT_ONCE].tolist()

    def numbers(self) -> Iterable[int]:
        """Return the ids."""
        if not isinstance(self.ids, Select):
            return self.ids
        options = {"yield_per": 10 * AT_ONCE}
        return db.session.connection().execute(self.ids, execution_options=options).scalars()

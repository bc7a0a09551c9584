"""A list the public filters: where its rows come from, in which orders, narrowed by a text."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select

from portal.counts import Counted, kept
from portal.counts.cube import Cube
from portal.directory.queries.facets import Chosen, Facet, Group, chosen_keys, conditions, groups
from portal.directory.queries.ranking import ranked
from portal.extensions import db

Rows = Sequence[Any]
AT_ONCE = 500  # rows of a file read by one statement


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
    whole: Select[Any] | None = None  # the rows before a text narrowed them

    def with_text(self, text: str, ids: Sequence[int] | None) -> Source:
        """Return the list of what a text finds: these ids, best first, or by LIKE for None."""
        if ids is None:
            return replace(self, rows=self.rows.where(self.like(text)), whole=self.rows)
        hits = ranked(ids)
        rows = self.rows.join(hits, hits.c.ref == self.ref)
        orders = {"relevance": (hits.c.place,), **self.orders}
        return replace(self, rows=rows, orders=orders, whole=self.rows)

    def counts(self, chosen: Chosen) -> tuple[int, list[Group]]:
        """Return how many rows there are, and the facets with their counts."""
        cube = self.cube()
        total = cube.total(chosen_keys(self.facets, chosen, self.within))
        return total, groups(self.facets, chosen, cube, self.within)

    def cube(self) -> Cube:
        """Return the kept counts of the list; of what a text found, those of its rows."""
        kind = Counted(self.kind)
        if self.whole is None:
            return kept.cube(kind)
        found = self.rows.with_only_columns(self.ref)
        return kept.cube_over(kind, db.session.scalars(found))

    def chosen_rows(self, chosen: Chosen) -> Select[Any]:
        """Select the rows that pass every chosen facet."""
        return self.rows.where(*conditions(self.facets, chosen))

    def page(self, chosen: Chosen, sort: str, limit: int, offset: int) -> Rows:
        """Return one page of rows."""
        ordered = self.chosen_rows(chosen).with_only_columns(*self.columns)
        page = ordered.order_by(*self.orders[sort]).limit(limit).offset(offset)
        return db.session.execute(page).all()

    def ids(self, chosen: Chosen, sort: str) -> Sequence[int]:
        """Return the ids of all rows that pass every chosen facet."""
        listed = self.chosen_rows(chosen).with_only_columns(self.ref)
        return db.session.scalars(listed.order_by(*self.orders[sort])).all()

    def near(self, ids: Sequence[int]) -> Rows:
        """Return the public rows of these ids, in this order; no facet counts them."""
        rows = self.rows.with_only_columns(*self.columns).where(self.ref.in_(ids))
        return sorted(db.session.execute(rows), key=lambda row: ids.index(row.id)) if ids else []

    def exported(self, chosen: Chosen, sort: str) -> Iterator[Any]:
        """Yield every row for a file, read in pieces while it is being sent."""
        listed = self.chosen_rows(chosen).with_only_columns(self.ref)
        whole = self.rows if self.whole is None else self.whole
        return in_pieces(listed.order_by(*self.orders[sort]), whole, self.ref, self.columns)


def in_pieces(
    listed: Select[Any], public: Select[Any], ref: Any, columns: Sequence[Any]
) -> Iterator[Any]:
    """Yield the rows of the ids that `listed` selects, in its order, AT_ONCE to a statement.

    Only ids are sorted and kept, 8 bytes each; every piece asks `public` anew, so that what is
    taken back meanwhile is not sent. `columns` have the id as `id`.
    """
    numbers = db.session.scalars(listed.execution_options(yield_per=10 * AT_ONCE))
    ids = array("q", numbers)
    for start in range(0, len(ids), AT_ONCE):
        piece = ids[start : start + AT_ONCE].tolist()
        rows = public.with_only_columns(*columns).where(ref.in_(piece))
        found = {row.id: row for row in db.session.execute(rows)}
        yield from (found[number] for number in piece if number in found)

"""A list the public filters: where its rows come from, in which orders, narrowed by a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func

from portal.directory.queries.facets import Chosen, Facet, Group, conditions, groups
from portal.directory.queries.ranking import ranked
from portal.extensions import db

Rows = Sequence[Any]


@dataclass(frozen=True)
class Source:
    """`rows` selects the ids (`ref`) of everything public; `columns` are what a row shows;
    `orders` are complete orders by name, the first being the usual one; `like` stands in for the
    index; `kind` and `narrowed` say which search documents belong to the list."""

    kind: str
    rows: Select[Any]
    ref: Any
    columns: tuple[Any, ...]
    facets: Sequence[Facet]
    orders: Mapping[str, Sequence[Any]]
    like: Callable[[str], ColumnElement[bool]]
    narrowed: Mapping[str, Sequence[str]]

    def with_text(self, text: str, ids: Sequence[int] | None) -> Source:
        """Return the list of what a text finds: these ids, best first, or by LIKE for None."""
        if ids is None:
            return replace(self, rows=self.rows.where(self.like(text)))
        hits = ranked(ids)
        rows = self.rows.join(hits, hits.c.ref == self.ref)
        return replace(self, rows=rows, orders={"relevance": (hits.c.place,), **self.orders})

    def groups(self, chosen: Chosen) -> list[Group]:
        """Return the facets with their counts."""
        return groups(self.facets, chosen, self.rows)

    def chosen_rows(self, chosen: Chosen) -> Select[Any]:
        """Select the rows that pass every chosen facet."""
        return self.rows.where(*conditions(self.facets, chosen))

    def total(self, chosen: Chosen) -> int:
        """Return how many rows there are."""
        return db.session.scalar(self.chosen_rows(chosen).with_only_columns(func.count())) or 0

    def page(self, chosen: Chosen, sort: str, limit: int, offset: int) -> Rows:
        """Return one page of rows."""
        ordered = self.chosen_rows(chosen).with_only_columns(*self.columns)
        page = ordered.order_by(*self.orders[sort]).limit(limit).offset(offset)
        return db.session.execute(page).all()

    def near(self, ids: Sequence[int]) -> Rows:
        """Return the public rows of these ids, in this order; no facet counts them."""
        rows = self.rows.with_only_columns(*self.columns).where(self.ref.in_(ids))
        return sorted(db.session.execute(rows), key=lambda row: ids.index(row.id)) if ids else []

    def exported(self, chosen: Chosen, sort: str) -> Iterator[Any]:
        """Yield every row for a file, read in pieces while it is being sent."""
        rows = self.chosen_rows(chosen).with_only_columns(*self.columns)
        ordered = rows.order_by(*self.orders[sort])
        return iter(db.session.execute(ordered.execution_options(yield_per=200)))

"""Rows of a list from one place on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.api.going_on import beyond, keys_of, place_of
from portal.directory.queries.facets import Chosen, chosen_keys
from portal.directory.queries.listing import Source
from portal.extensions import db


def rows_after(
    source: Source, chosen: Chosen, sort: str, place: str, limit: int
) -> tuple[Sequence[Any], str]:
    """Return the rows after a place ("" for the first ones) and the place of the last of them, ""
    when there are no more. Raises Unreadable for what is no place."""
    order = source.orders[sort]
    keys = [column.label(f"key_{n}") for n, (column, _descends) in enumerate(keys_of(order))]
    rows = source.chosen_rows(chosen)
    if place:
        rows = rows.where(beyond(order, place))
    page = rows.with_only_columns(*source.columns, *keys).order_by(*order).limit(limit + 1)
    found = db.session.execute(page).all()
    last = found[limit - 1][-len(keys) :] if len(found) > limit else ()
    return found[:limit], place_of(last) if last else ""


def total_of(source: Source, chosen: Chosen) -> int:
    """Return how many rows pass, from the kept counts."""
    return source.cube().total(chosen_keys(source.facets, chosen, source.within))

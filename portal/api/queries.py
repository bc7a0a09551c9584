"""Rows of a list from one place on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select

from portal.api.going_on import beyond, keys_of, place_of, values_in
from portal.directory.queries.facets import Chosen, chosen_keys
from portal.directory.queries.listing import Source
from portal.prepared import Prepared
from portal.web.reading import read


def rows_after(
    source: Source, chosen: Chosen, sort: str, place: str, limit: int, total: int
) -> tuple[Sequence[Any], str]:
    """Return the rows after a place ("" for the first ones) and the place of the last of them, ""
    when there are no more. Raises Unreadable for what is no place."""
    page, values = source.page_question(chosen, sort, limit + 1, 0, total)
    order = source.orders[sort]
    shape = ("after", sort, bool(place), page)
    if shape not in source.questions:
        source.questions[shape] = Prepared(
            read_on(page.statement, order, bool(place)), by_name=True
        )
    if place:
        values |= values_in(place, order)
    found = read(source.questions[shape], **values)
    if len(found) <= limit:
        return found, ""
    return found[:limit], place_of(
        [getattr(found[limit - 1], key_of(n)) for n in range(len(order))]
    )


def read_on(page: Select[Any], order: Sequence[Any], from_place: bool) -> Select[Any]:
    """Return the statement of a page with what its rows are ordered by, and from a place on."""
    keys = [column.label(key_of(n)) for n, (column, _descends) in enumerate(keys_of(order))]
    return (page.where(beyond(order)) if from_place else page).add_columns(*keys)


def key_of(number: int) -> str:
    """Return the name of a value that rows are ordered by."""
    return f"key_{number}"


def total_of(source: Source, chosen: Chosen) -> int:
    """Return how many rows pass, from the kept counts."""
    return source.cube().total(chosen_keys(source.facets, chosen, source.within))

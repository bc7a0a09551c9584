"""The ids that a table of links has for a row, read with the row: no statement of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Label,
    String,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator


class Ids(TypeDecorator[tuple[int, ...]]):
    """Numbers gathered into one text, read as a tuple in their order."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...]:
        return tuple(sorted(map(int, value.split(",")))) if value else ()


def gathered(name: str, ids: Any, *where: ColumnElement[bool]) -> Label[tuple[int, ...]]:
    """Return the numbers of a column in the rows that a condition names, as one value of
    that name."""
    together = type_coerce(func.aggregate_strings(cast(ids, String), ","), Ids)
    return select(together).where(*where).scalar_subquery().label(name)

"""Where a list goes on: after the values its order had in the last row.

The place stands in the address, readable and unsigned: it holds public values only, and every
other place in a public list is as public. So a list is read on in the same time at any depth, and
no row is read twice or left out when rows come or go meanwhile.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    UnaryExpression,
    and_,
    bindparam,
    or_,
    tuple_,
)
from sqlalchemy.sql.operators import desc_op

from portal.database import UtcDateTime
from portal.errors import Unreadable

LONGEST = 600  # characters of a place
Key = tuple[Any, bool]  # column, whether it descends


def keys_of(order: Sequence[Any]) -> list[Key]:
    """Return the columns of an order and whether each descends."""
    return [
        (part.element, True)
        if isinstance(part, UnaryExpression) and part.modifier is desc_op
        else (part, False)
        for part in order
    ]


def place_of(values: Sequence[Any]) -> str:
    """Return what stands in the address for the values of a row."""
    return base64.urlsafe_b64encode(orjson.dumps(list(values))).decode().rstrip("=")


def beyond(order: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition that a row comes after a place, whose values are bound."""
    keys = keys_of(order)
    values = [bindparam(name_of(n), type_=column.type) for n, (column, _) in enumerate(keys)]
    directions = {descends for _column, descends in keys}
    if len(directions) == 1:  # one comparison of whole rows: an index answers it
        row = tuple_(*(column for column, _descends in keys))
        return row < tuple_(*values) if directions == {True} else row > tuple_(*values)
    return or_(*(and_(*step) for step in steps(keys, values)))


def name_of(number: int) -> str:
    """Return the name under which a value of a place is bound."""
    return f"place_{number}"


def steps(keys: Sequence[Key], values: Sequence[Any]) -> list[list[ColumnElement[bool]]]:
    """Return, for each column of an order, that it lies beyond and those before it are equal."""
    found, equal = [], list[ColumnElement[bool]]()
    for (column, descends), value in zip(keys, values, strict=True):
        found.append([*equal, column < value if descends else column > value])
        equal.append(column == value)
    return found


def values_in(place: str, order: Sequence[Any]) -> dict[str, Any]:
    """Return the values of a place as they are bound, of the types of its columns. Raises
    Unreadable."""
    columns = [column for column, _descends in keys_of(order)]
    try:
        padded = place[:LONGEST] + "=" * (-len(place) % 4)
        given = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        found = [value_of(value, column) for value, column in zip(given, columns, strict=True)]
    except (binascii.Error, ValueError, TypeError, UnicodeError) as error:
        raise Unreadable(_("“after” is no place in this list: take it from “next”")) from error
    return {name_of(number): value for number, value in enumerate(found)}


def value_of(value: Any, column: Any) -> Any:
    """Return a value as its column has it; raises ValueError, TypeError."""
    match column.type:
        case UtcDateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case Integer() if type(value) is int and abs(value) < 2**31:
            return value
        case String() if isinstance(value, str):
            return value
    raise ValueError(value)

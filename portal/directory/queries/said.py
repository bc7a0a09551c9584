"""What an entry says, as it stands in the database: read only where a page shows it anew.

A row of a list is drawn once and kept; twenty texts are then compared, not twenty objects built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Dialect, SQLColumnExpression, Text, cast
from sqlalchemy.types import TypeDecorator

from portal.extensions import read_json


class Said(Mapping[str, Any]):
    """A JSON object kept as its text, which says whether two are the same."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The object itself."""
        found: dict[str, Any] = read_json(self.text)
        return found

    def __getitem__(self, name: str) -> Any:
        return self.whole[name]

    def __contains__(self, name: object) -> bool:
        return f'"{name}"' in self.text and name in self.whole

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Said) else self.whole == other


class SaidText(TypeDecorator[Said]):
    """A column of JSON objects, read as `Said`."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Said | None:
        return None if value in (None, "null") else Said(str(value))


def said(column: Any) -> SQLColumnExpression[Said]:
    """Return a JSON column read as what an entry says, under its own name."""
    return cast(column, SaidText).label(column.key)

"""The words of an entry that the public will read, by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.lists.models import Entry
from portal.lists.terms.fields import ABOUT_FIELDS, DETAIL_PREFIX, FieldType


def public_texts(entry: Entry) -> dict[str, str]:
    """Return the text of each field the publisher words; names of files are not among them."""
    own = {name: str(getattr(entry, name) or "") for name in ABOUT_FIELDS}
    details = {
        DETAIL_PREFIX + field["key"]: "\n".join(words(field, entry.details[field["key"]]))
        for field in entry.subtype.fields
        if field.get("public", True) and field["key"] in entry.details
    }
    return own | details


def words(field: Mapping[str, Any], value: Any) -> Iterator[str]:
    """Yield the texts of one detail."""
    match field["type"]:
        case FieldType.FILE:
            return
        case FieldType.LIST:
            yield from value
        case FieldType.TABLE:
            yield from (cell for row in value for cell in row if cell)
        case _:
            yield str(value)

"""The words of an entry that the public will read, by field, and whether they give it away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.lists.models import Entry
from portal.lists.rules.anonymity import naming_faults
from portal.lists.terms.fields import ABOUT_FIELDS, DETAIL_PREFIX, FieldType


def public_texts(entry: Entry, worded: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return the text of each field the publisher words; names of files are not among them.
    `worded` are texts that are to stand in place of those sent in, by the names of facts."""
    sent = {name: getattr(entry, name) for name in ABOUT_FIELDS}
    sent |= {DETAIL_PREFIX + key: value for key, value in entry.details.items()}
    said = sent | dict(worded or {})
    details = {DETAIL_PREFIX + f["key"]: f for f in entry.subtype.fields if f.get("public", True)}
    return {name: str(said[name] or "") for name in ABOUT_FIELDS} | {
        name: "\n".join(words(field, said[name]))
        for name, field in details.items()
        if said.get(name) not in (None, "")
    }


def giving_away(entry: Entry, worded: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return a message for each text that names the publisher of an entry that is to stand
    without name; `worded` as `public_texts` takes them."""
    firm = entry.enterprise
    if not entry.anonymous or firm is None:
        return {}
    names = (firm.name, firm.name_en, firm.uscc, firm.name_key, *firm.former_names)
    return naming_faults(public_texts(entry, worded), names)


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


def published_texts(detail: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of one public detail as it was published; of a file its name."""
    value = detail.get("value_zh") or detail["value"]
    if detail["type"] == FieldType.FILE:
        value = value["name"]
    if detail["type"] == FieldType.TABLE:
        value = [cell for row in value for cell in row if cell]
    yield from (str(part) for part in value) if isinstance(value, list) else (str(value),)

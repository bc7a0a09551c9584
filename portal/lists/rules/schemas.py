"""Whether the form of a subtype, as data, can be used; pure. Checked when it is loaded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from portal.lists.terms.fields import COLUMN_TYPES, UNIT_TYPES, FieldType

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
COLUMN_PARTS = frozenset(
    {"key", "label_zh", "label_en", "type", "unit_zh", "unit_en", "required", "max_length"}
)
FIELD_PARTS = COLUMN_PARTS | {
    "section",
    "hint_zh",
    "hint_en",
    "public",
    "choices",
    "columns",
    "in_row",
}
NEVER_IN_ROW = frozenset({FieldType.LONG_TEXT, FieldType.LIST, FieldType.TABLE, FieldType.FILE})
MOST_COLUMNS = 8


class SchemaFault(ValueError):
    """The description of a form is wrong: which one, which field, why."""


COMMON_SECTIONS = frozenset({"about", "place", "contact", "basis"})


def check_schema(name: str, fields: Sequence[Mapping[str, Any]], sections: Collection[str]) -> None:
    """Raise SchemaFault with everything that is wrong with a subtype's form."""
    faults = [
        f"section {slug}: the portal has one of that name itself"
        for slug in sorted(COMMON_SECTIONS.intersection(sections))
    ]
    faults += schema_faults(fields, sections)
    if faults:
        raise SchemaFault(f"{name}: " + "; ".join(faults))


def schema_faults(fields: Sequence[Mapping[str, Any]], sections: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the fields of a form."""
    for key, count in Counter(str(field.get("key")) for field in fields).items():
        if count > 1:
            yield f"field {key}: named {count} times"
    if sum(bool(field.get("in_row")) for field in fields) > 1:
        yield "more than one field is in_row"
    for field in fields:
        for fault in field_faults(field, sections):
            yield f"field {field.get('key')}: {fault}"


def field_faults(field: Mapping[str, Any], sections: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with one field."""
    yield from part_faults(field, FIELD_PARTS, frozenset(FieldType))
    if field.get("section") not in sections:
        yield f"section {field.get('section')!r} is not one of {', '.join(sorted(sections))}"
    for flag in ("required", "public"):
        if not isinstance(field.get(flag), bool):
            yield f"{flag} must be true or false"
    kind = field.get("type")
    if (kind == FieldType.CHOICE) != bool(field.get("choices")):
        yield "choices belong to a choice, and a choice needs them"
    if (kind == FieldType.TABLE) != bool(field.get("columns")):
        yield "columns belong to a table, and a table needs them"
    if field.get("in_row") and kind in NEVER_IN_ROW:
        yield f"a {kind} cannot be in_row"
    yield from choice_faults(field.get("choices") or [])
    yield from column_faults(field.get("columns") or [])


def part_faults(
    part: Mapping[str, Any], known: frozenset[str], kinds: Collection[str]
) -> Iterator[str]:
    """Yield what is wrong with key, type, labels and unit of a field or column."""
    if unknown := part.keys() - known:
        yield f"unknown: {', '.join(sorted(unknown))}"
    if not KEY.fullmatch(str(part.get("key"))):
        yield "key must be lower-case letters, digits and _"
    if part.get("type") not in kinds:
        yield f"type {part.get('type')!r} is not one of {', '.join(sorted(kinds))}"
    for label in ("label_zh", "label_en"):
        if not part.get(label):
            yield f"{label} is missing"
    if bool(part.get("unit_zh")) != bool(part.get("unit_en")):
        yield "a unit needs both languages"
    if part.get("unit_zh") and part.get("type") not in UNIT_TYPES:
        yield f"a {part.get('type')} has no unit"
    longest = part.get("max_length")
    if longest is not None and not (isinstance(longest, int) and longest > 0):
        yield "max_length must be a whole number above 0"


def choice_faults(choices: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with the choices of a field."""
    values = [choice.get("value") for choice in choices]
    if len(set(values)) != len(values):
        yield "a choice is given twice"
    for choice in choices:
        if not all(choice.get(part) for part in ("value", "label_zh", "label_en")):
            yield f"choice {choice.get('value')!r} needs value, label_zh and label_en"


def column_faults(columns: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with the columns of a table."""
    if len(columns) > MOST_COLUMNS:
        yield f"{len(columns)} columns, at most {MOST_COLUMNS} can be read"
    keys = [column.get("key") for column in columns]
    if len(set(keys)) != len(keys):
        yield "a column is given twice"
    for column in columns:
        for fault in part_faults(column, COLUMN_PARTS, COLUMN_TYPES):
            yield f"column {column.get('key')}: {fault}"

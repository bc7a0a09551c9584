"""Reading an entry's details by the field descriptions of its subtype; pure.

A field description is a mapping with key, section, label_zh, label_en, type, unit_zh, unit_en,
required, public, max_length, choices, columns, in_row. Details hold JSON only (see `values`);
a table is a list of rows of cells, each as text; a file is what `FILE_FACTS` names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from portal.lists.rules.tables import read_table
from portal.lists.rules.values import (
    Fault,
    Field,
    label_of,
    read_address,
    read_choice,
    read_date,
    read_decimal,
    read_list,
    read_long_text,
    read_money,
    read_number,
    read_text,
)
from portal.lists.terms.fields import FieldType

EMPTY: tuple[Any, ...] = (None, "", [], {})
FILE_FACTS = frozenset({"name", "type", "size", "sha256", "stored"})


def read_details(
    fields: Sequence[Field], raw: Mapping[str, Any], *, complete: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the details as they are kept and one message for each field at fault.

    With `complete` required fields must be filled in; empty ones are left out of the details.
    A value that no field describes is a fault of its own.
    """
    details: dict[str, Any] = {}
    faults: dict[str, str] = {
        key: _("This kind of entry has no such item: %(key)s", key=key)
        for key in raw.keys() - {field["key"] for field in fields}
    }
    for field in fields:
        key, value = field["key"], raw.get(field["key"])
        try:
            read = None if is_empty(value) else READERS[FieldType(field["type"])](field, value)
        except Fault as fault:
            faults[key] = str(fault)
            continue
        if read not in EMPTY:
            details[key] = read
        elif complete and field.get("required"):
            faults[key] = missing(field)
    return details, faults


def is_empty(value: Any) -> bool:
    """Say whether nothing was given; 0 is something."""
    return value in EMPTY or (isinstance(value, str) and not value.strip())


def missing(field: Field) -> str:
    """Return what to say of a required field left empty."""
    if field["type"] == FieldType.CHOICE:
        return _("Choose: %(label)s", label=label_of(field))
    if field["type"] == FieldType.FILE:
        return _("Upload: %(label)s", label=label_of(field))
    return _("Enter: %(label)s", label=label_of(field))


def read_file(field: Field, value: Any) -> dict[str, Any]:
    """Take what is known of a stored file; it comes from the portal itself, never from a form."""
    if not isinstance(value, Mapping) or value.keys() != FILE_FACTS:
        raise Fault(_("Upload the file again: %(label)s.", label=label_of(field)))
    return dict(value)


READERS: Mapping[FieldType, Callable[[Field, Any], Any]] = {
    FieldType.TEXT: read_text,
    FieldType.LONG_TEXT: read_long_text,
    FieldType.NUMBER: read_number,
    FieldType.DECIMAL: read_decimal,
    FieldType.MONEY: read_money,
    FieldType.DATE: read_date,
    FieldType.CHOICE: read_choice,
    FieldType.URL: read_address,
    FieldType.LIST: read_list,
    FieldType.TABLE: read_table,
    FieldType.FILE: read_file,
}

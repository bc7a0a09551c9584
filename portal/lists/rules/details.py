"""Reading an entry's details by the field descriptions of its subtype; pure.

A field description is a mapping with key, label_zh, label_en, type, required, max_length, choices.
Details hold JSON only: text, whole numbers, lists of text, money in 万元 as decimal text
("1200.5"), days as ISO text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from portal.lists.terms.fields import FieldType

Field = Mapping[str, Any]


EMPTY: tuple[Any, ...] = (None, "", [])


LONGEST = {FieldType.TEXT: 200, FieldType.LONG_TEXT: 4000, FieldType.URL: 300, FieldType.LIST: 120}


MOST_ITEMS = 30


LARGEST_MONEY = Decimal(10) ** 10  # 万元


SMALLEST_MONEY = Decimal("0.000001")  # one 分 in 万元


LARGEST_NUMBER = 10**12


ADDRESS = re.compile(r"https?://[^\s/@\\<>\"]+\.[^\s@\\<>\"]+", re.ASCII | re.IGNORECASE)


class Fault(ValueError):
    """A value cannot be taken; the message says why and what to do."""


def label_of(field: Field, name: str = "label") -> str:
    """Return a field's label (or hint, unit) in the language being spoken, else in Chinese."""
    locale = get_locale()
    english = field.get(f"{name}_en") if locale is not None and locale.language == "en" else ""
    return str(english or field.get(f"{name}_zh") or "")


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
    return _("Enter: %(label)s", label=label_of(field))


def longest(field: Field) -> int:
    """Return how many characters a text, or an item of a list, may have."""
    return int(field.get("max_length") or LONGEST.get(FieldType(field["type"]), 200))


def check_length(field: Field, text: str) -> str:
    if len(text) > longest(field):
        raise Fault(
            _(
                "%(label)s has %(length)d characters and may have at most %(longest)d. Shorten it.",
                label=label_of(field),
                length=len(text),
                longest=longest(field),
            )
        )
    return text


def read_text(field: Field, value: Any) -> str:
    return check_length(field, " ".join(str(value).split()))


def read_long_text(field: Field, value: Any) -> str:
    lines = [line.strip() for line in str(value).splitlines()]
    return check_length(field, "\n".join(lines).strip())


def read_list(field: Field, value: Any) -> list[str]:
    """Read a list, or lines of text, one item each."""
    given = value if isinstance(value, list | tuple) else str(value).splitlines()
    items = [" ".join(str(item).split()) for item in given]
    items = [check_length(field, item) for item in items if item]
    if len(items) > MOST_ITEMS:
        raise Fault(
            _(
                "%(label)s has %(count)d items and may have at most %(most)d.",
                label=label_of(field),
                count=len(items),
                most=MOST_ITEMS,
            )
        )
    return items


def read_number(field: Field, value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]+", text, re.ASCII):
        raise Fault(_("%(label)s must be a whole number, such as 326.", label=label_of(field)))
    if int(text[:20]) > LARGEST_NUMBER:
        raise Fault(_("%(label)s is too large. Check the number.", label=label_of(field)))
    return int(text)


def read_money(field: Field, value: Any) -> str:
    """Read an amount in 万元, exact to the 分, and return it as decimal text without idle zeros."""
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise Fault(
            _(
                "%(label)s must be a number, such as 1200.5. Check the unit too.",
                label=label_of(field),
            )
        )
    if amount > LARGEST_MONEY or amount != amount.quantize(SMALLEST_MONEY):
        raise Fault(
            _(
                "%(label)s is too large or too exact. Check the number and the unit.",
                label=label_of(field),
            )
        )
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_date(field: Field, value: Any) -> str:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise Fault(
            _("%(label)s must be a real date, such as 2025-11-25.", label=label_of(field))
        ) from error
    return day.isoformat()[:10]


def read_choice(field: Field, value: Any) -> str:
    if value not in {choice["value"] for choice in field.get("choices") or []}:
        raise Fault(_("Choose from the list for %(label)s.", label=label_of(field)))
    return str(value)


def read_address(field: Field, value: Any) -> str:
    """Read a web address; only http and https can be linked to."""
    text = check_length(field, str(value).strip())
    if not ADDRESS.fullmatch(text):
        raise Fault(_("Check the web address: it should look like https://www.example.com/."))
    return text


READERS: Mapping[FieldType, Callable[[Field, Any], Any]] = {
    FieldType.TEXT: read_text,
    FieldType.LONG_TEXT: read_long_text,
    FieldType.NUMBER: read_number,
    FieldType.MONEY: read_money,
    FieldType.DATE: read_date,
    FieldType.CHOICE: read_choice,
    FieldType.URL: read_address,
    FieldType.LIST: read_list,
}

"""Reading one value by its field description; pure.

Values are kept as JSON: text, whole numbers, decimals and money in 万元 as decimal text
("-12.5", "1200.5"), days as ISO text, lists of text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask_babel import get_locale
from flask_babel import gettext as _

from portal.lists.terms.fields import FieldType

Field = Mapping[str, Any]
LONGEST = {FieldType.TEXT: 200, FieldType.LONG_TEXT: 4000, FieldType.URL: 300, FieldType.LIST: 120}
MOST_ITEMS = 30
LARGEST_MONEY = Decimal(10) ** 10  # 万元
SMALLEST_MONEY = Decimal("0.000001")  # one 分 in 万元
LARGEST_NUMBER = 10**12
DECIMAL = re.compile(r"[-+]?[0-9]{1,13}(\.[0-9]{0,8})?", re.ASCII)
SMALLEST_DECIMAL = Decimal("0.0001")
ADDRESS = re.compile(r"https?://[^\s/@\\<>\"]+\.[^\s@\\<>\"]+", re.ASCII | re.IGNORECASE)
INNER_ENDINGS = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp"})


class Fault(ValueError):
    """A value cannot be taken; the message says why and what to do."""


def label_of(field: Field, name: str = "label") -> str:
    """Return a field's label (or hint, unit) in the language being spoken, else in Chinese."""
    locale = get_locale()
    english = field.get(f"{name}_en") if locale is not None and locale.language == "en" else ""
    return str(english or field.get(f"{name}_zh") or "")


def head_of(column: Field) -> str:
    """Return the head of a table's column with its unit."""
    unit = label_of(column, "unit")
    return (
        _("%(label)s (%(unit)s)", label=label_of(column), unit=unit) if unit else label_of(column)
    )


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


def read_decimal(field: Field, value: Any) -> str:
    """Read a number with at most four decimals, also below zero, as text without idle zeros."""
    text = str(value).strip().replace("\u2212", "-")
    if isinstance(value, bool) or not DECIMAL.fullmatch(text):
        raise Fault(
            _("%(label)s must be a number, such as 12.5 or -3.", label=label_of(field)),
        )
    amount = Decimal(text)
    if abs(amount) > LARGEST_NUMBER or amount != amount.quantize(SMALLEST_DECIMAL):
        raise Fault(
            _(
                "%(label)s is too large or too exact. Check the number and the unit.",
                label=label_of(field),
            )
        )
    return plain_decimal(amount)


def plain_decimal(amount: Decimal) -> str:
    """Return a number as text without exponent and idle zeros; nothing is -0."""
    text = f"{amount or Decimal(0):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
    return plain_decimal(amount)


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
    """Read a web address; only http and https can be linked to, and only what the public can
    open. Nothing is ever fetched."""
    text = check_length(field, str(value).strip())
    if not ADDRESS.fullmatch(text):
        raise Fault(_("Check the web address: it should look like https://www.example.com/."))
    if is_inner(text):
        raise Fault(
            _("This address lies in an inner network, where the public cannot open it: check it.")
        )
    return text


def is_inner(address: str) -> bool:
    """Say whether a web address leads to this machine or into an inner network."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    last = host.rpartition(".")[2]
    if last in INNER_ENDINGS:
        return True
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last):
        return False
    try:
        return not ip_address(host).is_global
    except ValueError:
        return True  # 127.1, 0x7f.0.0.1: ways to write an address that no publisher needs

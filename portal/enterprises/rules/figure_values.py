"""A figure's value: read from what people type, written as one exact text, read back typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from portal.enterprises.terms.figures import Kind, Unit
from portal.wording import gettext as _

Value = Decimal | int | bool | str | date
NUMBER = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,8})?|\.[0-9]{1,8})")
FINEST = Decimal("0.000001")  # one 分 in 万元, one millionth of a ratio
MINUS = str.maketrans("−–—", "---")


class Shape(Protocol):
    """What a value must look like; a row of the metric table has it."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def minimum(self) -> str | None: ...
    @property
    def maximum(self) -> str | None: ...
    @property
    def choices(self) -> Sequence[Mapping[str, Any]]: ...


def write(value: Value) -> str:
    """Return the one text a value is kept as: true, 2025-12-31, 1200.5 without idle zeros."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return value.isoformat() if isinstance(value, date) else str(value)


def read(kind: str, text: str) -> Value:
    """Return the value a text was kept for: int, Decimal, bool, date, or a slug or code."""
    if kind == Kind.WHOLE:
        return int(text)
    if kind == Kind.DECIMAL:
        return Decimal(text)
    if kind == Kind.BOOL:
        return text == "true"
    return date.fromisoformat(text) if kind == Kind.DATE else text


def parse(metric: Shape, typed: str) -> Value | None:
    """Return what was typed, already cleaned of blanks and separators; None for nothing.

    A ratio is typed in per cent. Raises ValueError saying what is wrong and what to do.
    """
    text = typed.translate(MINUS)
    if not text:
        return None
    if metric.kind in (Kind.WHOLE, Kind.DECIMAL):
        return parse_number(metric, text)
    if metric.kind == Kind.BOOL:
        return text == "true"
    if metric.kind == Kind.CODE and not re.fullmatch(r"[0-9]{4}", text):
        raise ValueError(_("Enter four digits, such as 3841."))
    return date.fromisoformat(text) if metric.kind == Kind.DATE else text


def parse_number(metric: Shape, text: str) -> Decimal | int:
    """Return a number in the metric's unit; raises ValueError."""
    ratio = metric.unit == Unit.RATIO
    text = text.removesuffix("%") if ratio else text
    if not NUMBER.fullmatch(text):
        if metric.kind == Kind.WHOLE:
            raise ValueError(_("Enter a whole number without unit, such as 326."))
        raise ValueError(_("Enter a number without unit, such as 1200.5."))
    number = Decimal(text) / (100 if ratio else 1)
    if metric.kind == Kind.WHOLE:
        if number != int(number):
            raise ValueError(_("Enter a whole number without unit, such as 326."))
        return int(number)
    if number != number.quantize(FINEST):
        raise ValueError(_("The number is too exact: six decimal places are kept."))
    return number


def bounds_fault(metric: Shape, value: Value) -> str:
    """Return what is wrong with a value's size or choice, "" when nothing is."""
    if metric.kind == Kind.CHOICE:
        known = {choice["slug"] for choice in metric.choices}
        return "" if value in known else _("Choose from the list.")
    low, high = metric.minimum, metric.maximum
    if low is not None and below(metric, value, low):
        return _("It cannot be less than %(low)s: check the number.", low=shown(metric, low))
    if high is not None and above(metric, value, high):
        return _(
            "It cannot be more than %(high)s: check the number and the unit.",
            high=shown(metric, high),
        )
    return ""


def below(metric: Shape, value: Value, bound: str) -> bool:
    return comparable(metric, write(value)) < comparable(metric, bound)


def above(metric: Shape, value: Value, bound: str) -> bool:
    return comparable(metric, write(value)) > comparable(metric, bound)


def comparable(metric: Shape, text: str) -> Any:
    """Return a text as it is ordered: numbers by size, codes and dates by their text."""
    return Decimal(text) if metric.kind in (Kind.WHOLE, Kind.DECIMAL) else text


def shown(metric: Shape, text: str) -> str:
    """Return a kept number as it is typed: a ratio in per cent."""
    return f"{write(Decimal(text) * 100)}%" if metric.unit == Unit.RATIO else text

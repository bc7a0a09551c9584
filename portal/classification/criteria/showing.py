"""Numbers as text: a figure that misses a bound is never printed as if it met it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

DIGITS = 2
MOST_DIGITS = 60
PERCENT = 100


def shown(value: Fraction, unit: str, against: Iterable[Fraction] = ()) -> str:
    """Return a value with as many digits as tell it from the bounds it is compared with."""
    if unit == "ratio":
        return f"{_rounded(value * PERCENT, [bound * PERCENT for bound in against])}%"
    return _rounded(value, list(against))


def _rounded(value: Fraction, bounds: list[Fraction]) -> str:
    for digits in range(DIGITS, MOST_DIGITS):
        text = _to_digits(value, digits)
        rounded = Fraction(text)
        if all(_side(rounded, bound) == _side(value, bound) for bound in bounds):
            return text
    return f"{value.numerator}/{value.denominator}"


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)


def _to_digits(value: Fraction, digits: int) -> str:
    with localcontext() as context:
        context.prec = MOST_DIGITS * 3
        number = Decimal(value.numerator) / Decimal(value.denominator)
        text = f"{number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: Fraction) -> int | float | str:
    """Return a number for JSON that reads back as itself; what no decimal is, as a fraction."""
    if value.denominator == 1:
        return value.numerator
    number = float(value)
    return number if Fraction(repr(number)) == value else _decimal(value)


def _decimal(value: Fraction) -> str:
    text = _to_digits(value, DIGITS * 9)
    return text if Fraction(text) == value else f"{value.numerator}/{value.denominator}"


def points(value: Fraction) -> int | float:
    """Return points for JSON: whole where they are whole."""
    return value.numerator if value.denominator == 1 else float(value)

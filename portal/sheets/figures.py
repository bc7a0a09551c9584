"""Reading figures as people write them: thousands grouped, a unit behind; knows no domain."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from portal.sheets.terms import Level
from portal.sheets.values import Say
from portal.wording import gettext as _

GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
FACTORS = {"亿": "10000", "百万": "100", "万": "1", "千": "0.1", "": "0.0001"}
AMOUNT = re.compile(
    r"(?:人民币|rmb|cny|¥)?([^元亿万千百]+?)(亿元|亿|百万元|万元|万|千元|元)?(?:人民币|整)?",
    re.IGNORECASE,
)


def number(text: str) -> Decimal | None:
    """Return a number as people write it, thousands grouped or not; None for anything else."""
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text):
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if abs(found.adjusted()) < 40 else None


def amount(text: str) -> tuple[Decimal, str] | None:
    """Return an amount in 万元 and the unit written behind it, 万元 being meant where none is;
    None for anything else."""
    found = AMOUNT.fullmatch(text)
    value = number(found.group(1)) if found else None
    if found is None or value is None:
        return None
    unit = found.group(2) or ""
    return (value * Decimal(FACTORS[unit.removesuffix("元")]) if unit else value), unit


def shown(value: Decimal) -> str:
    """Return a figure without exponent and idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def note_figure(say: Say, text: str, read_as: str) -> None:
    """Say how a figure was read, unless only idle zeros differ."""
    plain = number(text)
    if plain is None or shown(plain) != read_as or "," in text or "e" in text.lower():
        say(Level.FIXED, _("“%(text)s” is read as %(value)s", text=text[:40], value=read_as))

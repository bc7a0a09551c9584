"""Reading figures: amounts with their units, shares, numbers of people."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _

from portal.enterprises.importing.values import LeftEmpty, NotAccepted, Say, figure_text
from portal.enterprises.rules.figure_values import FINEST
from portal.sheets.cells import Cell
from portal.sheets.terms import Kind, Level
from portal.web.fields import LARGEST_MONEY, SMALLEST_MONEY

GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
FACTORS = {"亿": "10000", "百万": "100", "万": "1", "千": "0.1", "": "0.0001"}
LARGE = Decimal(1_000_000)  # 万元 from which it is asked whether 元 was meant
MANY = 500_000
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


def amount(cell: Cell, say: Say) -> Decimal | None:
    """Return an amount in 万元; a unit behind the figure is taken into account and said."""
    text = figure_text(cell, say)
    found = AMOUNT.fullmatch(text)
    value = number(found.group(1)) if found else None
    if not text:
        return None
    if found is None or value is None:
        raise LeftEmpty(text)
    if value < 0:
        raise NotAccepted(_("The amount is negative: check it"))
    unit = found.group(2)
    if unit:
        value *= Decimal(FACTORS[unit.removesuffix("元")])
    exact = value.quantize(SMALLEST_MONEY) if value < LARGEST_MONEY * 10 else value
    if exact > LARGEST_MONEY:
        raise NotAccepted(_("The amount is larger than any enterprise's: check the unit"))
    if unit or exact != value or text != shown(exact):
        note_figure(say, text, f"{shown(exact)}万元" if unit else shown(exact))
    if exact > LARGE:
        say(
            Level.WARNED,
            _("%(amount)s万元 is unusually large: was 元 typed for 万元?", amount=shown(exact)),
        )
    return exact


def shown(value: Decimal) -> str:
    """Return a figure without exponent and idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def note_figure(say: Say, text: str, read_as: str) -> None:
    """Say how a figure was read, unless only idle zeros differ."""
    plain = number(text)
    if plain is None or shown(plain) != read_as or "," in text or "e" in text.lower():
        say(Level.FIXED, _("“%(text)s” is read as %(value)s", text=text[:40], value=read_as))


def share(cell: Cell, say: Say) -> Decimal | None:
    """Return a share as a fraction; the column's title says %, so a bare figure is per cent."""
    text = figure_text(cell, say)
    value = number(text.rstrip("%"))
    if not text:
        return None
    if value is None or text.count("%") > 1:
        raise LeftEmpty(text)
    if cell.kind is Kind.PERCENT:
        value *= 100
    if cell.kind is Kind.PERCENT or text.endswith("%"):
        say(Level.FIXED, _("“%(text)s” is read as %(value)s", text=text, value=f"{shown(value)}%"))
    elif 0 < value < Decimal("0.2"):
        say(
            Level.WARNED,
            _(
                "%(value)s is read as %(value)s per cent: if a fraction was meant, write"
                " %(percent)s",
                value=shown(value),
                percent=shown(value * 100),
            ),
        )
    if value < 0:
        raise NotAccepted(_("The share is negative: check it"))
    if value > 1000:
        raise LeftEmpty(text)
    if value > 100:
        say(Level.WARNED, _("%(value)s%% is more than the whole: check it", value=shown(value)))
    return (value / 100).quantize(FINEST)


def staff(cell: Cell, say: Say) -> int | None:
    """Return a number of people."""
    text = figure_text(cell, say)
    value = number(text.removesuffix("人").removesuffix("名"))
    if not text:
        return None
    if value is None or value != value.to_integral_value():
        raise LeftEmpty(text)
    if value < 0:
        raise NotAccepted(_("The number of people is negative: check it"))
    if value > 10 * MANY:
        raise LeftEmpty(text)
    if text != str(int(value)):
        note_figure(say, text, str(int(value)))
    if value > MANY:
        say(Level.WARNED, _("%(count)d people are unusually many: check it", count=int(value)))
    return int(value)

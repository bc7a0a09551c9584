"""Reading figures: amounts with their units, shares, numbers of people."""

from __future__ import annotations

from decimal import Decimal

from portal.enterprises.rules.figure_values import FINEST
from portal.sheets.cells import Cell
from portal.sheets.figures import amount as parsed
from portal.sheets.figures import note_figure, number, shown
from portal.sheets.terms import Kind, Level
from portal.sheets.values import LeftEmpty, NotAccepted, Say, figure_text
from portal.web.fields import LARGEST_MONEY, SMALLEST_MONEY
from portal.wording import gettext as _

LARGE = Decimal(1_000_000)  # 万元 from which it is asked whether 元 was meant
MANY = 500_000


def amount(cell: Cell, say: Say) -> Decimal | None:
    """Return an amount in 万元; a unit behind the figure is taken into account and said."""
    text = figure_text(cell, say)
    if not text:
        return None
    found = parsed(text)
    if found is None:
        raise LeftEmpty(text)
    value, unit = found
    if value < 0:
        raise NotAccepted(_("The amount is negative: check it"))
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

"""Reading what only the sheet of enterprises has: credit codes and days of founding."""

from __future__ import annotations

from datetime import date

from portal import clock
from portal.enterprises.rules import record as rules
from portal.enterprises.rules import uscc
from portal.errors import Refused
from portal.sheets import values
from portal.sheets.cells import Cell, tidy
from portal.sheets.terms import Kind, Level
from portal.sheets.values import Say
from portal.wording import gettext as _


def code(cell: Cell, say: Say) -> str:
    """Return a credit code that passed every check, else nothing; it is never repeated in words."""
    raw = "" if cell.kind is Kind.ERROR else tidy(cell.text).text
    cleaned = uscc.clean(raw)
    if was_rounded(cell, raw, cleaned):
        say(
            Level.REFUSED,
            _(
                "The spreadsheet turned the code into a number and rounded it: format the column"
                " as text and enter the code again"
            ),
        )
        return ""
    try:
        uscc.check(cleaned)
    except Refused as refusal:
        say(Level.REFUSED, refusal.message)
        return ""
    if cell.formula:
        say(Level.FIXED, _("The cell holds a formula: its last calculated value was taken"))
    if cleaned != cell.text:
        say(Level.FIXED, _("Written as “%(text)s”", text=cleaned))
    return cleaned


def was_rounded(cell: Cell, raw: str, cleaned: str) -> bool:
    """Say whether a program kept fifteen figures of a code only."""
    if uscc.is_rounded(raw) or uscc.is_rounded(cleaned):
        return True
    return cell.kind is not Kind.TEXT and cleaned.isdigit() and len(cleaned) > 15


def founding_day(cell: Cell, say: Say, *, from_1904: bool) -> date | None:
    """Return the day an enterprise was founded on; one that cannot be is left empty."""
    found = values.day(cell, say, from_1904=from_1904)
    if found is None:
        return None
    try:
        rules.check_established(found, clock.today())
    except Refused as refusal:
        say(Level.WARNED, _("%(why)s; left empty", why=refusal.message))
        return None
    return found

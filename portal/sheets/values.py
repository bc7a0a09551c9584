"""Reading the cells of a row: each value, and what has to be said about it; knows no domain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from portal.sheets.cells import Cell, day_of, masked, tidy
from portal.sheets.terms import Kind, Level
from portal.web.cleaning import clean_address, clean_line, is_address
from portal.wording import gettext as _

Say = Callable[[Level, str], None]
NOTHING = frozenset(
    {"-", "--", "/", "无", "暂无", "没有", "n/a", "null", "none", "—", "——", "不详"}
)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?\d{1,2}:\d{2}(?::\d{2})?)?")
DENSE_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
SERIAL = re.compile(r"\d{4,6}(?:\.\d+)?")


class Unusable(Exception):
    """A cell whose value is not taken: the level it is said at, and the sentence."""

    level = Level.WARNED

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class LeftEmpty(Unusable):
    """A text that is no such value and stays out."""

    def __init__(self, text: str) -> None:
        super().__init__(_("“%(text)s” cannot be read here: left empty", text=text[:40]))


class NotAccepted(Unusable):
    """A value that cannot be right: the row is refused."""

    level = Level.REFUSED


def text_of(cell: Cell, say: Say) -> str:
    """Return a cell's text put right, saying what was done; formulas and errors give none."""
    if not cell.text and not cell.formula:
        return ""
    if cell.kind is Kind.ERROR:
        say(Level.WARNED, _("The cell holds an error (%(text)s): left empty", text=cell.text[:20]))
        return ""
    found = tidy(cell.text)
    if cell.formula:
        if not found.text:
            say(
                Level.REFUSED,
                _("The cell holds a formula without its value: enter the value itself"),
            )
            return ""
        say(Level.FIXED, _("The cell holds a formula: its last calculated value was taken"))
    if found.had_invisible:
        say(Level.FIXED, _("Invisible characters were taken out"))
    if found.text.casefold() in NOTHING:
        say(Level.FIXED, _("“%(text)s” is read as empty", text=found.text))
        return ""
    if found.text.startswith(("=", "＝")):
        say(Level.REFUSED, _("The cell holds a formula as text: enter the value itself"))
        return ""
    if masked(found.text) != found.text:
        say(
            Level.REFUSED,
            _("The cell holds what looks like an identity-card number: take it out of the file"),
        )
        return ""
    return found.text


def line(cell: Cell, say: Say, longest: int) -> str:
    """Return one line of text; too long a text is refused."""
    text = text_of(cell, say)
    cleaned = clean_line(text)
    note_change(cell.text, text, cleaned, say)
    if len(cleaned) > longest:
        say(
            Level.REFUSED,
            _(
                "%(count)d characters, at most %(longest)d: shorten it",
                count=len(cleaned),
                longest=longest,
            ),
        )
        return ""
    return cleaned


def words(cell: Cell, say: Say, longest: int) -> str:
    """Return a list of words; what is too long ends at a separator, and that is said."""
    text = text_of(cell, say)
    cleaned = clean_line(text)
    note_change(cell.text, text, cleaned, say)
    if len(cleaned) <= longest:
        return cleaned
    head = cleaned[:longest]
    cut = max(head.rfind(sign) for sign in "、；，。;,")
    kept = head[:cut] if cut > longest // 2 else head
    say(
        Level.WARNED,
        _(
            "%(count)d characters, at most %(longest)d: only the part up to “%(end)s” is kept",
            count=len(cleaned),
            longest=longest,
            end=kept[-12:],
        ),
    )
    return kept


def note_change(raw: str, tidied: str, cleaned: str, say: Say) -> None:
    """Say that blanks or full-width letters were put right."""
    if tidied and cleaned != tidied:
        say(Level.FIXED, _("Written as “%(text)s”", text=cleaned[:60]))
    elif tidied and len(tidied) != len(raw) and raw.strip() != raw:
        say(Level.FIXED, _("Blanks at the ends were taken out"))


def figure_text(cell: Cell, say: Say) -> str:
    """Return the text of a cell with a figure: half-width and without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text_of(cell, say)))


def day(cell: Cell, say: Say, *, from_1904: bool) -> date | None:
    """Return a date; a day number of the spreadsheet is turned into its day."""
    text = figure_text(cell, say)
    if not text:
        return None
    if MONTH.fullmatch(text) and cell.kind is not Kind.DATE:
        say(Level.WARNED, _("“%(text)s” names no day: left empty, add the day", text=text))
        return None
    found = written_day(text)
    if found is None and SERIAL.fullmatch(text):
        found = day_of(Decimal(text), from_1904=from_1904)
        if found is not None and cell.kind is not Kind.DATE:
            note_day(say, text, found)
    elif found is not None and text != found.isoformat():
        note_day(say, text, found)
    if found is None:
        raise LeftEmpty(text)
    return found


def written_day(text: str) -> date | None:
    """Return a day as it is written, None for what is none."""
    parts = DAY.fullmatch(text) or DENSE_DAY.fullmatch(text)
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts.groups()))
    except ValueError:
        return None


def note_day(say: Say, text: str, found: date) -> None:
    """Say as which day a text was read."""
    say(Level.FIXED, _("“%(text)s” is read as %(value)s", text=text[:40], value=found.isoformat()))


def website(cell: Cell, say: Say) -> str:
    """Return a web address, with https:// put before a bare host."""
    text = text_of(cell, say)
    cleaned = clean_address(text)
    if not text:
        return ""
    if not is_address(cleaned) or len(cleaned) > 200:
        raise LeftEmpty(text)
    if cleaned != text:
        say(Level.FIXED, _("Written as “%(text)s”", text=cleaned[:60]))
    return cleaned

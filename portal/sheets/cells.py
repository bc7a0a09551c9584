"""Cells and rows as plain values, and what is put right in any text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from portal.sheets.terms import Kind

MOST_COLUMNS = 256
MOST_ROWS = 1_048_576  # what a spreadsheet can hold
LONGEST_CELL = 32_767
# zero-width, bidirectional marks and overrides, byte order mark, soft hyphen
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
CARD = re.compile(r"(?<!\d)([1-8]\d{5})(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d{4}[\dXx](?![\dA-Za-z])")
CARD_LENGTH = 18
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u3000]+")


class Cell(NamedTuple):
    """One cell. `text` is its value as written, of a formula the last calculated one."""

    text: str = ""
    kind: Kind = Kind.TEXT
    formula: bool = False


class Row(NamedTuple):
    """One row of the sheet: its own number from 1, cells from the first column on, none of the
    empty ones at the end."""

    number: int
    cells: Sequence[Cell]
    hidden: bool = False

    def at(self, place: int) -> Cell:
        """Return a cell, an empty one beyond the end."""
        return self.cells[place] if place < len(self.cells) else EMPTY


EMPTY = Cell()


class Tidy(NamedTuple):
    """A text put right, and whether anything invisible was taken out of it."""

    text: str
    had_invisible: bool


def tidy(text: str) -> Tidy:
    """Return a text composed, trimmed, without invisible and control characters."""
    if text.isprintable() and "\ufffd" not in text:  # almost every cell
        return Tidy(unicodedata.normalize("NFC", text).strip(), False)
    seen = CONTROL.sub("", INVISIBLE.sub("", text))
    return Tidy(unicodedata.normalize("NFC", seen).strip(" \t\r\n\u3000\xa0"), seen != text)


def is_blank(row: Row) -> bool:
    """Say whether nothing can be read in a row."""
    return not any(cell.formula or tidy(cell.text).text for cell in row.cells)


def number_text(raw: str) -> str:
    """Return a stored number as a person would write it: fifteen figures, no binary noise."""
    try:
        value = Decimal(f"{float(raw):.15g}")
    except (ValueError, InvalidOperation):
        return raw
    if not value.is_finite():
        return raw
    text = f"{value:f}" if abs(value) < Decimal(10) ** 21 else f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_of(serial: Decimal, *, from_1904: bool) -> date | None:
    """Return the day a spreadsheet counts as `serial`, None outside the years it knows.

    The system of 1900 knows a 29 February 1900 that never was (day 60).
    """
    whole = int(serial)
    if not 0 < whole < 2_958_466 or (whole == 60 and not from_1904):
        return None
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 if whole > 60 else 31)
    return first + timedelta(days=whole)


def masked(text: str) -> str:
    """Return a text in which what looks like an identity-card number keeps its area only."""
    if len(text) < CARD_LENGTH or sum(char.isdigit() for char in text) < CARD_LENGTH - 1:
        return text
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    for candidate in (plain, BETWEEN.sub("", plain)):
        if CARD.search(candidate):
            return CARD.sub(lambda found: found.group(1) + "*" * 12, candidate)
    return text

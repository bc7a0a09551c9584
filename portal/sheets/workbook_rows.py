"""Rows of a sheet as XML: text, numbers and days; nothing in them is ever live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape

from portal.sheets.cells import LONGEST_CELL

LIVE = re.compile("[ \u3000]*[=+\\-@\t\r]").match
DAY_ZERO = date(1899, 12, 30).toordinal()  # the days of a spreadsheet count from here
TYPED, DAY, NUMBER = 1, 6, 7  # cell styles: a text that would be live if it were typed, and others
SHORT = LONGEST_CELL // 2  # a character counts as two at most
Cell = str | int | Decimal | date | None


def row_xml(number: int, cells: Sequence[Cell], plain: int, mark: str) -> str:
    """Return one row, empty cells left out; `mark` ends a text that no cell can hold."""
    written = [
        text_xml(f"{column}{number}", cell, plain, mark)
        if type(cell) is str
        else value_xml(f"{column}{number}", cell, plain, mark)
        for column, cell in zip(columns_of(len(cells)), cells, strict=True)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def text_xml(place: str, text: str, plain: int, mark: str) -> str:
    """Return a cell of text in its row's style, unless it would be live."""
    if len(text) > SHORT:
        text = fitted(text, mark)
    return (
        f'<c r="{place}" s="{TYPED if LIVE(text) else plain}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(text)}</t></is></c>'
    )


def fitted(text: str, mark: str) -> str:
    """Return a text as a cell can hold it: Excel refuses a workbook with a longer one, counted in
    units of UTF-16. What is cut ends in a mark that says so."""
    units = text.encode("utf-16-le", "ignore")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    room = 2 * LONGEST_CELL - len(mark.encode("utf-16-le"))
    return units[:room].decode("utf-16-le", "ignore") + mark


def value_xml(place: str, value: Cell, plain: int, mark: str) -> str:
    """Return a cell of a day or a number, or of anything else as text."""
    if isinstance(value, date):
        return f'<c r="{place}" s="{DAY}"><v>{value.toordinal() - DAY_ZERO}</v></c>'
    if isinstance(value, int | Decimal):
        return f'<c r="{place}" s="{NUMBER}"><v>{value}</v></c>'
    return text_xml(place, str(value), plain, mark)


@cache
def columns_of(count: int) -> tuple[str, ...]:
    """Return the letters of the first columns."""
    return tuple(letters(place) for place in range(count))


def letters(place: int) -> str:
    """Return the letters of a column counted from 0."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found

"""Rows of a file worded ahead: one text from which a line of CSV and a row of a sheet are made.

Its cells stand between BETWEEN as CSV writes them. Before the first stands the row's shape, a mark
for each of them that says how a sheet writes it; HOLE is filled in when it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple
from xml.sax.saxutils import escape

from portal.sheets.workbook_rows import (
    DAY,
    DAY_ZERO,
    LIVE,
    NUMBER,
    SHORT,
    TYPED,
    Cell,
    columns_of,
    fitted,
)
from portal.web.csv import safe_cell

BETWEEN, HOLE = "\x1f", "\x1e"
NONE, PLAIN, QUOTED, FILLED, ON, FIGURE, LIVELY, BROKEN = "-tqsdnlb"
UNHEARD = str.maketrans(dict.fromkeys((BETWEEN, HOLE)))
NEEDS_QUOTES = re.compile('[,"\r\n]').search


class Worded(NamedTuple):
    """A row worded ahead, and the word for its hole."""

    text: str
    filling: str

    def xml(self, number: int, mark: str) -> str:
        """Return it as a row of a sheet without empty cells; `mark` ends what no cell can hold."""
        shape, _mark, said = self.text.partition(BETWEEN)
        if len(said) > SHORT:
            return self.long_xml(number, mark)
        if "&" in said or "<" in said or ">" in said:
            said = escape(said)
        form, cells = form_of(shape, self.filling != ""), said.split(BETWEEN)
        if form.hole is not None:
            cells[form.hole] = escape(self.filling)
        for place, made in form.made:
            cells[place] = made(cells[place])
        return form.joined(str(number), cells)

    def long_xml(self, number: int, mark: str) -> str:
        """Return a row in which a cell may be too long: each is looked at before it is escaped."""
        shape, _mark, said = self.text.partition(BETWEEN)
        form, cells = form_of(shape, self.filling != ""), said.split(BETWEEN)
        if form.hole is not None:
            cells[form.hole] = self.filling
        for place, made in form.made:
            cells[place] = made(cells[place])
        return form.joined(str(number), [escape(fitted(cell, mark)) for cell in cells])


def csv_lines(rows: Iterable[Worded]) -> str:
    """Return rows as lines of CSV; what is alike in all of them is done at once."""
    said = [
        text[text.index(BETWEEN) + 1 :].replace(HOLE, csv_cell(filling)) for text, filling in rows
    ]
    return "\r\n".join([*said, ""]).replace(BETWEEN, ",")


def worded(cells: Sequence[Cell]) -> str:
    """Return cells as the text of a row; one of them may be HOLE."""
    parts = [part_of(cell) for cell in cells]
    return BETWEEN.join(["".join(mark for mark, _text in parts), *(text for _mark, text in parts)])


def part_of(cell: Cell) -> tuple[str, str]:
    """Return the mark of a cell and how CSV writes it."""
    if cell == HOLE:
        return FILLED, HOLE
    if isinstance(cell, date | int | Decimal):
        return ON if isinstance(cell, date) else FIGURE, str(cell)
    text = (cell or "").translate(UNHEARD)
    quoted = csv_cell(text)
    if text == "":
        return NONE, ""
    if safe_cell(text) != text:
        return LIVELY if LIVE(text) else BROKEN, quoted
    return PLAIN if quoted == text else QUOTED, quoted


@lru_cache(maxsize=1024)
def csv_cell(text: str) -> str:
    """Return a text as a cell of CSV: never a formula, in quotes where it needs them."""
    safe = str(safe_cell(text))
    return '"{}"'.format(safe.replace('"', '""')) if NEEDS_QUOTES(safe) else safe


class Form(NamedTuple):
    """How rows of one shape are written. `parts` are the texts between number of the row, value of
    the first cell that is not empty, number, value and so on, with room for both; `chosen` takes
    the values from the cells; `made` are those that are written otherwise than CSV does; `hole` is
    the place of the hole."""

    parts: list[str]
    chosen: Callable[[list[str]], tuple[str, ...]]
    made: tuple[tuple[int, Callable[[str], str]], ...]
    hole: int | None

    def joined(self, number: str, cells: list[str]) -> str:
        """Return the row. Joining is three times as fast as formatting."""
        parts, values = self.parts[:], self.chosen(cells)[2:]
        parts[1] = number
        parts[3::4] = [number] * len(values)
        parts[5::4] = values
        return "".join(parts)


@lru_cache(maxsize=4096)
def form_of(shape: str, is_filled: bool) -> Form:
    """Return the form of a shape; an empty filling is an empty cell."""
    marks = shape if is_filled else shape.replace(FILLED, NONE)
    places = [place for place, mark in enumerate(marks) if mark != NONE]
    letters = columns_of(len(shape))
    parts, before = ['<row r="', ""], '">'
    for place in places:
        start, end = cell_form(marks[place])
        parts += [f'{before}<c r="{letters[place]}', "", start, ""]
        before = end
    made = tuple((place, MADE[marks[place]]) for place in places if marks[place] in MADE)
    hole = marks.find(FILLED)
    # two more ahead: one place alone would not be handed out as a tuple
    chosen = itemgetter(0, 0, *places)
    return Form([*parts, f"{before}</row>"], chosen, made, None if hole < 0 else hole)


def cell_form(mark: str) -> tuple[str, str]:
    """Return what stands between the place of a cell and its value, and what behind that."""
    if mark in (ON, FIGURE):
        return f'" s="{DAY if mark == ON else NUMBER}"><v>', "</v></c>"
    style = TYPED if mark == LIVELY else 0
    return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"


def unquoted(cell: str) -> str:
    """Return what CSV has put in quotes."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def as_said(cell: str) -> str:
    """Return a text that CSV writes with a mark in front, without it."""
    return unquoted(cell).removeprefix("'")


@lru_cache(maxsize=4096)
def serial(day: str) -> str:
    """Return a day as the number a spreadsheet has for it."""
    return str(date.fromisoformat(day).toordinal() - DAY_ZERO)


MADE: dict[str, Callable[[str], str]] = {
    QUOTED: unquoted,
    LIVELY: as_said,
    BROKEN: as_said,
    ON: serial,
}

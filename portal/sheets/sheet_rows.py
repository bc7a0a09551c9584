"""The cells of a sheet's XML, put together into rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from portal.sheets.cells import (
    EMPTY,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    number_text,
)
from portal.sheets.findings import Unreadable
from portal.sheets.terms import Kind
from portal.sheets.xml_parts import damaged

LONGEST = LONGEST_CELL * 4
LETTERS = re.compile(r"([A-Z]{1,3})[1-9]\d{0,6}")


class RowReader:
    """Handlers that collect complete rows; `take` hands them over."""

    def __init__(self, string: Callable[[int], str], kind_of: Callable[[str | None], Kind]) -> None:
        self.string, self.kind_of = string, kind_of
        self.done: list[Row] = []
        self.number = 0
        self.hidden = False
        self.cells: list[Cell] = []
        self.place = -1
        self.type = ""
        self.style: str | None = None
        self.formula = self.reading = self.is_wide = self.in_hint = False
        self.pieces: list[str] = []
        self.length = 0
        self.columns: dict[str, int] = {}
        self.wide_rows = 0

    def take(self) -> list[Row]:
        """Return the rows completed since the last call."""
        done, self.done = self.done, []
        return done

    def on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self.place = self.place_of(attributes.get("r"))
            self.type = attributes.get("t", "n")
            self.style = attributes.get("s")
            self.formula = False
            self.pieces, self.length = [], 0
        elif name == "v":
            self.reading = True
        elif name == "t":
            self.reading = self.type == "inlineStr" and not self.in_hint
        elif name == "rPh":
            self.in_hint = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.begin_row(attributes)

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        """Start a row; rows without a number follow the one before."""
        given = attributes.get("r", "")
        number = int(given) if given.isdecimal() and len(given) < 9 else self.number + 1
        if number <= self.number or number > MOST_ROWS:
            raise Unreadable(damaged())
        self.number, self.cells, self.place = number, [], -1
        self.hidden = attributes.get("hidden") in ("1", "true")
        self.is_wide = False

    def on_end(self, name: str) -> None:
        if name in ("v", "t"):
            self.reading = False
        elif name == "rPh":
            self.in_hint = False
        elif name == "c":
            self.end_cell()
        elif name == "row" and self.cells:
            self.done.append(Row(self.number, self.cells, self.hidden))
            self.wide_rows += self.is_wide
            self.cells = []

    def on_data(self, text: str) -> None:
        if self.reading:
            self.length += len(text)
            if self.length > LONGEST:
                raise Unreadable(damaged())
            self.pieces.append(text)

    def end_cell(self) -> None:
        """Keep a cell that holds anything, with empty ones before it up to its place."""
        raw = "".join(self.pieces)
        if not raw and not self.formula:
            return
        if self.place >= MOST_COLUMNS:
            self.is_wide = True
            return
        while len(self.cells) < self.place:
            self.cells.append(EMPTY)
        cell = self.cell_of(raw)
        if len(self.cells) == self.place:
            self.cells.append(cell)
        else:
            raise Unreadable(damaged())

    def cell_of(self, raw: str) -> Cell:
        """Return the cell of a stored value."""
        if self.type == "s":
            number = int(raw) if raw.isdecimal() and len(raw) < 10 else -1
            return Cell(self.string(number), Kind.TEXT, self.formula)
        if self.type == "d":
            with suppress(ValueError):
                return Cell(f"{datetime.fromisoformat(raw):%Y-%m-%d}", Kind.TEXT, self.formula)
        if self.type == "e":
            return Cell(raw, Kind.ERROR, self.formula)
        if self.type in ("n", "") and raw:
            return Cell(number_text(raw), self.kind_of(self.style), self.formula)
        return Cell(raw, Kind.TEXT, self.formula)

    def place_of(self, reference: str | None) -> int:
        """Return the column of a cell from 0; cells without a reference follow one another."""
        if not reference:
            return self.place + 1
        found = LETTERS.fullmatch(reference)
        if found is None:
            raise Unreadable(damaged())
        letters = found.group(1)
        place = self.columns.get(letters)
        if place is None:
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - 64
            place = self.columns[letters] = place - 1
        return place

"""Reading a list: its header, its rows, and each cell as what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from flask_babel import gettext as _

from portal.classification.official_lists.columns import IDENTITY, LEVEL_WORDS, TITLE_OF, TITLES
from portal.classification.terms.official_lists import PLACE_ON_LIST
from portal.enterprises.importing.values import code
from portal.sheets import values
from portal.sheets.cells import Cell, Row, day_of, tidy
from portal.sheets.findings import Unreadable
from portal.sheets.header import Header, choose_sheet, first_rows, missing_header
from portal.sheets.opening import Sheet, opened
from portal.sheets.terms import Level
from portal.sheets.walking import Walk

ROWS = 1000  # of a batch
PASTED = "list.csv"  # how rows that were pasted are read
LENGTHS = {"name": 120, "number": 60, "batch": 60, "subject": 120}
DAYS = ("granted_on", "valid_from", "valid_until")


@dataclass
class ReadRow:
    """What a row says. `bad_code`: it names a code that is none; `faults`: why it cannot be
    taken, the first of them being told."""

    row_no: int
    name: str = ""
    uscc: str = ""
    bad_code: bool = False
    level: str = ""
    number: str = ""
    batch: str = ""
    subject: str = ""
    granted_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    faults: list[str] = field(default_factory=list)


@dataclass
class Batch:
    """Rows read one after the other, and what was passed over between them; `reached` is the last
    row of the sheet among them."""

    reached: int = 0
    rows: list[ReadRow] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


def check_readable(source: BinaryIO, name: str) -> None:
    """Raise Unreadable, with one sentence, for a file without a row that names an enterprise."""
    with walking(source, name) as (walk, _sheets):
        if all(reason is not None for _row, reason in walk.steps()):
            raise Unreadable(_("The list names no enterprise below the titles of its columns"))


def batches(walk: Walk, after: int, size: int = ROWS) -> Iterator[Batch]:
    """Yield the rows behind row `after` of the sheet by the batch."""
    batch = Batch()
    for row, reason in walk.steps(after):
        if reason is None:
            batch.rows.append(read_row(walk, row))
        elif row.cells:
            batch.passed.append(_("Row %(row)d: %(why)s", row=reason.row, why=reason.message))
        batch.reached = row.number
        if len(batch.rows) + len(batch.passed) >= size:
            yield batch
            batch = Batch()
    if batch.reached:
        yield batch


@contextmanager
def walking(source: BinaryIO, name: str) -> Iterator[tuple[Walk, Sequence[Sheet]]]:
    """Open the sheet of a list at its header; names alone, one a line, need none."""
    source.seek(0)
    with opened(source, name) as sheets:
        sheet, header = choose_sheet(sheets, TITLES)
        if header is None and names_only(sheet):
            header = Header(0, 0, {"name": 0})
        if header is None:
            raise Unreadable(missing_header(TITLES))
        yield Walk(sheet, header, TITLES, IDENTITY, unread="remark"), sheets


def names_only(sheet: Sheet) -> bool:
    """Say whether the first rows hold one cell each."""
    rows = first_rows(sheet)
    return bool(rows) and all(len(row.cells) == 1 for row in rows)


def read_row(walk: Walk, row: Row) -> ReadRow:
    """Return what a row says, with what is wrong in it."""
    read = ReadRow(row.number)
    read_code(read, walk.value(row, "uscc"))
    for key, longest in LENGTHS.items():
        setattr(read, key, values.line(walk.value(row, key), saying(read, key), longest))
    if not read.name and not read.faults:
        read.faults.append(_("The name of the enterprise is missing: enter it"))
    read.level = level_of(read, walk.value(row, "level"))
    if not read.number and (ref := walk.ref_of(row)):
        read.number = PLACE_ON_LIST % ref.removeprefix("第").removesuffix("项")
    for key in DAYS:
        setattr(read, key, day_in(read, key, walk.value(row, key), walk.sheet.from_1904))
    return read


def saying(read: ReadRow, key: str) -> values.Say:
    """Return the function that keeps what makes a row unusable; small repairs are not told."""

    def say(level: Level, message: str) -> None:
        if level in (Level.REFUSED, Level.WARNED):
            words = _("%(column)s: %(why)s", column=TITLE_OF[key], why=message)
            read.faults.append(words)

    return say


def read_code(read: ReadRow, cell: Cell) -> None:
    """Read the credit code; one that cannot be right is left out, for the name to decide."""
    if not tidy(cell.text).text or tidy(cell.text).text.casefold() in values.NOTHING:
        return
    read.uscc = code(cell, lambda _level, _message: None)
    read.bad_code = not read.uscc


def level_of(read: ReadRow, cell: Cell) -> str:
    """Return the level a cell names, or nothing; other words make the row unusable."""
    text = tidy(cell.text).text.casefold()
    found = next((level for level, words in LEVEL_WORDS.items() if text in words), "")
    if text and not found:
        read.faults.append(
            _("%(column)s: “%(text)s” is no level", column=TITLE_OF["level"], text=text[:20])
        )
    return found


def day_in(read: ReadRow, key: str, cell: Cell, from_1904: bool) -> date | None:
    """Return a day, also one to come; what is none makes the row unusable."""
    text = values.figure_text(cell, saying(read, key))
    if not text:
        return None
    found = values.written_day(text)
    if found is None and values.SERIAL.fullmatch(text):
        found = day_of(Decimal(text), from_1904=from_1904)
    if found is None:
        read.faults.append(
            _("%(column)s: “%(text)s” is no day", column=TITLE_OF[key], text=text[:20])
        )
    return found

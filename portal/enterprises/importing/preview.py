"""The first rows of a sheet as the clerk looks at them before it is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from portal.enterprises.importing.columns import TITLES
from portal.sheets.cells import masked
from portal.sheets.header import Header, choose_sheet, first_rows, missing_header
from portal.sheets.opening import opened

SHOWN_ROWS = 12
SHOWN_COLUMNS = 24
LONGEST = 40


@dataclass(frozen=True)
class Preview:
    """The first rows that hold anything: (number, cells); `header` is the row of titles that was
    found, `trouble` the sentence where none was."""

    sheet: str
    encoding: str
    rows: Sequence[tuple[int, Sequence[str]]]
    header: Header | None
    trouble: str = ""


def preview(source: BinaryIO, name: str) -> Preview:
    """Return the first rows of a sheet; raises Unreadable."""
    with opened(source, name) as sheets:
        sheet, header = choose_sheet(sheets, TITLES)
        rows = [
            (row.number, [masked(cell.text)[:LONGEST] for cell in row.cells[:SHOWN_COLUMNS]])
            for row in first_rows(sheet)
        ]
        trouble = "" if header else missing_header(TITLES)
        encoding = getattr(sheet, "encoding", "")
        return Preview(sheet.title, encoding, rows, header, trouble)

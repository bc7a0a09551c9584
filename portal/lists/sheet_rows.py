"""The rows of an uploaded sheet, as they would have been pasted."""

from __future__ import annotations

from itertools import islice
from typing import BinaryIO

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.rules.tables import MOST_ROWS
from portal.sheets.cells import tidy
from portal.sheets.opening import opened

MOST_READ = MOST_ROWS + 50  # heads and blank rows among them; beyond it there are too many anyway


def rows_of_sheet(source: BinaryIO, name: str) -> str:
    """Return the first visible sheet as lines of cells parted by tabs.

    Raises Refused with one sentence for a file that cannot be read or holds nothing.
    """
    with opened(source, name) as sheets:
        shown = next((sheet for sheet in sheets if not sheet.is_hidden), None)
        rows = list(islice(shown.rows(), MOST_READ)) if shown is not None else []
        lines = [
            "\t".join(" ".join(tidy(cell.text).text.split()) for cell in row.cells) for row in rows
        ]
    if not any(line.strip() for line in lines):
        raise Refused(_("The file is empty: upload the one that holds the rows"))
    return "\n".join(lines)

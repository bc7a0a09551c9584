"""Opening the sheet a form's rows stand in, at the row of titles that is found or was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from portal.sheets.findings import Finding, Unreadable
from portal.sheets.header import Titles, choose_sheet, chosen_header, find_header, missing_header
from portal.sheets.opening import Sheet, opened
from portal.sheets.walking import Walk, notes


@dataclass(frozen=True)
class Form:
    """What a kind of sheet has: its columns, those without which a row stands for nothing, and one
    that stays in the file."""

    titles: Titles
    identity: Sequence[str]
    unread: str = ""
    hints: frozenset[str] = frozenset()


@dataclass
class Reading:
    """A sheet opened for checking, with all sheets of its file."""

    walk: Walk
    sheets: Sequence[Sheet]

    def notes(self) -> list[Finding]:
        """Return what is said of the file as a whole; after the walk."""
        return list(notes(self.walk, self.sheets))


@contextmanager
def reading(
    source: BinaryIO, name: str, form: Form, *, sheet: str = "", header_row: int | None = None
) -> Iterator[Reading]:
    """Open a sheet at its header, found or chosen; raises Unreadable."""
    titles = form.titles
    with opened(source, name) as sheets:
        wanted = next((each for each in sheets if sheet and each.title == sheet), None)
        if wanted is None:
            wanted, header = choose_sheet(sheets, titles)
        else:
            header = find_header(wanted, titles)
        if header_row is not None:
            header = chosen_header(wanted, titles, header_row)
        if header is None:
            raise Unreadable(missing_header(titles))
        walk = Walk(wanted, header, titles, form.identity, unread=form.unread, hints=form.hints)
        yield Reading(walk, sheets)

"""Finding the row that names the columns, or taking the one a person chose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from portal.sheets.cells import INVISIBLE, Row, is_blank
from portal.sheets.findings import Unreadable
from portal.sheets.opening import Sheet
from portal.wording import gettext as _

LOOKED_AT = 30
LONGEST_TITLE = 80
IDLE = re.compile(r"[\s*※:\u3000]+")
BRACKETS = str.maketrans("（）［］【】〔〕〈〉%％", "()()()()()%%")


@dataclass(frozen=True)
class Column:
    """A column of a form: its title, other titles it goes by, and whether rows need it."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Header:
    """Where the columns are named: the first and last row of the titles, place by key, the
    titles of columns that are not known."""

    first: int
    last: int
    places: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    titles: Sequence[str] = field(default=())


def plain_title(text: str) -> str:
    """Return a title as it is compared: half-width, no blanks, no stars, one kind of bracket."""
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text).translate(BRACKETS))
    return IDLE.sub("", text).casefold()


class Titles:
    """The titles of a form's columns, ready for comparison."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.keys = {
            plain_title(title): column.key
            for column in columns
            for title in (column.title, *column.aliases)
        }
        self.required = {column.key: column.title for column in columns if column.required}

    def key_of(self, text: str) -> str:
        """Return the key of a column by its title, or nothing."""
        return self.keys.get(plain_title(text), "") if 0 < len(text) < LONGEST_TITLE else ""

    def found_in(self, row: Row) -> int:
        """Return how many cells of a row are titles of columns."""
        return sum(1 for cell in row.cells if self.key_of(cell.text))


def find_header(sheet: Sheet, titles: Titles) -> Header | None:
    """Return the header among the first rows that are not blank, or None."""
    rows = first_rows(sheet)
    best: Header | None = None
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        for header in candidates(row, below, titles):
            complete = all(key in header.places for key in titles.required)
            if complete and (best is None or len(header.places) > len(best.places)):
                best = header
    return best


def chosen_header(sheet: Sheet, titles: Titles, number: int) -> Header:
    """Return the header in the row a person chose; raises Unreadable naming what is missing."""
    rows = first_rows(sheet)
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if row.number == number:
            header = max(candidates(row, below, titles), key=lambda found: len(found.places))
            missing = [t for key, t in titles.required.items() if key not in header.places]
            if not missing:
                return header
            raise Unreadable(
                _(
                    "Row %(row)d does not name the column %(titles)s: choose the row of the"
                    " titles, or correct them in the file",
                    row=number,
                    titles="、".join(missing),
                )
            )
    raise Unreadable(_("Row %(row)d is empty: choose the row that names the columns", row=number))


def first_rows(sheet: Sheet) -> list[Row]:
    """Return the first rows that are not blank."""
    return list(islice((row for row in sheet.rows() if not is_blank(row)), LOOKED_AT))


def candidates(row: Row, below: Row | None, titles: Titles) -> list[Header]:
    """Return what the row may be as a header: of itself, and as the upper row of two."""
    texts = [cell.text for cell in row.cells]
    found = [header_of(row.number, row.number, texts, titles)]
    if below is not None and below.number == row.number + 1 and titles.found_in(below):
        joined = [
            joined_title(row.at(place).text, below.at(place).text, titles)
            for place in range(max(len(row.cells), len(below.cells)))
        ]
        two = header_of(row.number, below.number, joined, titles)
        if len(two.places) > max(len(found[0].places), titles.found_in(below)):
            found.append(two)
    return found


def joined_title(upper: str, lower: str, titles: Titles) -> str:
    """Return which of two titles above each other names the column."""
    return lower if titles.key_of(lower) or (not titles.key_of(upper) and lower) else upper


def header_of(first: int, last: int, texts: Sequence[str], titles: Titles) -> Header:
    """Return the header these titles make; raises Unreadable where one stands twice."""
    places: dict[str, int] = {}
    unknown = []
    for place, text in enumerate(texts):
        key = titles.key_of(text)
        if key and key in places:
            raise Unreadable(
                _(
                    "The column %(title)s stands twice in row %(row)d: keep one of them",
                    title=text.strip(),
                    row=last,
                )
            )
        if key:
            places[key] = place
        elif text.strip():
            unknown.append(" ".join(text.split())[:40])
    return Header(first, last, places, tuple(unknown), tuple(texts))


def choose_sheet(sheets: Sequence[Sheet], titles: Titles) -> tuple[Sheet, Header | None]:
    """Return the first visible sheet that has a header, else the first visible one without."""
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    if not visible:
        raise Unreadable(_("Every sheet of the workbook is hidden: show the one to be read"))
    for sheet in visible:
        header = find_header(sheet, titles)
        if header is not None:
            return sheet, header
    return visible[0], None


def missing_header(titles: Titles) -> str:
    """Return the sentence for a sheet in which no header was found."""
    return _(
        "No row names the columns: the first %(count)d rows hold no row with %(titles)s",
        count=LOOKED_AT,
        titles="、".join(titles.required.values()),
    )

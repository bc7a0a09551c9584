"""Walking through the rows under the header: what is data, and why the rest is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.sheets.cells import Cell, Row, is_blank, masked, tidy
from portal.sheets.findings import Finding
from portal.sheets.header import Header, Titles
from portal.sheets.opening import Sheet
from portal.sheets.terms import Level
from portal.wording import gettext as _

SHORT_GAP = 20  # blank rows up to which each is named
MOST_NAMED = 20
TOTAL = re.compile(
    r"(?:本页|本表|全市|全县|全区)?(?:合\s*计|小\s*计|总\s*计|累\s*计|sub\s*total|total)", re.I
)
SIGNATURE = re.compile(
    r"(?:[填制]\s*表|填\s*报|报\s*送|[审复]\s*核|审\s*批|经\s*办|单位负责|分管领导|负\s*责\s*人|联\s*系"
    r"|单位[（(]?盖章|[盖公]\s*章|签\s*[字章]|日\s*期|备\s*注|说\s*明|注)[^:：]{0,12}[:：]"
)
SIGNED_ONLY = re.compile(
    r"(?:填表人|制表人|审核人|复核人|单位负责人|分管领导|经办人|填报单位|[（(]?盖章[）)]?)\s*"
)


KEY = re.compile(r"[0-9A-Za-z]{4}")


@dataclass(frozen=True)
class Passed:
    """Rows passed over, from `row` to `last`, with the reason."""

    row: int
    last: int
    ref: str
    message: str

    def finding(self) -> Finding:
        return Finding(self.row, self.ref, Level.SKIPPED, "", self.message)


@dataclass
class Walk:
    """One reading of a sheet under its header. `identity` are the columns without which a row
    stands for nothing, `ref` is the column of the running number, `unread` one that stays in the
    file. `hints` are the words in place of a running number that mark a row of hints."""

    sheet: Sheet
    header: Header
    titles: Titles
    identity: Sequence[str]
    ref: str = "ref"
    unread: str = ""
    hints: frozenset[str] = frozenset()
    unread_count: int = 0
    hidden: list[int] = field(default_factory=list)
    hidden_count: int = 0
    card_rows: int = 0

    def steps(self, after: int = 0) -> Iterator[tuple[Row, Passed | None]]:
        """Yield every row below the header and below row `after`; the reason where it is passed
        over. Blank rows are yielded by the run, as the last of them."""
        last_data, last_seen = 0, max(self.header.last, after)
        before = last_seen
        for row in self.sheet.rows():
            last_seen = max(last_seen, row.number)
            if row.number <= self.header.last or is_blank(row):
                continue
            self.note_row(row)
            if row.number <= after:
                last_data = row.number if self.is_data(row) else last_data
                continue
            yield from self.blanks(before + 1, row.number - 1)
            before = row.number
            reason = self.reason(row, last_data)
            last_data = last_data if reason else row.number
            passed = Passed(row.number, row.number, self.ref_of(row), reason) if reason else None
            yield row, passed
        yield from self.blanks(before + 1, last_seen)

    def blanks(self, first: int, last: int) -> Iterator[tuple[Row, Passed]]:
        """Yield the blank rows of a gap, one by one where they are few."""
        if last - first >= SHORT_GAP:  # such as a formatted cell in the last row of all
            words = _("Rows %(first)d to %(last)d are blank", first=first, last=last)
            yield Row(last, ()), Passed(first, last, "", words)
            return
        for number in range(first, last + 1):
            yield Row(number, ()), Passed(number, number, "", _("Blank row"))

    def note_row(self, row: Row) -> None:
        """Remember which rows were hidden, though read, how often `unread` is filled in, and how
        many rows hold an identity-card number in any cell, of the columns not read as well."""
        self.card_rows += any(masked(cell.text) != cell.text for cell in row.cells)
        self.unread_count += bool(self.unread and has_value(self.value(row, self.unread)))
        if row.hidden:
            self.hidden_count += 1
            if len(self.hidden) < MOST_NAMED:
                self.hidden.append(row.number)

    def value(self, row: Row, key: str) -> Cell:
        """Return the cell of a column, an empty one where the sheet has none."""
        place = self.header.places.get(key)
        return Cell() if place is None else row.at(place)

    def ref_of(self, row: Row) -> str:
        """Return the running number of a row as it is written."""
        return tidy(self.value(row, self.ref).text).text[:40]

    def is_data(self, row: Row) -> bool:
        """Say whether a row names what it stands for."""
        return any(has_value(self.value(row, key)) for key in self.identity)

    def reason(self, row: Row, last_data: int) -> str:
        """Return why a row is passed over, or nothing for data."""
        if words := self.of_the_form(row):
            return words
        if self.is_keyed(row):
            return ""
        texts = [text for cell in row.cells if (text := tidy(cell.text).text)]
        if words := around_data(texts):
            return words
        if self.is_data(row):
            return ""
        if texts == [self.ref_of(row)]:
            return _("Only a running number, nothing else in the row")
        if last_data and not self.ref_of(row):
            return _(
                "Continues row %(row)d: this part was not read, move it into the cell above",
                row=last_data,
            )
        return ""

    def of_the_form(self, row: Row) -> str:
        """Return what a row is that belongs to the form itself, or nothing."""
        if self.ref_of(row) in self.hints:
            return _("The row of hints")
        if self.is_repeated(row):
            return _("The titles of the columns are repeated here")
        return ""

    def is_keyed(self, row: Row) -> bool:
        """Say whether a row holds a code of its own, so that it is data whatever it says."""
        return KEY.search(self.value(row, self.identity[-1]).text) is not None

    def is_repeated(self, row: Row) -> bool:
        """Say whether a row names the columns again."""
        if not any(self.titles.key_of(self.value(row, key).text) for key in self.identity):
            return False
        places = self.header.places
        again = sum(self.titles.key_of(row.at(place).text) == key for key, place in places.items())
        return again >= 2 and again * 2 >= len(texts_in(row))


def texts_in(row: Row) -> list[str]:
    """Return the cells of a row that hold anything."""
    return [cell.text for cell in row.cells if cell.text.strip()]


def has_value(cell: Cell) -> bool:
    """Say whether a cell holds anything."""
    return cell.formula or bool(tidy(cell.text).text)


def around_data(texts: Sequence[str]) -> str:
    """Return what a row is that stands below or between the data, or nothing."""
    if is_total(texts):
        return _("A line of totals")
    return _("A line of signatures or remarks") if is_signature(texts) else ""


def is_total(texts: Sequence[str]) -> bool:
    """Say whether a row begins with the word for a total."""
    return any(TOTAL.fullmatch(text.rstrip("：: ")) for text in texts[:2])


def is_signature(texts: Sequence[str]) -> bool:
    """Say whether a row holds who filled in, checked or signed the form."""
    return any(SIGNATURE.match(text) or SIGNED_ONLY.fullmatch(text) for text in texts[:3])


def notes(walk: Walk, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield what is said of the file as a whole, at the header's row; after the walk."""
    said: list[str] = []
    others = [sheet for sheet in sheets if sheet is not walk.sheet]
    if others:
        said.append(
            _(
                "Sheet “%(title)s” was read; not read: %(others)s",
                title=walk.sheet.title,
                others=[named(sheet) for sheet in others[:MOST_NAMED]],
            )
        )
    for title in walk.header.unknown[:MOST_NAMED]:
        said.append(_("The column “%(title)s” is not part of the form: not read", title=title))
    if walk.hidden_count:
        shown = "、".join(map(str, walk.hidden))
        words = _(
            "%(count)d hidden rows were read too: %(rows)s", count=walk.hidden_count, rows=shown
        )
        said.append(words)
    if walk.unread_count:
        said.append(
            _(
                "%(count)d remarks were not taken over: they stay in the file",
                count=walk.unread_count,
            )
        )
    for each in (*said, *notes_on_cells(walk)):
        yield Finding(walk.header.last, "", Level.SKIPPED, "", each)


def notes_on_cells(walk: Walk) -> Iterator[str]:
    """Yield what is said of cells that were seen and are not read."""
    if walk.card_rows:
        yield _(
            "%(count)d rows hold what looks like an identity-card number: the uploaded file is"
            " not kept once this import is settled",
            count=walk.card_rows,
        )
    if walk.sheet.wide_rows:
        yield _(
            "%(count)d rows hold cells beyond the 256th column: not read",
            count=walk.sheet.wide_rows,
        )


def named(sheet: Sheet) -> str:
    """Return a sheet's title, and that it is hidden."""
    return _("%(title)s (hidden)", title=sheet.title) if sheet.is_hidden else sheet.title

"""Checking a filled template: the right file, then row by row what it says of an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from portal.lists.entry_sheets.cells import read_cell
from portal.lists.entry_sheets.items import (
    FROM_UNIT,
    ON_PAGE,
    Item,
    form_of,
    in_every_language,
    items_of,
)
from portal.lists.entry_sheets.template import (
    CODE,
    MOST_ROWS,
    choices_title,
    code_of,
    how_to_title,
)
from portal.lists.facts import differences, facts_of, labels, plain
from portal.lists.models import AddresseeUnit, Entry, EntrySubtype
from portal.lists.rules.details import read_details
from portal.lists.rules.entries import length_faults, missing_faults, time_faults
from portal.lists.terms.entries import EntryState
from portal.lists.terms.fields import DETAIL_PREFIX
from portal.sheets.cells import Row, masked
from portal.sheets.findings import Checked, Totals, Unreadable
from portal.sheets.header import first_rows
from portal.sheets.opening import opened
from portal.sheets.reading import Reading, reading
from portal.sheets.terms import Level
from portal.sheets.values import Unusable
from portal.sheets.walking import Walk, notes
from portal.wording import gettext as _

Known = Mapping[str, Entry]


@dataclass
class EntryRow(Checked):
    """One row: the facts of its entry as they are kept, and the draft it would change."""

    facts: dict[str, Any] = field(default_factory=dict)
    entry_id: int | None = None


@dataclass
class ReadSheet:
    """A whole template: where its titles stand, its rows, what is said of the file."""

    header_row: int
    rows: list[EntryRow]
    notes: list[str]
    totals: dict[str, int]


def read_sheet(
    source: BinaryIO, name: str, unit: AddresseeUnit, subtype: EntrySubtype, known: Known
) -> ReadSheet:
    """Return what a filled template says; `known` are the unit's entries of that kind by title.

    Raises Unreadable with one sentence, also for the template of another call or kind.
    """
    check_code(source, name, unit, subtype)
    source.seek(0)
    items = items_of(subtype)
    with reading(source, name, form_of(items)) as found:
        checker = RowChecker(found.walk, unit, subtype, items, known)
        rows: list[EntryRow] = []
        for row, passed in found.walk.steps():
            if passed is None:
                rows.append(checker.check(row))
            elif row.cells:
                skipped = EntryRow(passed.row, passed.ref, {})
                skipped.say("", Level.SKIPPED, passed.message)
                rows.append(skipped)
            if len(rows) > MOST_ROWS:
                raise Unreadable(
                    _("A template takes at most %(most)d rows: split the file", most=MOST_ROWS)
                )
        if not any(row.facts for row in rows):
            raise Unreadable(_("No entry stands below the titles: fill in the template first"))
        said = [*missing_columns(found.walk, items), *notes_on(found)]
        totals = Totals()
        for each in rows:
            totals.add(each.level)
        return ReadSheet(found.walk.header.last, rows, said, totals.as_json())


def check_code(source: BinaryIO, name: str, unit: AddresseeUnit, subtype: EntrySubtype) -> None:
    """Raise Unreadable for the template of another call or of another kind of entry."""
    source.seek(0)
    with opened(source, name) as sheets:
        head = [
            cell.text
            for sheet in sheets
            if not sheet.is_hidden
            for row in first_rows(sheet)[:3]
            for cell in row.cells
        ]
    found = next((match for text in head if (match := CODE.search(text))), None)
    wanted = code_of(unit.release, subtype)
    if found is not None and found.group(0) != wanted:
        raise Unreadable(
            _(
                "This is the template no. %(found)s; needed here is no. %(wanted)s: download that"
                " one, or choose the kind of entry it is for",
                found=found.group(0),
                wanted=wanted,
            )
        )


def missing_columns(walk: Walk, items: Sequence[Item]) -> list[str]:
    """Return which columns of the template the sheet lacks."""
    lacking = [item.title for item in items if item.name not in walk.header.places]
    if not lacking:
        return []
    return [
        _(
            "These columns are missing, nothing is read for them: %(names)s",
            names=lacking,
        )
    ]


def notes_on(found: Reading) -> list[str]:
    """Return what is said of the file, its own sheets of explanation left out."""
    own = in_every_language(how_to_title, choices_title)
    sheets = [
        sheet for sheet in found.sheets if sheet is found.walk.sheet or sheet.title not in own
    ]
    return [finding.message for finding in notes(found.walk, sheets)]


class RowChecker:
    """Checks the rows of one template."""

    def __init__(
        self,
        walk: Walk,
        unit: AddresseeUnit,
        subtype: EntrySubtype,
        items: Sequence[Item],
        known: Known,
    ) -> None:
        self.walk, self.unit, self.subtype, self.known = walk, unit, subtype, known
        self.items = [item for item in items if item.name in walk.header.places]
        self.titles = {item.name: item.title for item in items}
        self.taken: dict[str, int] = {}

    def check(self, row: Row) -> EntryRow:
        """Return a row checked by the rules of the form and against what stands already."""
        checked = EntryRow(row.number, masked(self.walk.ref_of(row)), self.titles)
        read = self.read(checked, row)
        self.take_contact(checked, read)
        own = {name: value for name, value in read.items() if not name.startswith(DETAIL_PREFIX)}
        for name, said in length_faults(own).items():
            checked.say(name, Level.REFUSED, said)
        details = self.details(checked, read)
        checked.facts = {name: plain_own(value) for name, value in own.items()}
        checked.facts |= {
            item.name: details.get(item.name.removeprefix(DETAIL_PREFIX), "")
            for item in self.items
            if item.described is not None
        }
        self.check_complete(checked, own)
        self.check_title(checked, str(own.get("title") or ""))
        return checked

    def read(self, checked: EntryRow, row: Row) -> dict[str, Any]:
        """Return what the cells say, as a form would send it."""
        found: dict[str, Any] = {}
        for item in self.items:
            cell = self.walk.value(row, item.name)

            def say(level: Level, message: str, name: str = item.name) -> None:
                checked.say(name, level, message)

            found[item.name] = None
            if not cell.text and not cell.formula:
                continue
            try:
                found[item.name] = read_cell(item, cell, say, from_1904=self.walk.sheet.from_1904)
            except Unusable as why:
                say(why.level, why.message)
        return found

    def take_contact(self, checked: EntryRow, read: dict[str, Any]) -> None:
        """Take the unit's own office and landline where the row names none."""
        body = self.unit.department
        for name, value in (("office", body.office_zh), ("landline", body.landline)):
            if name in read and not read[name] and value:
                read[name] = value
                checked.say(name, Level.FIXED, _("Left empty: “%(text)s” was taken", text=value))

    def details(self, checked: EntryRow, read: Mapping[str, Any]) -> dict[str, Any]:
        """Return the details as they are kept, saying what cannot be taken or is missing."""
        raw = {
            item.described["key"]: read[item.name]
            for item in self.items
            if item.described is not None and read[item.name] is not None
        }
        fields = self.subtype.fields
        details, faults = read_details(fields, raw, complete=False)
        for key, said in faults.items():
            checked.say(DETAIL_PREFIX + key, Level.REFUSED, said)
        _kept, missing = read_details(fields, details, complete=True)
        later = {each["key"] for each in fields if each["type"] in ON_PAGE}
        for key, said in missing.items():
            if key in faults:
                continue
            words = _("filled in on the page, after the file is taken over")
            checked.say(
                DETAIL_PREFIX + key, Level.WARNED, f"{said}（{words}）" if key in later else said
            )
        return details

    def check_complete(self, checked: EntryRow, own: Mapping[str, Any]) -> None:
        """Say what the draft still lacks; without a title a row is no entry."""
        for name, said in missing_faults(own).items():
            level = Level.REFUSED if name == "title" else Level.WARNED
            if not (name in FROM_UNIT and own.get(name)):
                checked.say(name, level, said)
        for name, said in time_faults(self.subtype.kind, own).items():
            checked.say(name, Level.WARNED, said)

    def check_title(self, checked: EntryRow, title: str) -> None:
        """Find the same title in an earlier row, or among what the unit has already."""
        if not title or not checked.is_accepted:
            return
        first = self.taken.setdefault(title, checked.row)
        if first != checked.row:
            words = _("Row %(row)d has the same title: keep one of the two rows", row=first)
            checked.say("title", Level.REFUSED, words)
        elif (entry := self.known.get(title)) is not None:
            checked.entry_id = entry.id
            compare(checked, entry)


def plain_own(value: Any) -> Any:
    """Return a common value as facts keep it: days as text, nothing as such."""
    return plain(value) if isinstance(value, date) or value is None else value


def compare(checked: EntryRow, entry: Entry) -> None:
    """Say what the row is to an entry of that title: the same, a change to a draft, too late."""
    before = facts_of(entry)
    changed = differences({name: before.get(name) for name in checked.facts}, checked.facts)
    if not changed:
        checked.say("title", Level.SKIPPED, _("On record already, nothing differs"))
        return
    names = "、".join(label for name, label in labels(entry).items() if name in changed)
    if entry.state == EntryState.DRAFT:
        checked.say(
            "title", Level.WARNED, _("Changes the draft of this title: %(names)s", names=names)
        )
    else:
        words = _(
            "An entry of this title was handed in and differs: withdraw the submission to change it"
        )
        checked.say("title", Level.REFUSED, words)


def meanings() -> dict[Level, str]:
    """Return what each result means for entries."""
    return {
        Level.OK: _("Becomes a draft as it stands"),
        Level.FIXED: _("Becomes a draft with what is named put right"),
        Level.WARNED: _("Becomes a draft to be completed, or changes one: see what is named"),
        Level.REFUSED: _("Is not taken over: correct the row and upload the file again"),
        Level.SKIPPED: _("Nothing to take over: hints, blank rows, or on record already"),
    }

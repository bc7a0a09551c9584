"""Filled templates of units and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import AddresseeUnit, Entry, EntrySheet, EntrySheetRow, EntrySubtype
from portal.lists.queries.own import may_enter_for
from portal.lists.queries.units import UNIT_PARTS, entries_of
from portal.lists.terms.units import SheetState
from portal.sheets.findings import Finding
from portal.sheets.terms import Level

MOST_SHOWN = 20


def get_own_sheet(person: Person, sheet_id: int) -> EntrySheet:
    """Return a template of a unit the person acts for; raises NotFound for every other."""
    found = db.session.scalar(
        select(EntrySheet)
        .where(EntrySheet.id == sheet_id)
        .options(
            joinedload(EntrySheet.subtype),
            joinedload(EntrySheet.file),
            joinedload(EntrySheet.unit).options(*UNIT_PARTS),
        )
    )
    if found is None or not may_enter_for(person, found.unit.department):
        raise NotFound
    return found


def sheets_of(unit: AddresseeUnit) -> Sequence[EntrySheet]:
    """Return the last templates a unit uploaded, newest first."""
    return db.session.scalars(
        select(EntrySheet)
        .where(EntrySheet.unit_id == unit.id)
        .options(joinedload(EntrySheet.subtype))
        .order_by(EntrySheet.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def find_same_sheet(sheet: EntrySheet) -> EntrySheet | None:
    """Return an earlier template of the unit with the same bytes that was taken over, or None."""
    return db.session.scalar(
        select(EntrySheet)
        .where(
            EntrySheet.unit_id == sheet.unit_id,
            EntrySheet.digest == sheet.digest,
            EntrySheet.state == SheetState.WRITTEN,
            EntrySheet.id != sheet.id,
        )
        .order_by(EntrySheet.id.desc())
        .limit(1)
    )


def known_entries(unit: AddresseeUnit, subtype: EntrySubtype) -> dict[str, Entry]:
    """Return the unit's entries of a kind by title."""
    return {
        entry.title: entry
        for entry in entries_of(unit)
        if entry.subtype_id == subtype.id and entry.title
    }


def rows_of(sheet_id: int, level: str = "") -> Select[EntrySheetRow]:
    """Return a select of a template's rows, of one level or all, in the order of the sheet."""
    found = select(EntrySheetRow).where(EntrySheetRow.sheet_id == sheet_id)
    return found.where(EntrySheetRow.level == level) if level else found


def count_rows(narrowed: Select[EntrySheetRow]) -> int:
    """Return how many rows a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def page_of_rows(
    narrowed: Select[EntrySheetRow], offset: int, size: int
) -> Sequence[EntrySheetRow]:
    """Return one page of rows."""
    return db.session.scalars(
        narrowed.order_by(EntrySheetRow.row_no).offset(offset).limit(size)
    ).all()


def accepted_rows(sheet: EntrySheet) -> Sequence[EntrySheetRow]:
    """Return the rows that are taken over, in the order of the sheet."""
    taken = [Level.OK, Level.FIXED, Level.WARNED]
    return db.session.scalars(
        rows_of(sheet.id).where(EntrySheetRow.level.in_(taken)).order_by(EntrySheetRow.row_no)
    ).all()


def findings_of(rows: Iterable[EntrySheetRow]) -> Iterator[Finding]:
    """Yield what was found, row by row; a row in order says so."""
    for row in rows:
        if not row.findings:
            yield Finding(row.row_no, row.ref, Level(row.level), "", "")
        yield from row.said

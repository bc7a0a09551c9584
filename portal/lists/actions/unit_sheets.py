"""A filled template is read as a dry run, then taken over as a whole, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock, files, wording
from portal.accounts.models import Person
from portal.database import action
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.files import Received
from portal.lists.actions.entries import new_draft, note_changes
from portal.lists.actions.submissions import check_acting, hand_in
from portal.lists.entry_sheets.checking import ReadSheet
from portal.lists.facts import facts_of
from portal.lists.models import AddresseeUnit, Entry, EntrySheet, EntrySheetRow, EntrySubtype
from portal.lists.queries.unit_sheets import accepted_rows, known_entries
from portal.lists.terms.entries import EntryState
from portal.lists.terms.fields import DETAIL_PREFIX, TERM_FIELDS
from portal.lists.terms.units import After, SheetState
from portal.sheets.findings import Finding
from portal.taxonomy.queries import find_term
from portal.taxonomy.terms import Scheme

OWNER = "entry_sheet"
KEPT = timedelta(days=30)
DAYS = frozenset({"opens_on", "closes_on"})


@action
def keep_sheet(
    actor: Person,
    unit: AddresseeUnit,
    subtype: EntrySubtype,
    read: ReadSheet,
    received: Received,
) -> EntrySheet:
    """Keep a template with what was found at its rows; no entry is written by it.

    Call it inside `files.receiving`. Raises NotAllowed, Refused after the end.
    """
    check_acting(actor, unit)
    sheet = EntrySheet(
        unit=unit,
        subtype=subtype,
        file_name=received.original_name,
        digest=received.digest,
        header_row=read.header_row,
        notes=[wording.kept(said) for said in read.notes],
        totals=read.totals,
        read_at=clock.now(),
        read_by_id=actor.id,
    )
    db.session.add(sheet)
    db.session.flush()
    kept = files.keep(actor, received, OWNER, sheet.id, keep_until=clock.today() + KEPT)
    sheet.file_id = kept.id
    for row in read.rows:
        db.session.add(
            EntrySheetRow(
                sheet_id=sheet.id,
                row_no=row.row,
                ref=row.ref[:40],
                level=row.level,
                title=str(row.facts.get("title") or "")[:120],
                facts=row.facts,
                findings=[kept_finding(each) for each in row.findings],
                entry_id=row.entry_id,
            )
        )
    facts = {"sha256": (None, sheet.digest), "rows": (None, read.totals["rows"])}
    audit.record(actor, "check_entry_sheet", sheet, facts)
    return sheet


def kept_finding(found: Finding) -> dict[str, Any]:
    """Return a finding as it is kept, to be read in any language."""
    message = wording.kept(found.message)
    return {"level": str(found.level), "column": found.column, "message": message}


@action
def write_sheet(
    actor: Person, sheet: EntrySheet, version: int, after: After, scan: Received | None = None
) -> int:
    """Write the accepted rows as drafts of the unit, or hand them in at once; return how many.

    All or nothing. Raises NotAllowed, ChangedSinceOpened (also when the unit's entries changed
    since the check), Refused: after the end, with no row to write, for what `hand_in` refuses.
    """
    check_acting(actor, sheet.unit)
    check_open_sheet(sheet, version)
    rows = accepted_rows(sheet)
    if not rows:
        raise Refused(_("No row of this file can be taken over: correct it and upload it again"))
    known = known_entries(sheet.unit, sheet.subtype)
    for row in rows:
        entry = entry_for(actor, sheet, row, known)
        before = facts_of(entry)
        take(entry, row.facts)
        note_changes(actor, entry, before)
        row.entry_id = entry.id
    sheet.state, sheet.written_at = SheetState.WRITTEN, clock.now()
    audit.record(actor, "write_entry_sheet", sheet, {"entries": (0, len(rows))})
    if after == After.HANDED_IN:
        db.session.flush()
        hand_in(actor, sheet.unit, sheet.unit.version, scan)
    return len(rows)


def check_open_sheet(sheet: EntrySheet, version: int) -> None:
    """Raise Refused or ChangedSinceOpened unless the template waits to be taken over."""
    if sheet.state != SheetState.CHECKED:
        raise Refused(_("This file has been taken over or thrown away meanwhile"))
    if sheet.version != version:
        raise ChangedSinceOpened(_("This file was changed since you opened it: look again"))


def entry_for(
    actor: Person, sheet: EntrySheet, row: EntrySheetRow, known: Mapping[str, Entry]
) -> Entry:
    """Return the draft a row changes, else a new one; its trail names the sheet and the row."""
    entry = known.get(row.title)
    as_checked = (entry.id if entry else None) == row.entry_id
    if not as_checked or (entry is not None and entry.state != EntryState.DRAFT):
        raise ChangedSinceOpened(
            _("The unit’s entries changed since the file was checked: upload it again")
        )
    if entry is None:
        unit = sheet.unit
        entry = new_draft(actor, unit.release, sheet.subtype, department=unit.department)
        db.session.flush()
        audit.record(actor, "start_entry", entry, {"row": (None, f"{sheet.id}:{row.row_no}")})
    return entry


def take(entry: Entry, facts: Mapping[str, Any]) -> None:
    """Let an entry hold what a row says; what the sheet has no column for stays."""
    for name, value in facts.items():
        if name in TERM_FIELDS:
            setattr(entry, name, find_term(Scheme(name), value or None))
        elif name in DAYS:
            setattr(entry, name, date.fromisoformat(value) if value else None)
        elif not name.startswith(DETAIL_PREFIX):
            setattr(entry, name, value or nothing_in(name))
    details = {
        name.removeprefix(DETAIL_PREFIX): value
        for name, value in facts.items()
        if name.startswith(DETAIL_PREFIX)
    }
    kept = {key: value for key, value in entry.details.items() if key not in details}
    entry.details = kept | {key: value for key, value in details.items() if value not in ("", [])}


def nothing_in(name: str) -> Any:
    """Return what an own field holds while nothing is written in it."""
    return {"standing": False, "leads": [], "cooperating": []}.get(name, "")


@action
def discard_sheet(actor: Person, sheet: EntrySheet, version: int) -> None:
    """Throw a template away that was only checked."""
    check_acting(actor, sheet.unit)
    check_open_sheet(sheet, version)
    sheet.state = SheetState.DISCARDED
    if sheet.file is not None:
        files.remove(actor, sheet.file)
    audit.record(actor, "discard_entry_sheet", sheet)

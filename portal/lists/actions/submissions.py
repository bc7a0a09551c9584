"""What a unit does with its submission: hand in, return nil, withdraw; each time a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.files import Received
from portal.lists.actions.entries import change_entry, faults_of
from portal.lists.actions.units import check_unit_version
from portal.lists.models import AddresseeUnit, Entry, UnitSubmission
from portal.lists.permits import check_department
from portal.lists.queries.forwarding import forwarded_by
from portal.lists.queries.units import SCAN, entries_of, is_open, last_submissions, supported_by
from portal.lists.rules import units as rules
from portal.lists.terms.entries import EntryState
from portal.lists.terms.units import Sent


@action
def hand_in(
    actor: Person, unit: AddresseeUnit, version: int, scan: Received | None
) -> UnitSubmission:
    """Hand in the unit's drafts with its stamped scan, beside what stands already, as a version.

    Call it inside `files.receiving`. Raises NotAllowed, ChangedSinceOpened, Refused: after the
    end, for drafts that are not complete, for nothing to hand in, without a scan.
    """
    check_handing_in(actor, unit, version)
    entries = entries_of(unit)
    rules.check_something(len(entries), supported_by({unit.id}).get(unit.id, 0))
    drafts = [entry for entry in entries if entry.state == EntryState.DRAFT]
    rules.check_complete([entry.title for entry in drafts if faults_of(entry)])
    if scan is None:
        raise Refused(_("Choose the scan of the stamped submission: PDF, JPG or PNG"), "scan")
    for entry in drafts:
        change_entry(actor, entry, EntryState.SUBMITTED, "submit_entry")
        entry.submitted_at, entry.submitted_by_id = clock.now(), actor.id
    submission = keep_version(actor, unit, Sent.ENTRIES, listed(entries))
    files.keep(actor, scan, SCAN, submission.id, purpose="scan")
    note(actor, unit, submission, "hand_in_submission")
    return submission


def check_handing_in(actor: Person, unit: AddresseeUnit, version: int) -> None:
    """Raise NotAllowed, Refused or ChangedSinceOpened unless the unit as seen may hand in."""
    check_acting(actor, unit)
    check_unit_version(unit, version)


def check_acting(actor: Person, unit: AddresseeUnit) -> None:
    """Raise NotAllowed or Refused unless the actor may do something for the unit today."""
    check_department(actor, unit.department)
    if not is_open(unit):
        raise Refused(
            _(
                "The last day for this unit is over, or the call is not open: ask the curators to"
                " reopen it for you"
            )
        )


def listed(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return entries as a version keeps them."""
    return [{"id": entry.id, "title": entry.title} for entry in entries]


def keep_version(
    actor: Person,
    unit: AddresseeUnit,
    what: Sent,
    entries: list[dict[str, Any]],
    ground: str = "",
) -> UnitSubmission:
    """Add the next version of what the unit handed in."""
    today = clock.today()
    unit.submissions += 1
    submission = UnitSubmission(
        unit=unit,
        number=unit.submissions,
        what=what,
        ground=ground,
        entries=entries,
        forwarded=[
            {"id": each.entry_id, "title": each.entry.title, "supported": each.supported}
            for each in forwarded_by(unit)
        ],
        is_late=unit.last_day is not None and unit.last_day < today,
        handed_in_at=clock.now(),
        handed_in_by_id=actor.id,
    )
    db.session.add(submission)
    db.session.flush()
    return submission


def note(actor: Person, unit: AddresseeUnit, submission: UnitSubmission, act: str) -> None:
    """Write the trail of a handing-in and let it stand."""
    changes = {
        "sent": (unit.sent, submission.what),
        "number": (None, submission.number),
        "entries": (None, len(submission.entries)),
    }
    audit.record(actor, act, unit, changes)
    unit.sent = submission.what


@action
def hand_in_nil(
    actor: Person, unit: AddresseeUnit, version: int, ground: str, scan: Received | None = None
) -> UnitSubmission:
    """Say that the unit has nothing to hand in, and why. Raises as `hand_in` does."""
    check_handing_in(actor, unit, version)
    rules.check_nothing(len(entries_of(unit)), supported_by({unit.id}).get(unit.id, 0))
    if not ground.strip():
        raise Refused(_("Say why there is nothing to hand in"), "ground")
    submission = keep_version(actor, unit, Sent.NIL, [], ground.strip())
    if scan is not None:
        files.keep(actor, scan, SCAN, submission.id, purpose="scan")
    note(actor, unit, submission, "hand_in_nil")
    return submission


@action
def withdraw_submission(actor: Person, unit: AddresseeUnit, version: int, reason: str) -> int:
    """Take back what stands handed in, to change it: entries not decided on become drafts again.

    Returns how many did. Raises NotAllowed, ChangedSinceOpened, Refused after the end.
    """
    check_handing_in(actor, unit, version)
    last = last_submissions([unit]).get(unit.id)
    if not unit.sent or last is None:
        raise Refused(_("Nothing stands handed in: there is nothing to withdraw"))
    back = [entry for entry in entries_of(unit) if entry.state == EntryState.SUBMITTED]
    for entry in back:
        change_entry(actor, entry, EntryState.DRAFT, "recall_entry")
    last.withdrawn_at, last.withdrawn_by_id = clock.now(), actor.id
    last.withdrawn_reason = reason.strip()
    audit.record(actor, "withdraw_submission", unit, {"sent": (unit.sent, "")}, note=reason.strip())
    unit.sent = ""
    return len(back)

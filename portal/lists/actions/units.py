"""What curators do with the units a call is addressed to: name, remind and reopen them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.accounts.queries.officers import holders_of
from portal.accounts.terms import Right
from portal.database import action
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.lists.models import AddresseeUnit, Release
from portal.lists.permits import check_curator
from portal.lists.queries.units import has_begun, standings, units_of
from portal.lists.rules.units import UNIT_STATES, check_due_day, check_expected, check_reopening
from portal.lists.terms.editions import EditionState
from portal.lists.terms.units import OWING
from portal.taxonomy.models import Department


@action
def add_units(
    actor: Person,
    release: Release,
    bodies: Sequence[Department],
    expected: int | None,
    due_on: date | None,
) -> int:
    """Address a call to bodies and return how many were new; those named already stay as they are.

    Raises NotAllowed, Refused at the field.
    """
    check_curator(actor, release.edition)
    check_named_still(release)
    if not bodies:
        raise Refused(_("Choose at least one unit"), "bodies")
    number = check_expected(expected)
    check_due_day(due_on, release.call_opens_on, clock.today())
    known = {unit.department_id for unit in units_of(release)}
    for body in bodies:
        if body.id in known:
            continue
        unit = AddresseeUnit(release=release, department=body, expected=number, due_on=due_on)
        db.session.add(unit)
        audit.record(actor, "add_unit", unit, {"expected": (None, number)})
    tell_units(actor, release)
    return len({body.id for body in bodies} - known)


def check_named_still(release: Release) -> None:
    """Raise Refused once the content is fixed: nobody is asked for entries any more."""
    if release.state not in UNIT_STATES:
        raise Refused(_("The content is fixed or public: units can no longer be changed"))


def tell_units(actor: audit.Actor, release: Release) -> None:
    """Once the call is open, tell the officers of every unit not told yet, by mail and inbox."""
    if release.state != EditionState.CALL_OPEN:
        return
    for unit in units_of(release):
        if unit.told_at is None:
            unit.told_at = clock.now()
            audit.record(actor, "tell_unit", unit)
            tell_officers(unit, "opened")


def tell_officers(unit: AddresseeUnit, event: str, note: str = "") -> int:
    """Write to every officer of a unit; return how many."""
    people = officers_of(unit)
    edition, body = unit.release.edition, unit.department
    for person in people:
        tell(
            person,
            "unit_asked",
            event=event,
            unit=unit.id,
            title_zh=edition.title_zh,
            title_en=edition.title_en,
            body_zh=body.name_zh,
            body_en=body.name_en,
            expected=unit.expected,
            last_day=iso(unit.last_day),
            until=iso(unit.reopened_until),
            note=note,
        )
    return len(people)


def officers_of(unit: AddresseeUnit) -> list[Person]:
    """Return who hands in for a unit: officers who curate lists for the body."""
    body = unit.department
    return holders_of(Right.CURATE_LISTS, body.id, body.district_id, body.zone_id)


def iso(day: date | None) -> str:
    """Return a day as a letter's value."""
    return day.isoformat() if day else ""


@action
def change_unit(
    actor: Person, unit: AddresseeUnit, version: int, expected: int | None, due_on: date | None
) -> None:
    """Set how many entries are expected of a unit and its last day; None for the call's.

    Raises NotAllowed, ChangedSinceOpened, Refused at the field.
    """
    check_unit(actor, unit, version)
    number = check_expected(expected)
    if due_on != unit.due_on:
        check_due_day(due_on, unit.release.call_opens_on, clock.today())
    changes = {"expected": (unit.expected, number), "due_on": (unit.due_on, due_on)}
    audit.record(actor, "change_unit", unit, changes)
    unit.expected, unit.due_on = number, due_on


def check_unit(actor: Person, unit: AddresseeUnit, version: int) -> None:
    """Raise unless the actor curates the edition and the unit may be changed as it was seen."""
    check_curator(actor, unit.release.edition)
    check_unit_version(unit, version)
    check_named_still(unit.release)


def check_unit_version(unit: AddresseeUnit, version: int) -> None:
    """Raise ChangedSinceOpened when the form shows an older state of the unit."""
    if unit.version != version:
        raise ChangedSinceOpened(
            _("What this unit handed in was changed since you opened it: look again and repeat")
        )


@action
def remove_unit(actor: Person, unit: AddresseeUnit, version: int) -> None:
    """Take a unit out of the call; raises Refused once it has handed in or forwarded anything."""
    check_unit(actor, unit, version)
    if has_begun(unit):
        raise Refused(_("This unit has handed in or forwarded already: it stays in the call"))
    audit.record(actor, "remove_unit", unit.release, {"unit": (unit.department.slug, None)})
    db.session.delete(unit)


@action
def reopen_unit(actor: Person, unit: AddresseeUnit, version: int, until: date, reason: str) -> None:
    """Let a unit hand in after its last day, up to and with a day, and tell it.

    Raises NotAllowed, ChangedSinceOpened, Refused at the field.
    """
    check_unit(actor, unit, version)
    check_reopening(unit.release.state, until, unit.last_day, clock.today())
    if not reason.strip():
        raise Refused(_("Say why the unit may hand in late"), "reason")
    changes = {"reopened_until": (unit.reopened_until, until)}
    audit.record(actor, "reopen_unit", unit, changes, note=reason.strip())
    unit.reopened_until, unit.reopened_reason = until, reason.strip()
    tell_officers(unit, "reopened", reason.strip())


@action
def remind_units(actor: Person, release: Release) -> int:
    """Remind the officers of every unit that owes its submission; return how many units.

    A unit is reminded once a day at most. Raises NotAllowed, Refused when none is left to remind.
    """
    check_curator(actor, release.edition)
    if release.state not in {EditionState.CALL_OPEN, EditionState.CALL_CLOSED}:
        raise Refused(_("The call is not open: nobody is reminded"))
    owing = [each for each in standings(units_of(release)) if each.state in OWING]
    today = clock.today()
    due = [each.unit for each in owing if each.unit.reminded_on != today]
    if not due:
        raise Refused(
            _("Every unit that owes its submission was reminded today already")
            if owing
            else _("No unit owes its submission: nobody is to be reminded")
        )
    for unit in due:
        audit.record(actor, "remind_unit", unit, {"reminded_on": (unit.reminded_on, today)})
        unit.reminded_on = today
        tell_officers(unit, "reminded")
    return len(due)

"""The addressee units of a call, what they handed in, and whose units somebody acts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import departments_for
from portal.accounts.terms import Right
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    AddresseeUnit,
    Entry,
    EntryForwarding,
    EntrySheet,
    Release,
    UnitSubmission,
)
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.entries import ENTRY_PARTS
from portal.lists.queries.own import may_enter_for
from portal.lists.rules.units import is_open_to, state_of
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import SENT, EntryState
from portal.lists.terms.units import UnitState
from portal.taxonomy.models import Department
from portal.taxonomy.queries import calendar

UNIT_PARTS = (
    joinedload(AddresseeUnit.department),
    joinedload(AddresseeUnit.release).options(*RELEASE_PARTS),
)
SCAN = "unit_submission"  # whose files the stamped scans are
MOST_OWED = 100


class Counted(NamedTuple):
    """What has come from a unit: entries of its own sent in, enterprises' entries it supports."""

    own: int = 0
    supported: int = 0

    @property
    def together(self) -> int:
        return self.own + self.supported


class Standing(NamedTuple):
    """A unit on the board: where it stands, working days overdue, and what has come from it."""

    unit: AddresseeUnit
    state: UnitState
    days_late: int
    counted: Counted
    last: UnitSubmission | None


def get_unit(unit_id: int) -> AddresseeUnit:
    """Return a unit with its call; raises NotFound."""
    found = db.session.scalar(
        select(AddresseeUnit).where(AddresseeUnit.id == unit_id).options(*UNIT_PARTS)
    )
    if found is None:
        raise NotFound
    return found


def get_own_unit(person: Person, unit_id: int) -> AddresseeUnit:
    """Return a unit the person acts for; raises NotFound for every other."""
    unit = get_unit(unit_id)
    if unit.release.state == EditionState.PLANNED or not may_enter_for(person, unit.department):
        raise NotFound
    return unit


def find_unit(release_id: int, department_id: int | None) -> AddresseeUnit | None:
    """Return the unit a body is in a call, or None."""
    if department_id is None:
        return None
    return db.session.scalar(
        select(AddresseeUnit).where(
            AddresseeUnit.release_id == release_id, AddresseeUnit.department_id == department_id
        )
    )


def units_of(release: Release) -> Sequence[AddresseeUnit]:
    """Return the units of a call in the order of the bodies."""
    return db.session.scalars(
        select(AddresseeUnit)
        .join(AddresseeUnit.department)
        .where(AddresseeUnit.release_id == release.id)
        .options(*UNIT_PARTS)
        .order_by(Department.sort, Department.id)
    ).all()


def units_for(person: Person) -> list[AddresseeUnit]:
    """Return what the person's bodies owe or owed, the newest calls first."""
    bodies = [body.id for body in departments_for(person, Right.CURATE_LISTS)]
    found = db.session.scalars(
        select(AddresseeUnit)
        .join(AddresseeUnit.release)
        .join(AddresseeUnit.department)
        .where(
            AddresseeUnit.department_id.in_(bodies),
            Release.state.not_in([EditionState.PLANNED, EditionState.CANCELLED]),
        )
        .options(*UNIT_PARTS)
        .order_by(Release.id.desc(), Department.sort, Department.id)
        .limit(MOST_OWED)
    )
    return [unit for unit in found if may_enter_for(person, unit.department)]


def standings(units: Sequence[AddresseeUnit]) -> list[Standing]:
    """Return where units stand, in a fixed number of statements."""
    counted, last = counts_of(units), last_submissions(units)
    late = days_late(units)
    today = clock.today()
    return [
        Standing(
            unit,
            state_of(unit.sent, unit.last_day, today),
            late.get(unit.id, 0),
            counted[unit.id],
            last.get(unit.id),
        )
        for unit in units
    ]


def days_late(units: Sequence[AddresseeUnit]) -> dict[int, int]:
    """Return by unit how many working days its submission is overdue, at least 1."""
    today = clock.today()
    last_days = {
        unit.id: unit.last_day
        for unit in units
        if unit.last_day is not None and unit.last_day < today and not unit.sent
    }
    if not last_days:
        return {}
    days = calendar(min(last_days.values()), today)
    return {number: max(days.between(day, today), 1) for number, day in last_days.items()}


def counts_of(units: Sequence[AddresseeUnit]) -> dict[int, Counted]:
    """Return by unit what has come from it."""
    releases = {unit.release_id for unit in units}
    own = db.session.execute(
        select(Entry.release_id, Entry.department_id, func.count().label("number"))
        .where(
            Entry.release_id.in_(releases),
            Entry.enterprise_id.is_(None),
            Entry.state.in_(SENT),
        )
        .group_by(Entry.release_id, Entry.department_id)
    )
    sent = {(row.release_id, row.department_id): row.number for row in own}
    supported = supported_by({unit.id for unit in units})
    return {
        unit.id: Counted(
            sent.get((unit.release_id, unit.department_id), 0), supported.get(unit.id, 0)
        )
        for unit in units
    }


def supported_by(unit_ids: set[int]) -> Mapping[int, int]:
    """Return by unit how many enterprises' entries it supports that still stand."""
    rows = db.session.execute(
        select(EntryForwarding.unit_id, func.count().label("number"))
        .join(EntryForwarding.entry)
        .where(
            EntryForwarding.unit_id.in_(unit_ids),
            EntryForwarding.replaced_at.is_(None),
            EntryForwarding.supported,
            Entry.state.in_(SENT),
        )
        .group_by(EntryForwarding.unit_id)
    )
    return {row.unit_id: row.number for row in rows}


def count_owing(release: Release) -> int:
    """Return how many units of a call have handed in nothing that stands."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(AddresseeUnit)
            .where(AddresseeUnit.release_id == release.id, AddresseeUnit.sent == "")
        )
        or 0
    )


def has_begun(unit: AddresseeUnit) -> bool:
    """Say whether anything of a unit rests on its being named: submissions, opinions, sheets."""
    rests = (EntryForwarding, EntrySheet)
    return unit.submissions > 0 or any(
        db.session.scalar(select(table.id).where(table.unit_id == unit.id).limit(1)) is not None
        for table in rests
    )


def submissions_of(unit: AddresseeUnit) -> Sequence[UnitSubmission]:
    """Return every handing-in of a unit, newest first."""
    return db.session.scalars(
        select(UnitSubmission)
        .where(UnitSubmission.unit_id == unit.id)
        .options(joinedload(UnitSubmission.handed_in_by))
        .order_by(UnitSubmission.number.desc())
    ).all()


def last_submissions(units: Sequence[AddresseeUnit]) -> dict[int, UnitSubmission]:
    """Return by unit its last handing-in, withdrawn or not."""
    last = (
        select(func.max(UnitSubmission.id))
        .where(UnitSubmission.unit_id.in_([unit.id for unit in units]))
        .group_by(UnitSubmission.unit_id)
    )
    found = db.session.scalars(select(UnitSubmission).where(UnitSubmission.id.in_(last)))
    return {each.unit_id: each for each in found}


def entries_of(unit: AddresseeUnit) -> Sequence[Entry]:
    """Return the unit's own entries that were not withdrawn, in the order they were begun."""
    return db.session.scalars(
        select(Entry)
        .where(
            Entry.release_id == unit.release_id,
            Entry.department_id == unit.department_id,
            Entry.enterprise_id.is_(None),
            Entry.state != EntryState.WITHDRAWN,
        )
        .options(*ENTRY_PARTS)
        .order_by(Entry.id)
    ).all()


def is_open(unit: AddresseeUnit) -> bool:
    """Say whether the unit may hand in today."""
    release = unit.release
    return is_open_to(
        release.state, release.call_opens_on, unit.last_day, unit.reopened_until, clock.today()
    )

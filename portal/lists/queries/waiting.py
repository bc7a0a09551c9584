"""What waits for one officer: entries to decide on, releases to sign. Read by the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right
from portal.enterprises.models import Membership
from portal.extensions import db
from portal.lists.models import EditionBody, Entry, EntryConflict, Release, SignOff
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.entries import ENTRY_PARTS
from portal.lists.queries.sign_offs import find_sign_off, next_body
from portal.lists.terms.editions import CURATED_STATES, EditionState
from portal.lists.terms.entries import EntryState
from portal.taxonomy.models import Department


class WaitingSignature(NamedTuple):
    """A release, the lead body whose turn it is, and its paper sign-off still to be confirmed."""

    release: Release
    department: Department
    sign_off: SignOff | None


def departments_with(person: Person, right: Right) -> set[int]:
    """Return the departments for which a person holds a right in the whole city."""
    return {
        held.department_id for held in rights_of(person) if held.right == right and held.is_citywide
    }


def led_by(departments: set[int]) -> Select[int]:
    """Return a select of the editions that one of these departments leads."""
    return select(EditionBody.edition_id).where(
        EditionBody.leads, EditionBody.department_id.in_(departments)
    )


def entries_to_decide(person: Person) -> Select[Entry]:
    """Return a select of the submitted entries this person may decide on."""
    editions_curated = led_by(departments_with(person, Right.CURATE_LISTS))
    theirs = select(Membership.enterprise_id).where(
        Membership.person_id == person.id, Membership.ended_at.is_(None)
    )
    conflicts = select(EntryConflict.entry_id).where(EntryConflict.officer_id == person.id)
    return (
        select(Entry)
        .join(Entry.release)
        .join(Release.edition)
        .where(
            Entry.state == EntryState.SUBMITTED,
            Release.state.in_(CURATED_STATES),
            Release.edition_id.in_(editions_curated),
            Entry.created_by_id != person.id,
            or_(Entry.submitted_by_id.is_(None), Entry.submitted_by_id != person.id),
            or_(Entry.enterprise_id.is_(None), Entry.enterprise_id.not_in(theirs)),
            Entry.id.not_in(conflicts),
        )
    )


def waiting_entries(person: Person) -> Sequence[Entry]:
    """Return the submitted entries this person may decide on, oldest first."""
    return db.session.scalars(
        entries_to_decide(person)
        .options(*ENTRY_PARTS, contains_eager(Entry.release).contains_eager(Release.edition))
        .order_by(Entry.submitted_at, Entry.id)
    ).all()


def count_waiting_entries(person: Person) -> int:
    """Return how many submitted entries this person may decide on."""
    ids = entries_to_decide(person).with_only_columns(Entry.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def waiting_signatures(person: Person) -> list[WaitingSignature]:
    """Return the releases whose next lead body this person may sign or confirm for."""
    signs = departments_with(person, Right.SIGN_LISTS)
    releases = db.session.scalars(
        select(Release)
        .where(Release.state == EditionState.COSIGN, Release.edition_id.in_(led_by(signs)))
        .options(*RELEASE_PARTS, selectinload(Release.sign_offs))
        .order_by(Release.frozen_at, Release.id)
    )
    waiting = []
    for release in releases:
        turn = next_body(release)
        if turn is None or turn.id not in signs:
            continue
        sign_off = find_sign_off(release, turn)
        if sign_off is None or sign_off.recorded_by_id != person.id:
            waiting.append(WaitingSignature(release, turn, sign_off))
    return waiting

"""The entries of a person, and whose entries a person may write."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.queries.members import find_membership, memberships_of
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.record import Role
from portal.enterprises.terms.record import State as EnterpriseState
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    Entry,
    EntrySubtype,
    Release,
)
from portal.lists.queries.entries import ENTRY_PARTS, get_entry
from portal.lists.terms.entries import EntryState
from portal.taxonomy.models import Department

OFFERED = IN_THE_REGISTRY | {EnterpriseState.SUSPENDED}


def count_drafts(person: Person) -> int:
    """Return how many drafts the person has begun."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Entry)
            .where(Entry.created_by_id == person.id, Entry.state == EntryState.DRAFT)
        )
        or 0
    )


def find_blank_draft(
    person: Person,
    release: Release,
    subtype: EntrySubtype,
    enterprise: Enterprise | None,
    department: Department | None,
) -> Entry | None:
    """Return the draft the person began for this publisher without writing anything, or None."""
    return db.session.scalars(
        select(Entry)
        .where(
            Entry.created_by_id == person.id,
            Entry.release_id == release.id,
            Entry.subtype_id == subtype.id,
            Entry.state == EntryState.DRAFT,
            Entry.version == 1,
            Entry.enterprise_id == (enterprise.id if enterprise else None),
            Entry.department_id == (department.id if department and not enterprise else None),
        )
        .order_by(Entry.id)
        .limit(1)
    ).first()


def enterprises_for(person: Person) -> list[Enterprise]:
    """Return the enterprises in the registry whose entries a person may send in; those out of
    date or suspended too, so that they are told why not."""
    return [
        membership.enterprise
        for membership in memberships_of(person)
        if membership.role != Role.VIEWER and membership.enterprise.state in OFFERED
    ]


def own_entries(person: Person) -> Sequence[Entry]:
    """Return the entries of a person's enterprises and those they started, newest first."""
    theirs = select(Membership.enterprise_id).where(
        Membership.person_id == person.id, Membership.ended_at.is_(None)
    )
    return db.session.scalars(
        select(Entry)
        .where(
            or_(
                Entry.enterprise_id.in_(theirs),
                Entry.enterprise_id.is_(None) & (Entry.created_by_id == person.id),
            )
        )
        .options(*ENTRY_PARTS, joinedload(Entry.release).joinedload(Release.edition))
        .order_by(Entry.id.desc())
    ).all()


def get_own_entry(person: Person, entry_id: int) -> Entry:
    """Return an entry the person may follow: of their enterprise, or of their department.

    Raises NotFound for every other one, so that ids reveal nothing.
    """
    entry = get_entry(entry_id)
    if not may_follow(person, entry):
        raise NotFound
    return entry


def may_follow(person: Person, entry: Entry) -> bool:
    """Say whether an entry is of the person's enterprise, or of a body they enter for."""
    if entry.enterprise_id is not None:
        return find_membership(person, entry.enterprise_id) is not None
    return may_enter_for(person, entry.department)


def may_enter_for(person: Person, department: Department | None) -> bool:
    """Say whether the person may send entries of a public body: curators of that body."""
    return department is not None and has_right(
        person,
        Right.CURATE_LISTS,
        department_id=department.id,
        district_id=department.district_id,
        zone_id=department.zone_id,
    )

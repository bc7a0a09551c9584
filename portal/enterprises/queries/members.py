"""Named selects over memberships."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.record import Role
from portal.errors import NotFound
from portal.extensions import db


def memberships_of(person: Person) -> Sequence[Membership]:
    """Return the person's open memberships with their enterprises, newest first."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.enterprise))
        .order_by(Membership.id.desc())
    ).all()


def find_membership(person: Person, enterprise_id: int) -> Membership | None:
    """Return the person's open membership in an enterprise, or None."""
    return db.session.scalar(
        select(Membership).where(
            Membership.person_id == person.id,
            Membership.enterprise_id == enterprise_id,
            Membership.ended_at.is_(None),
        )
    )


def get_own(person: Person, enterprise_id: int) -> Enterprise:
    """Return a record the person is a member of; raises NotFound, so ids reveal nothing."""
    if find_membership(person, enterprise_id) is None:
        raise NotFound
    return get_enterprise(enterprise_id)


def members_of(enterprise_id: int) -> Sequence[Membership]:
    """Return the open memberships of an enterprise with the people."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.person).selectinload(Person.identifiers))
        .order_by(Membership.id)
    ).all()


def owners_of(enterprise_id: int) -> Sequence[Person]:
    """Return the people who own an enterprise, the longest first."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.enterprise_id == enterprise_id,
            Membership.role == Role.OWNER,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.id)
    ).all()


def count_owners(enterprise_id: int) -> int:
    """Return how many owners an enterprise has."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(
                Membership.enterprise_id == enterprise_id,
                Membership.role == Role.OWNER,
                Membership.ended_at.is_(None),
            )
        )
        or 0
    )


def count_members(enterprise_id: int) -> int:
    """Return how many people act for an enterprise."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
        )
        or 0
    )


def get_member(enterprise_id: int, membership_id: int) -> Membership:
    """Return an open membership of an enterprise with its person; raises NotFound."""
    found = db.session.scalar(
        select(Membership)
        .where(
            Membership.id == membership_id,
            Membership.enterprise_id == enterprise_id,
            Membership.ended_at.is_(None),
        )
        .options(
            joinedload(Membership.enterprise),
            joinedload(Membership.person).selectinload(Person.identifiers),
        )
    )
    if found is None:
        raise NotFound
    return found

"""Named selects over what the registry holds on a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.enterprises.models import (
    Claim,
    Enterprise,
    Invitation,
    Membership,
    NamedContact,
    OwnershipOffer,
)
from portal.enterprises.terms.record import TAKES_THE_CODE, Role, State
from portal.extensions import db


def owned_alone(person: Person) -> Sequence[Enterprise]:
    """Return the records on file that this person alone owns, by name."""
    other = aliased(Membership)
    others = (
        select(other.id)
        .where(
            other.enterprise_id == Membership.enterprise_id,
            other.person_id != person.id,
            other.role == Role.OWNER,
            other.ended_at.is_(None),
        )
        .exists()
    )
    return db.session.scalars(
        select(Enterprise)
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(
            Membership.person_id == person.id,
            Membership.role == Role.OWNER,
            Membership.ended_at.is_(None),
            Enterprise.state.in_(TAKES_THE_CODE),
            ~others,
        )
        .order_by(Enterprise.name, Enterprise.id)
    ).all()


def own_drafts(person: Person) -> Sequence[Enterprise]:
    """Return the drafts nobody but this person can open."""
    return db.session.scalars(
        select(Enterprise)
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(
            Membership.person_id == person.id,
            Membership.ended_at.is_(None),
            Enterprise.state == State.DRAFT,
            select(func.count())
            .where(Membership.enterprise_id == Enterprise.id, Membership.ended_at.is_(None))
            .correlate(Enterprise)
            .scalar_subquery()
            == 1,
        )
        .order_by(Enterprise.id)
    ).all()


def acted_for(person: Person) -> Sequence[tuple[Membership, Enterprise]]:
    """Return every membership a person has or had, with the enterprise."""
    rows = db.session.execute(
        select(Membership, Enterprise)
        .join(Enterprise, Enterprise.id == Membership.enterprise_id)
        .where(Membership.person_id == person.id)
        .order_by(Membership.id)
    )
    return [(membership, enterprise) for membership, enterprise in rows]


def addresses_of(person: Person) -> set[str]:
    """Return where the person can be reached, as the registry writes it: mobile numbers of
    contacts stand without the country's prefix."""
    subjects = {identifier.subject for identifier in person.identifiers}
    return subjects | {subject.removeprefix("+86") for subject in subjects}


def contact_entries(person: Person) -> Sequence[NamedContact]:
    """Return the standing entries that name the person as a contact."""
    return db.session.scalars(
        select(NamedContact)
        .where(
            NamedContact.address.in_(addresses_of(person)),
            NamedContact.ended_at.is_(None),
        )
        .order_by(NamedContact.id)
    ).all()


def invitations_with(person: Person) -> Sequence[Invitation]:
    """Return the open invitations the person sent or was sent."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.ended_at.is_(None),
            or_(
                Invitation.invited_by_id == person.id,
                Invitation.address.in_(addresses_of(person)),
            ),
        )
        .order_by(Invitation.id)
    ).all()


def offers_with(person: Person) -> Sequence[OwnershipOffer]:
    """Return the open offers of ownership the person made or was made."""
    return db.session.scalars(
        select(OwnershipOffer)
        .where(
            OwnershipOffer.ended_at.is_(None),
            or_(OwnershipOffer.from_id == person.id, OwnershipOffer.to_id == person.id),
        )
        .order_by(OwnershipOffer.id)
    ).all()


def requests_of(person: Person) -> Sequence[Claim]:
    """Return every request to join the person made."""
    return db.session.scalars(
        select(Claim).where(Claim.person_id == person.id).order_by(Claim.id)
    ).all()

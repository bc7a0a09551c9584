"""Named selects over invitations and offers of ownership."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.enterprises.models import Invitation, OwnershipOffer
from portal.errors import NotFound
from portal.extensions import db


def open_invitations(enterprise_id: int) -> Sequence[Invitation]:
    """Return an enterprise's invitations that have not ended, newest first; some may have
    expired since the night."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.enterprise_id == enterprise_id, Invitation.ended_at.is_(None))
        .order_by(Invitation.id.desc())
    ).all()


def get_invitation(enterprise_id: int, invitation_id: int) -> Invitation:
    """Return an invitation of an enterprise; raises NotFound."""
    found = db.session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation_id, Invitation.enterprise_id == enterprise_id)
        .options(joinedload(Invitation.enterprise))
    )
    if found is None:
        raise NotFound
    return found


def get_invited(token_digest: str) -> Invitation:
    """Return the invitation of a link, also an ended one, with who invites; raises NotFound."""
    found = db.session.scalar(
        select(Invitation)
        .where(Invitation.token_digest == token_digest)
        .options(joinedload(Invitation.enterprise), joinedload(Invitation.invited_by))
    )
    if found is None:
        raise NotFound
    return found


def find_open_invitation(enterprise_id: int, address: str) -> Invitation | None:
    """Return the invitation of an address that has not ended, or None."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.enterprise_id == enterprise_id,
            Invitation.address == address,
            Invitation.ended_at.is_(None),
        )
    )


def count_open(enterprise_id: int, now: datetime) -> int:
    """Return how many invitations of an enterprise can still be accepted."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Invitation)
            .where(
                Invitation.enterprise_id == enterprise_id,
                Invitation.ended_at.is_(None),
                Invitation.expires_at > now,
            )
        )
        or 0
    )


def count_sent(enterprise_id: int, person: Person, since: datetime) -> int:
    """Return how many were sent since a moment: by the enterprise or by the person, the larger."""
    mine = (Invitation.enterprise_id == enterprise_id, Invitation.invited_by_id == person.id)
    counts = [
        db.session.scalar(
            select(func.count()).select_from(Invitation).where(each, Invitation.made_at > since)
        )
        or 0
        for each in mine
    ]
    return max(counts)


def expired_invitations(now: datetime, limit: int) -> Sequence[Invitation]:
    """Return invitations that nobody accepted in time and that have not been ended."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.expires_at <= now, Invitation.ended_at.is_(None))
        .order_by(Invitation.expires_at, Invitation.id)
        .limit(limit)
    ).all()


def open_offers(enterprise_id: int, now: datetime) -> Sequence[OwnershipOffer]:
    """Return the offers of ownership that can be accepted, with both sides, newest first."""
    return db.session.scalars(
        select(OwnershipOffer)
        .where(
            OwnershipOffer.enterprise_id == enterprise_id,
            OwnershipOffer.ended_at.is_(None),
            OwnershipOffer.expires_at > now,
        )
        .options(joinedload(OwnershipOffer.giver), joinedload(OwnershipOffer.taker))
        .order_by(OwnershipOffer.id.desc())
    ).all()


def offers_with(person: Person, enterprise_id: int) -> Sequence[OwnershipOffer]:
    """Return the offers not ended in which a person gives or takes."""
    return db.session.scalars(
        select(OwnershipOffer)
        .where(
            OwnershipOffer.enterprise_id == enterprise_id,
            OwnershipOffer.ended_at.is_(None),
            or_(OwnershipOffer.from_id == person.id, OwnershipOffer.to_id == person.id),
        )
        .order_by(OwnershipOffer.id)
    ).all()


def get_offer(enterprise_id: int, offer_id: int) -> OwnershipOffer:
    """Return an offer of an enterprise with both sides; raises NotFound."""
    found = db.session.scalar(
        select(OwnershipOffer)
        .where(OwnershipOffer.id == offer_id, OwnershipOffer.enterprise_id == enterprise_id)
        .options(
            joinedload(OwnershipOffer.enterprise),
            joinedload(OwnershipOffer.giver),
            joinedload(OwnershipOffer.taker),
        )
    )
    if found is None:
        raise NotFound
    return found

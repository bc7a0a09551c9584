"""Named selects over requests to act for an enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.enterprises.models import Claim, Membership
from portal.enterprises.terms.record import Role
from portal.errors import NotFound
from portal.extensions import db

UNDECIDED_BY_OWNER = (Claim.decided_at.is_(None), Claim.with_bureau_since.is_(None))


def get_claim(claim_id: int) -> Claim:
    """Return a request with its enterprise and person; raises NotFound."""
    found = db.session.get(
        Claim, claim_id, options=[joinedload(Claim.enterprise), joinedload(Claim.person)]
    )
    if found is None:
        raise NotFound
    return found


def get_claim_on(enterprise_id: int, claim_id: int) -> Claim:
    """Return a request on one enterprise; raises NotFound."""
    found = get_claim(claim_id)
    if found.enterprise_id != enterprise_id:
        raise NotFound
    return found


def find_open_claim(person: Person, enterprise_id: int) -> Claim | None:
    """Return the person's undecided request on an enterprise, or None."""
    return db.session.scalar(
        select(Claim).where(
            Claim.person_id == person.id,
            Claim.enterprise_id == enterprise_id,
            Claim.decided_at.is_(None),
        )
    )


def waiting_claims(person: Person) -> Sequence[Claim]:
    """Return the person's requests that are undecided, newest first, with the enterprises."""
    return db.session.scalars(
        select(Claim)
        .where(Claim.person_id == person.id, Claim.decided_at.is_(None))
        .options(joinedload(Claim.enterprise))
        .order_by(Claim.id.desc())
    ).all()


def count_open_claims(person: Person) -> int:
    """Return how many of the person's requests are undecided."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Claim)
            .where(Claim.person_id == person.id, Claim.decided_at.is_(None))
        )
        or 0
    )


def claims_before_owner(enterprise_id: int) -> Sequence[Claim]:
    """Return the requests an enterprise's owner decides, oldest first, with the people."""
    return db.session.scalars(
        select(Claim)
        .where(Claim.enterprise_id == enterprise_id, *UNDECIDED_BY_OWNER)
        .options(joinedload(Claim.person))
        .order_by(Claim.id)
    ).all()


def claims_for_bureau(today: date, limit: int) -> Sequence[Claim]:
    """Return requests whose owner did not decide in time, or that have no owner any more."""
    owned = (
        select(Membership.id)
        .where(
            Membership.enterprise_id == Claim.enterprise_id,
            Membership.role == Role.OWNER,
            Membership.ended_at.is_(None),
        )
        .exists()
    )
    return db.session.scalars(
        select(Claim)
        .where(*UNDECIDED_BY_OWNER, or_(Claim.decide_by < today, ~owned))
        .options(joinedload(Claim.enterprise))
        .order_by(Claim.decide_by, Claim.id)
        .limit(limit)
    ).all()


def claims_to_remind(until: date, limit: int) -> Sequence[Claim]:
    """Return requests due by a day whose owners have not been reminded."""
    return db.session.scalars(
        select(Claim)
        .where(*UNDECIDED_BY_OWNER, Claim.decide_by <= until, Claim.reminded_on.is_(None))
        .options(joinedload(Claim.enterprise))
        .order_by(Claim.decide_by, Claim.id)
        .limit(limit)
    ).all()

"""Named selects over suspensions, removals and what remains of a removed record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.enterprises.models import Enterprise, EnterprisePeriod, StandingRequest
from portal.enterprises.terms.record import State
from portal.enterprises.terms.standing import Act, Kind, Outcome
from portal.errors import NotFound
from portal.extensions import db

CONSENTED = (StandingRequest.outcome == Outcome.CONSENTED,)


@dataclass(frozen=True)
class Tombstone:
    """What the public still reads of a removed record."""

    name: str
    uscc: str
    since: date
    kind: Kind


def get_request(request_id: int) -> StandingRequest:
    """Return a request with its enterprise; raises NotFound."""
    found = db.session.get(
        StandingRequest, request_id, options=[joinedload(StandingRequest.enterprise)]
    )
    if found is None:
        raise NotFound
    return found


def requests_of(enterprise_id: int) -> Sequence[StandingRequest]:
    """Return what was ever asked for a record, newest first."""
    return db.session.scalars(
        select(StandingRequest)
        .where(StandingRequest.enterprise_id == enterprise_id)
        .order_by(StandingRequest.id.desc())
    ).all()


def find_open(enterprise_id: int) -> StandingRequest | None:
    """Return the undecided request of a record, or None."""
    return db.session.scalar(
        select(StandingRequest).where(
            StandingRequest.enterprise_id == enterprise_id, StandingRequest.decided_at.is_(None)
        )
    )


def state_before_suspension(enterprise_id: int) -> State:
    """Return the state a suspended record was in before."""
    found = db.session.scalar(
        select(StandingRequest.before)
        .where(
            StandingRequest.enterprise_id == enterprise_id,
            StandingRequest.act == Act.SUSPEND,
            *CONSENTED,
        )
        .order_by(StandingRequest.id.desc())
        .limit(1)
    )
    return State(found or State.ACTIVE)


def find_tombstone(uscc: str) -> Tombstone | None:
    """Return what remains of the record removed last under a code, or None."""
    row = db.session.execute(
        select(Enterprise.name, Enterprise.uscc, EnterprisePeriod.valid_from, StandingRequest.kind)
        .join(StandingRequest, StandingRequest.enterprise_id == Enterprise.id)
        .join(EnterprisePeriod, EnterprisePeriod.enterprise_id == Enterprise.id)
        .where(
            Enterprise.uscc == uscc,
            Enterprise.state == State.REMOVED,
            StandingRequest.act == Act.REMOVE,
            *CONSENTED,
            EnterprisePeriod.state == State.REMOVED,
            EnterprisePeriod.superseded_at.is_(None),
        )
        .order_by(Enterprise.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Tombstone(row[0], row[1], row[2], Kind(row[3]))


def is_dissolved(uscc: str) -> bool:
    """Say whether the enterprise under a code was removed because it was dissolved: the code of
    a dissolved enterprise is never given to another, so nobody registers under it again."""
    found = (
        select(Enterprise.id)
        .join(StandingRequest, StandingRequest.enterprise_id == Enterprise.id)
        .where(
            Enterprise.uscc == uscc,
            Enterprise.state == State.REMOVED,
            StandingRequest.kind == Kind.DISSOLVED,
            *CONSENTED,
        )
        .limit(1)
    )
    return db.session.scalar(found) is not None


def is_suspended(uscc: str) -> bool:
    """Say whether the record under a code is suspended."""
    found = select(Enterprise.id).where(
        Enterprise.uscc == uscc, Enterprise.state == State.SUSPENDED
    )
    return db.session.scalar(found) is not None


def periods_of(enterprise_id: int) -> Sequence[EnterprisePeriod]:
    """Return the periods of a record as known now, newest first."""
    return db.session.scalars(
        select(EnterprisePeriod)
        .where(
            EnterprisePeriod.enterprise_id == enterprise_id,
            EnterprisePeriod.superseded_at.is_(None),
        )
        .order_by(EnterprisePeriod.valid_from.desc(), EnterprisePeriod.id.desc())
    ).all()

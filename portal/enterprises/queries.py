"""Named selects over the registry."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.enterprises.models import Claim, Enterprise, Membership, Submission
from portal.enterprises.terms import PUBLIC, TAKES_THE_CODE, State
from portal.errors import NotFound
from portal.extensions import db

WITH_TERMS = (
    joinedload(Enterprise.district),
    joinedload(Enterprise.zone),
    joinedload(Enterprise.industry),
    joinedload(Enterprise.key_industry),
    joinedload(Enterprise.node),
    selectinload(Enterprise.pillars),
)


def get_enterprise(enterprise_id: int) -> Enterprise:
    """Return a record with its terms; raises NotFound."""
    found = db.session.scalar(
        select(Enterprise).where(Enterprise.id == enterprise_id).options(*WITH_TERMS)
    )
    if found is None:
        raise NotFound
    return found


def get_public(uscc: str) -> Enterprise:
    """Return the record the public may read under a code; raises NotFound."""
    found = db.session.scalar(
        select(Enterprise)
        .where(Enterprise.uscc == uscc, Enterprise.state.in_(PUBLIC))
        .options(*WITH_TERMS)
    )
    if found is None:
        raise NotFound
    return found


def find_taken(uscc: str) -> Enterprise | None:
    """Return the record that holds a code since its submission, or None."""
    return db.session.scalar(
        select(Enterprise).where(Enterprise.uscc == uscc, Enterprise.state.in_(TAKES_THE_CODE))
    )


def is_taken(enterprise: Enterprise) -> bool:
    """Say whether a record holds its code, so that its existence may be told."""
    return enterprise.state in TAKES_THE_CODE


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
        .options(joinedload(Membership.person))
        .order_by(Membership.id)
    ).all()


def submissions_of(enterprise_id: int) -> Sequence[Submission]:
    """Return all submissions of an enterprise, newest first."""
    return db.session.scalars(
        select(Submission)
        .where(Submission.enterprise_id == enterprise_id)
        .options(joinedload(Submission.decided_by))
        .order_by(Submission.id.desc())
    ).all()


def last_submission(enterprise_id: int) -> Submission | None:
    """Return the newest submission, or None."""
    found = submissions_of(enterprise_id)
    return found[0] if found else None


def waiting(districts: set[int] | None) -> Sequence[Submission]:
    """Return the undecided submissions, oldest first, in these districts (None: everywhere)."""
    select_waiting = (
        select(Submission)
        .join(Submission.enterprise)
        .where(Submission.decision.is_(None), Enterprise.state == State.SUBMITTED)
        .options(joinedload(Submission.enterprise).joinedload(Enterprise.district))
        .order_by(Submission.submitted_at, Submission.id)
    )
    if districts is not None:
        select_waiting = select_waiting.where(Enterprise.district_id.in_(districts))
    return db.session.scalars(select_waiting).all()


def recorded(districts: set[int] | None, state: str, word: str) -> Select[Enterprise]:
    """Return a select of what was ever submitted, narrowed to districts, a state and a word."""
    found = select(Enterprise).where(Enterprise.submitted_at.is_not(None))
    if districts is not None:
        found = found.where(Enterprise.district_id.in_(districts))
    if state:
        found = found.where(Enterprise.state == state)
    if word:
        named = Enterprise.name.contains(word, autoescape=True)
        found = found.where(or_(named, Enterprise.uscc.startswith(word.upper(), autoescape=True)))
    return found


def count_records(narrowed: Select[Enterprise]) -> int:
    """Return how many records a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def records(narrowed: Select[Enterprise], offset: int, limit: int) -> Sequence[Enterprise]:
    """Return one page of a select, latest change first, with the districts."""
    latest = (Enterprise.updated_at.desc(), Enterprise.id.desc())
    page = narrowed.options(joinedload(Enterprise.district)).order_by(*latest)
    return db.session.scalars(page.offset(offset).limit(limit)).all()


def open_claims(districts: set[int] | None) -> Sequence[Claim]:
    """Return the undecided claims, oldest first, in these districts (None: everywhere)."""
    select_open = (
        select(Claim)
        .join(Claim.enterprise)
        .where(Claim.decided_at.is_(None))
        .options(
            joinedload(Claim.enterprise).joinedload(Enterprise.district), joinedload(Claim.person)
        )
        .order_by(Claim.made_at, Claim.id)
    )
    if districts is not None:
        select_open = select_open.where(Enterprise.district_id.in_(districts))
    return db.session.scalars(select_open).all()


def get_claim(claim_id: int) -> Claim:
    """Return a claim with its enterprise and person; raises NotFound."""
    found = db.session.get(
        Claim, claim_id, options=[joinedload(Claim.enterprise), joinedload(Claim.person)]
    )
    if found is None:
        raise NotFound
    return found


def find_open_claim(person: Person, enterprise_id: int) -> Claim | None:
    """Return the person's undecided claim on an enterprise, or None."""
    return db.session.scalar(
        select(Claim).where(
            Claim.person_id == person.id,
            Claim.enterprise_id == enterprise_id,
            Claim.decided_at.is_(None),
        )
    )


def changed_since(enterprise: Enterprise, version: int) -> tuple[str, ...]:
    """Return the fields the trail shows as changed after a version was opened."""
    events = db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.subject_kind == Enterprise.__tablename__,
            AuditEvent.subject_id == enterprise.id,
        )
        .order_by(AuditEvent.id.desc())
        .limit(20)
    )
    names: dict[str, None] = {}
    for event in events:
        if (event.changes.get("version") or [0, 0])[0] < version:
            break
        names.update(dict.fromkeys(name for name in event.changes if name != "version"))
    return tuple(names)

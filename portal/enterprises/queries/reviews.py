"""Named selects over submissions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.enterprises.models import Enterprise, Submission
from portal.enterprises.terms import State
from portal.extensions import db


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

"""Named selects over submissions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.enterprises.models import Enterprise, Submission
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


def records_by_id(numbers: Collection[int]) -> Sequence[Enterprise]:
    """Return these records with their districts, in one statement."""
    return db.session.scalars(
        select(Enterprise)
        .where(Enterprise.id.in_(numbers))
        .options(joinedload(Enterprise.district))
    ).all()


def is_submitter(person: Person, number: str) -> bool:
    """Say whether a person sent in the submission of that number."""
    found = db.session.scalar(
        select(Submission.id).where(
            Submission.number == number, Submission.submitted_by_id == person.id
        )
    )
    return found is not None

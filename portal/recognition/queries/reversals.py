"""Named selects over reversals of decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.errors import NotFound
from portal.extensions import db
from portal.recognition.models import RecognitionReversal
from portal.recognition.queries.applications import FULL


def get_reversal(reversal_id: int) -> RecognitionReversal:
    """Return a reversal with its application; raises NotFound."""
    found = db.session.scalar(
        select(RecognitionReversal)
        .where(RecognitionReversal.id == reversal_id)
        .options(joinedload(RecognitionReversal.application).options(*FULL))
    )
    if found is None:
        raise NotFound
    return found


def reversals_of(application_id: int) -> Sequence[RecognitionReversal]:
    """Return what was proposed about the decisions on an application, newest first."""
    return db.session.scalars(
        select(RecognitionReversal)
        .where(RecognitionReversal.application_id == application_id)
        .order_by(RecognitionReversal.id.desc())
    ).all()


def find_open_reversal(application_id: int) -> RecognitionReversal | None:
    """Return the reversal that waits for its second officer, or None."""
    return db.session.scalar(
        select(RecognitionReversal).where(
            RecognitionReversal.application_id == application_id,
            RecognitionReversal.decided_at.is_(None),
        )
    )

"""What waits for officers about an application: itself and all its parts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from portal.casework import Case
from portal.extensions import db
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionConsultation,
    RecognitionObjection,
    RecognitionReply,
    RecognitionReversal,
)

PARTS = (RecognitionConsultation, RecognitionObjection, RecognitionReversal)


def open_cases_of(application: RecognitionApplication) -> Sequence[Case]:
    """Return the open cases about an application and its parts."""
    own = and_(
        Case.subject_kind == RecognitionApplication.__tablename__,
        Case.subject_id == application.id,
    )
    about = [
        and_(
            Case.subject_kind == part.__tablename__,
            Case.subject_id.in_(select(part.id).where(part.application_id == application.id)),
        )
        for part in PARTS
    ]
    asked = select(RecognitionConsultation.id).where(
        RecognitionConsultation.application_id == application.id
    )
    replies = select(RecognitionReply.id).where(RecognitionReply.consultation_id.in_(asked))
    unread = and_(Case.subject_kind == RecognitionReply.__tablename__, Case.subject_id.in_(replies))
    return db.session.scalars(
        select(Case).where(or_(own, unread, *about), Case.closed_at.is_(None)).order_by(Case.id)
    ).all()

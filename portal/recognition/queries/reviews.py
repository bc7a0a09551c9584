"""Named selects over scores, conflicts, opinions asked, and what others changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.audit.models import AuditEvent
from portal.enterprises.models import Enterprise
from portal.errors import NotFound
from portal.extensions import db
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionCall,
    RecognitionConflict,
    RecognitionConsultation,
    RecognitionReply,
    RecognitionScore,
)

WITH_APPLICATION = (
    joinedload(RecognitionConsultation.department),
    joinedload(RecognitionConsultation.application).options(
        joinedload(RecognitionApplication.enterprise).joinedload(Enterprise.district),
        joinedload(RecognitionApplication.call).joinedload(RecognitionCall.kind),
    ),
)


def scores_of(application_id: int) -> Sequence[RecognitionScore]:
    """Return the scores of an application with who gave them, oldest first."""
    return db.session.scalars(
        select(RecognitionScore)
        .where(RecognitionScore.application_id == application_id)
        .options(joinedload(RecognitionScore.reviewer))
        .order_by(RecognitionScore.id)
    ).all()


def find_score(application_id: int, person_id: int) -> RecognitionScore | None:
    """Return what one officer gave, or None."""
    return db.session.scalar(
        select(RecognitionScore).where(
            RecognitionScore.application_id == application_id,
            RecognitionScore.reviewer_id == person_id,
        )
    )


def conflicts_of(application_id: int) -> Sequence[RecognitionConflict]:
    """Return the declared conflicts of interest of an application."""
    return db.session.scalars(
        select(RecognitionConflict)
        .where(RecognitionConflict.application_id == application_id)
        .options(joinedload(RecognitionConflict.officer))
        .order_by(RecognitionConflict.id)
    ).all()


def has_conflict(application_id: int, person_id: int) -> bool:
    """Say whether an officer declared a conflict of interest about an application."""
    found = db.session.scalar(
        select(RecognitionConflict.id).where(
            RecognitionConflict.application_id == application_id,
            RecognitionConflict.officer_id == person_id,
        )
    )
    return found is not None


def consulted_ids(application_id: int) -> set[int]:
    """Return the numbers of the departments whose opinion was asked."""
    return set(
        db.session.scalars(
            select(RecognitionConsultation.department_id).where(
                RecognitionConsultation.application_id == application_id
            )
        )
    )


def consultations_of(application_id: int) -> Sequence[RecognitionConsultation]:
    """Return the opinions asked about an application, with their departments and answers."""
    return db.session.scalars(
        select(RecognitionConsultation)
        .where(RecognitionConsultation.application_id == application_id)
        .options(
            joinedload(RecognitionConsultation.department),
            selectinload(RecognitionConsultation.replies),
        )
        .order_by(RecognitionConsultation.id)
    ).all()


def get_consultation(consultation_id: int) -> RecognitionConsultation:
    """Return an opinion that was asked, with its application and answers; raises NotFound."""
    found = db.session.scalar(
        select(RecognitionConsultation)
        .where(RecognitionConsultation.id == consultation_id)
        .options(*WITH_APPLICATION, selectinload(RecognitionConsultation.replies))
    )
    if found is None:
        raise NotFound
    return found


def get_reply(reply_id: int) -> RecognitionReply:
    """Return an answer with whom was asked about which application; raises NotFound."""
    found = db.session.scalar(
        select(RecognitionReply)
        .where(RecognitionReply.id == reply_id)
        .options(
            joinedload(RecognitionReply.recorded_by),
            joinedload(RecognitionReply.consultation).options(*WITH_APPLICATION),
        )
    )
    if found is None:
        raise NotFound
    return found


def last_event() -> int:
    """Return the number of the newest line of the trail: what a page was opened on."""
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def changed_since(
    application: RecognitionApplication, event_id: int, but_by: int
) -> Sequence[AuditEvent]:
    """Return what others wrote into the trail of an application or of its enterprise after a
    line, oldest first, at most twenty."""
    return db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.id > event_id,
            or_(
                and_(
                    AuditEvent.subject_kind == RecognitionApplication.__tablename__,
                    AuditEvent.subject_id == application.id,
                ),
                and_(
                    AuditEvent.subject_kind == Enterprise.__tablename__,
                    AuditEvent.subject_id == application.enterprise_id,
                ),
            ),
            or_(AuditEvent.actor_id.is_(None), AuditEvent.actor_id != but_by),
        )
        .order_by(AuditEvent.id)
        .limit(20)
    ).all()

"""Named selects over records the bureau enters and hands over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.enterprises.models import Enterprise, HandOverCode
from portal.enterprises.terms.record import EDITABLE, Origin
from portal.extensions import db

WRITING = ("start_record", "start_draft", "save_step", "submit")


def has_entered(person: Person, enterprise_id: int) -> bool:
    """Say whether the trail shows that a person wrote in a record."""
    found = db.session.scalar(
        select(AuditEvent.id)
        .where(
            AuditEvent.subject_kind == Enterprise.__tablename__,
            AuditEvent.subject_id == enterprise_id,
            AuditEvent.actor_kind == person.actor_kind,
            AuditEvent.actor_id == person.id,
            AuditEvent.act.in_(WRITING),
        )
        .limit(1)
    )
    return found is not None


def records_begun(person: Person) -> Sequence[Enterprise]:
    """Return the records an officer began for enterprises and has not sent off, newest first."""
    return db.session.scalars(
        select(Enterprise)
        .where(
            Enterprise.created_by_id == person.id,
            Enterprise.origin == Origin.BUREAU,
            Enterprise.state.in_(EDITABLE),
        )
        .order_by(Enterprise.id.desc())
        .limit(50)
    ).all()


def find_open_code(enterprise_id: int) -> HandOverCode | None:
    """Return the hand-over code of a record that has not ended, or None; it may have expired."""
    return db.session.scalar(
        select(HandOverCode).where(
            HandOverCode.enterprise_id == enterprise_id, HandOverCode.ended_at.is_(None)
        )
    )


def codes_of(enterprise_id: int) -> Sequence[HandOverCode]:
    """Return every hand-over code of a record with who issued it, newest first."""
    return db.session.scalars(
        select(HandOverCode)
        .where(HandOverCode.enterprise_id == enterprise_id)
        .options(joinedload(HandOverCode.issued_by))
        .order_by(HandOverCode.id.desc())
        .limit(20)
    ).all()


def find_code(digest: str) -> HandOverCode | None:
    """Return the hand-over code of a digest with its record, or None."""
    return db.session.scalar(
        select(HandOverCode)
        .where(HandOverCode.code_digest == digest)
        .options(joinedload(HandOverCode.enterprise))
    )

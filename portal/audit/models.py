"""The trail's table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class AuditEvent(Base):
    """One state change. Rows are only ever appended; `digest` chains each to the one before.

    `changes` maps a field name to [before, after]; personal fields carry keyed digests only.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject", "subject_kind", "subject_id", "id"),
        Index("ix_audit_event_kind", "subject_kind", "id"),
        Index("ix_audit_event_actor", "actor_kind", "actor_id", "id"),
        Index("ix_audit_event_act", "act", "id"),
        Index("ix_audit_event_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None]
    office: Mapped[str] = mapped_column(String(80), default="")
    act: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    changes: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(2000), default="")
    algorithm: Mapped[str] = mapped_column(String(40))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

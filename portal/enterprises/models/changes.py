"""Reports of changes to verified facts, and what was true before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.enterprises.terms.changes import ChangeState
from portal.extensions import Base

OPEN: dict[str, Any] = {
    "sqlite_where": text("decided_at IS NULL"),
    "postgresql_where": text("decided_at IS NULL"),
}


class ChangeRequest(Base):
    """A change that took effect on a day and is to be reported by another; at most one is open.

    `facts` maps the changed fields to their new values as `facts_of` writes them, `before` to
    those on record when it was submitted, `sent_before` to those of the submission that was
    returned last. One noted by an officer has a `hint` and no facts yet.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        Index("uq_change_request_open", "enterprise_id", unique=True, **OPEN),
        Index("ix_change_request_enterprise", "enterprise_id", "id"),
        Index("ix_change_request_due", "state", "report_by", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    state: Mapped[str] = mapped_column(String(20), default=ChangeState.DUE)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    reason: Mapped[str] = mapped_column(String(20))
    effective_on: Mapped[date]
    report_by: Mapped[date]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent_before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    explanation: Mapped[str] = mapped_column(String(1000), default="")
    hint: Mapped[str] = mapped_column(String(500), default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ground: Mapped[str] = mapped_column(String(2000), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")

    enterprise: Mapped[Enterprise] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class PastFact(Base):
    """What a verified fact other than the name was until a change took effect."""

    __tablename__ = "enterprise_past_fact"
    __table_args__ = (Index("ix_enterprise_past_fact_enterprise", "enterprise_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[Any] = mapped_column(JSON)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    change_id: Mapped[int] = mapped_column(ForeignKey("change_request.id"))

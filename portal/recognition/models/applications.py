"""Applications for a title the city grants itself, with scores, conflicts and opinions asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.casework.models import Reply
from portal.classification.models.titles import Title
from portal.database import UtcDateTime
from portal.enterprises.models import Enterprise
from portal.extensions import Base
from portal.recognition.models.calls import RecognitionCall
from portal.recognition.terms.applications import (
    EDITABLE,
    RENEWAL_STEPS,
    STEPS_IN,
    AppState,
    Step,
)
from portal.taxonomy.models import Department

LIVE = "state <> 'withdrawn'"
IN_FORCE = "voided_at IS NULL"


class RecognitionApplication(Base):
    """One enterprise's application under one call; withdrawn ones stay and do not block.

    `snapshot` is the pre-check on the day of the last submission, with the facts it read.
    `correct_by` is the last day for a correction while it is returned. `renews` is the title it
    is to renew, `title` what it was granted.
    """

    __tablename__ = "recognition_application"
    __table_args__ = (
        Index(
            "uq_recognition_application_live",
            "call_id",
            "enterprise_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_recognition_application_call", "call_id", "state", "id"),
        Index("ix_recognition_application_enterprise", "enterprise_id", "id"),
        Index("ix_recognition_application_correct_by", "state", "correct_by", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("recognition_call.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    state: Mapped[str] = mapped_column(String(20), default=AppState.DRAFT)
    statement: Mapped[str] = mapped_column(Text, default="")
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    correct_by: Mapped[date | None]
    ground: Mapped[str] = mapped_column(Text, default="")
    decision_no: Mapped[str] = mapped_column(String(80), default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")
    title_id: Mapped[int | None] = mapped_column(ForeignKey("title.id"), index=True)
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("title.id"), index=True)

    call: Mapped[RecognitionCall] = relationship()
    enterprise: Mapped[Enterprise] = relationship()
    title: Mapped[Title | None] = relationship(foreign_keys=[title_id])
    renews: Mapped[Title | None] = relationship(foreign_keys=[renews_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def steps(self) -> tuple[Step, ...]:
        """What officers may decide in the present state; a renewal takes the short way."""
        table = RENEWAL_STEPS if self.renews_id is not None else STEPS_IN
        return table.get(AppState(self.state), ())


class RecognitionScore(Base):
    """What one officer gave on the sheet; given again, it is replaced and the trail keeps both."""

    __tablename__ = "recognition_score"
    __table_args__ = (UniqueConstraint("application_id", "reviewer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("recognition_application.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    office: Mapped[str] = mapped_column(String(120), default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opinion: Mapped[str] = mapped_column(String(1000), default="")
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)

    reviewer: Mapped[Person] = relationship()


class RecognitionConflict(Base):
    """An officer's declared conflict of interest: they decide nothing about the application."""

    __tablename__ = "recognition_conflict"
    __table_args__ = (UniqueConstraint("application_id", "officer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("recognition_application.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ground: Mapped[str] = mapped_column(String(300))
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)

    officer: Mapped[Person] = relationship()


class RecognitionConsultation(Base):
    """One body asked for its opinion on one application, and until when."""

    __tablename__ = "recognition_consultation"
    __table_args__ = (UniqueConstraint("application_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("recognition_application.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]

    application: Mapped[RecognitionApplication] = relationship()
    department: Mapped[Department] = relationship()
    replies: Mapped[list[RecognitionReply]] = relationship(
        back_populates="consultation", order_by="RecognitionReply.id"
    )

    @property
    def reply(self) -> RecognitionReply | None:
        """The answer that is not void, confirmed or not."""
        return next((one for one in self.replies if one.voided_at is None), None)


class RecognitionReply(Reply):
    """A body's answer about one application, with the ground of an opinion."""

    __tablename__ = "recognition_reply"
    __table_args__ = (
        Index(
            "uq_recognition_reply_in_force",
            "consultation_id",
            unique=True,
            sqlite_where=text(IN_FORCE),
            postgresql_where=text(IN_FORCE),
        ),
        Index("ix_recognition_reply_consultation", "consultation_id", "id"),
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("recognition_consultation.id"))
    ground: Mapped[str] = mapped_column(String(1000), default="")

    consultation: Mapped[RecognitionConsultation] = relationship(back_populates="replies")

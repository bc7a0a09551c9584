"""Reversals of decisions on applications: one officer proposes, another consents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.extensions import Base
from portal.recognition.models.applications import RecognitionApplication

UNDECIDED = "decided_at IS NULL"


class RecognitionReversal(Base):
    """A decision that is to be reversed, with the reason, and what became of the proposal.

    `state` is what is reversed: a recognition, a refusal or a lapse.
    """

    __tablename__ = "recognition_reversal"
    __table_args__ = (
        Index(
            "uq_recognition_reversal_open",
            "application_id",
            unique=True,
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
        Index("ix_recognition_reversal_application", "application_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    application_id: Mapped[int] = mapped_column(ForeignKey("recognition_application.id"))
    state: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_for: Mapped[str] = mapped_column(String(120), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    opinion: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")

    application: Mapped[RecognitionApplication] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_open(self) -> bool:
        """Whether it waits for the second officer."""
        return self.decided_at is None

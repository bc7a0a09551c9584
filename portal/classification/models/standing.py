"""What interrupts or ends a title before its time, who asked for it, and reminders of its end."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.classification.models.titles import Title
from portal.database import UtcDateTime
from portal.extensions import Base


class TitleInterruption(Base):
    """A time in which a title does not count: suspended, with an end when it was restored, or
    revoked, which has none. Two clocks as titles have: a row is superseded, never rewritten.
    After a revocation the title is not to be granted again until `ban_until`."""

    __tablename__ = "title_interruption"
    __table_args__ = (Index("ix_title_interruption_title", "title_id", "begins_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title_id: Mapped[int] = mapped_column(ForeignKey("title.id"))
    state: Mapped[str] = mapped_column(String(20))
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    ban_until: Mapped[date | None]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("title_request.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TitleRequest(Base):
    """A suspension, restoration or revocation one officer asked for and another decides on.

    It takes effect on `begins_on`, also in the past: on what day it was known is told apart.
    """

    __tablename__ = "title_request"
    __table_args__ = (
        Index(
            "uq_title_request_open",
            "title_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_title_request_title", "title_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    title_id: Mapped[int] = mapped_column(ForeignKey("title.id"))
    act: Mapped[str] = mapped_column(String(20))
    begins_on: Mapped[date]
    ban_until: Mapped[date | None]
    ground: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_for: Mapped[str] = mapped_column(String(120), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    opinion: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")

    title: Mapped[Title] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_open(self) -> bool:
        """Whether it waits for the second officer."""
        return self.decided_at is None


class TitleReminder(Base):
    """One reminder of a title's end: written in the transaction that owes its letters, so that
    it is sent once whatever happens to the worker. Without `sent_at` it was passed over."""

    __tablename__ = "title_reminder"
    __table_args__ = (UniqueConstraint("title_id", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title_id: Mapped[int] = mapped_column(ForeignKey("title.id"))
    days: Mapped[int]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

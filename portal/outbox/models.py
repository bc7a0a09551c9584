"""The outbox, and which day's nightly jobs are done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class OutboxMessage(Base):
    """Work owed after a commit. The row is deleted once its handler has finished, so a killed
    worker repeats it: handlers must be idempotent. Holds ids only, never personal values."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "topic", "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")


class NightlyJob(Base):
    """One job of the night: the last day of the city it was done for, and before which moment
    nobody begins it again."""

    __tablename__ = "nightly_job"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    done_on: Mapped[date | None]
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)

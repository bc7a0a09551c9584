"""The reminders of the yearly confirmation."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class ConfirmationReminder(Base):
    """One reminder of one window: written in the transaction that owes its letters, so that it
    is sent once whatever happens to the worker. Without `sent_at` it was passed over."""

    __tablename__ = "confirmation_reminder"
    __table_args__ = (UniqueConstraint("enterprise_id", "confirm_by", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    confirm_by: Mapped[date]
    days: Mapped[int]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""Alerts: one row per saved address and reader."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.alerts.terms import Rhythm, Standing
from portal.database import UtcDateTime
from portal.extensions import Base


class Alert(Base):
    """What somebody wants to be told of: an address of this portal, asked again in a rhythm.

    `reader` tells one person or mail address from another; `mail` is a visitor's own, emptied with
    the end. `known` is what was found when last looked at, packed (`packing`); `due_at` is when to
    look next, None while an immediate one waits for a change.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_due", "due_at", "id"),
        Index("ix_alert_reader", "reader", "id"),
        Index(
            "uq_alert_reader_address",
            "reader",
            "address",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reader: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    mail: Mapped[str] = mapped_column(String(320), default="")
    language: Mapped[str] = mapped_column(String(10))
    watch: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(1000))
    title: Mapped[str] = mapped_column(String(300))
    rhythm: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    muted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told: Mapped[int] = mapped_column(default=0)
    known: Mapped[bytes] = mapped_column(LargeBinary, default=b"")

    person: Mapped[Person | None] = relationship()

    @property
    def standing(self) -> Standing:
        """Where the alert stands."""
        if self.ended_at is not None:
            return Standing.ENDED
        if self.confirmed_at is None:
            return Standing.UNCONFIRMED
        return Standing.ACTIVE if self.muted_at is None else Standing.MUTED

    @property
    def is_immediate(self) -> bool:
        return self.rhythm == Rhythm.IMMEDIATE

"""The fulfilment ledger: steps of an entry's life, the yearly question, waivers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import Money, UtcDateTime
from portal.extensions import Base
from portal.lists.models.editions import Release
from portal.lists.models.entries import Entry


class EntryOutcome(Base):
    """One step of a published entry's life, never rewritten; `amount` in 万元."""

    __tablename__ = "entry_outcome"
    __table_args__ = (Index("ix_entry_outcome_entry", "entry_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    life: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(500), default="")
    amount: Mapped[Decimal | None] = mapped_column(Money)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_as: Mapped[str] = mapped_column(String(20))
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    entry: Mapped[Entry] = relationship()


class StillOpen(Base):
    """The yearly question to a publisher whether an entry is still open."""

    __tablename__ = "still_open"
    __table_args__ = (
        UniqueConstraint("entry_id", "asked_on"),
        Index("ix_still_open_due", "answered_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    entry: Mapped[Entry] = relationship()


class LedgerWaiver(Base):
    """Consent of two officers that a release is published, or archived, although entries have no
    outcome yet; the reason is public."""

    __tablename__ = "ledger_waiver"
    __table_args__ = (Index("ix_ledger_waiver_release", "release_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consented_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    release: Mapped[Release] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    consented_by: Mapped[Person | None] = relationship(foreign_keys=[consented_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

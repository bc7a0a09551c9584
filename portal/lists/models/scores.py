"""What officers give on the scoring sheet of an entry, and declared conflicts of interest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base


class EntryScore(Base):
    """What one officer gave, line by line, and in all; given again, the trail keeps
    what both came to."""

    __tablename__ = "entry_score"
    __table_args__ = (UniqueConstraint("entry_id", "officer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    office: Mapped[str] = mapped_column(String(120), default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[int] = mapped_column(default=0)
    opinion: Mapped[str] = mapped_column(String(1000), default="")
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)

    officer: Mapped[Person] = relationship()


class EntryConflict(Base):
    """An officer's declared conflict of interest: they decide nothing about the entry."""

    __tablename__ = "entry_conflict"
    __table_args__ = (UniqueConstraint("entry_id", "officer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ground: Mapped[str] = mapped_column(String(300))
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)

    officer: Mapped[Person] = relationship()

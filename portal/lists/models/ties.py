"""Entries merged into one, and one split into several."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.models.entries import Entry


class EntryTie(Base):
    """One entry that ended in favour of another: merged into the survivor, or split into a part.

    `state` and `position` are those of the ended entry before, to which undoing brings it back.
    """

    __tablename__ = "entry_tie"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    ended_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_for: Mapped[str] = mapped_column(String(120), default="")
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    ended: Mapped[Entry] = relationship(foreign_keys=[ended_id])
    kept: Mapped[Entry] = relationship(foreign_keys=[kept_id])

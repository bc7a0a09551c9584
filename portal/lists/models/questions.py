"""Questions about a published entry, answered once for all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.models.entries import Entry


class EntryQuestion(Base):
    """A question; public, without who asked, once it is answered. `declined` where the answer
    says why there is none; then only who asked reads it."""

    __tablename__ = "entry_question"
    __table_args__ = (
        Index("ix_entry_question_entry", "entry_id", "answered_at", "id"),
        Index("ix_entry_question_asker", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    question: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(1000), default="")
    declined: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    entry: Mapped[Entry] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

"""The public wording of an entry where it is not the wording sent in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.terms.wordings import WordingState


class EntryWording(Base):
    """One proposal of a curator: `before` and `after` by field name, only of fields that differ.

    It stands in the content when it was consented to, or decided on with a ground, and the wording
    sent in is still `before`. Later proposals supersede earlier ones; all are kept.
    """

    __tablename__ = "entry_wording"
    __table_args__ = (Index("ix_entry_wording_entry", "entry_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    state: Mapped[str] = mapped_column(String(20), default=WordingState.PROPOSED)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(String(500), default="")
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_for: Mapped[str] = mapped_column(String(120), default="")
    answer_by: Mapped[date]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    objection: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ground: Mapped[str] = mapped_column(String(1000), default="")

    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

"""Pairs of records that may be one enterprise, as the nightly comparison found them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.extensions import Base

OPEN = text("dismissed_at IS NULL")


class LikelyPair(Base):
    """Two records, the smaller id first, and why they may be one.

    A dismissed pair stays dismissed until a name changes: `names` is what the two were called.
    """

    __tablename__ = "likely_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        Index("ix_likely_pair_second", "second_id"),
        Index("ix_likely_pair_open", "weight", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    reasons: Mapped[list[Any]]
    weight: Mapped[int]
    names: Mapped[str] = mapped_column(String(250))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    dismissed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dismissed_for: Mapped[str] = mapped_column(String(120), default="")
    ground: Mapped[str] = mapped_column(String(500), default="")

    first: Mapped[Enterprise] = relationship(foreign_keys=[first_id])
    second: Mapped[Enterprise] = relationship(foreign_keys=[second_id])
    dismissed_by: Mapped[Person | None] = relationship()

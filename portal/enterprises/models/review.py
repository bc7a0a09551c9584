"""What was sent for verification and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.extensions import Base


class Submission(Base):
    """What was sent for verification, frozen, and what became of it.

    `facts` maps field names to slugs, texts or numbers; personal fields hold keyed digests.
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    facts: Mapped[dict[str, Any]]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str | None] = mapped_column(String(20))
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ground: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")

    enterprise: Mapped[Enterprise] = relationship()
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

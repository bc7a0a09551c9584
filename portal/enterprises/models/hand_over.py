"""One-time codes by which the bureau hands a record over to its enterprise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.extensions import Base


class HandOverCode(Base):
    """A code shown once and printed in a letter; only its SHA-256 is kept. One is open at most."""

    __tablename__ = "hand_over_code"
    __table_args__ = (
        Index(
            "uq_hand_over_code_open",
            "enterprise_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_hand_over_code_enterprise", "enterprise_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_for: Mapped[str] = mapped_column(String(120), default="")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    enterprise: Mapped[Enterprise] = relationship()
    issued_by: Mapped[Person] = relationship(foreign_keys=[issued_by_id])

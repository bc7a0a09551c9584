"""What was decided on findings of the proof report, and looks at links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class ProofDecision(Base):
    """A finding that may stand, with the ground. `mark` is of kind, field and passage: another
    passage is another finding and is decided on anew."""

    __tablename__ = "proof_decision"
    __table_args__ = (UniqueConstraint("entry_id", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[str] = mapped_column(String(20))
    mark: Mapped[str] = mapped_column(String(64))
    ground: Mapped[str] = mapped_column(String(1000))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")


class LinkCheck(Base):
    """The last look at one public address: what came of it, with which status, when."""

    __tablename__ = "link_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(300), unique=True)
    result: Mapped[str] = mapped_column(String(20))
    status: Mapped[int | None]
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)

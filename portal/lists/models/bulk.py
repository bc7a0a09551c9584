"""Decisions taken on many entries at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class BulkDecision(Base):
    """One decision on the ticked entries of a board. `results` says of each what became of it:
    entry (its id), title, why ('' where it was done)."""

    __tablename__ = "bulk_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    decision: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(1000), default="")
    results: Mapped[list[Any]] = mapped_column(default=list)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

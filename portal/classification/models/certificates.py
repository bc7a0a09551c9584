"""Certificates of the titles the city grants itself: what each states, and the file made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.classification.models.titles import Title
from portal.database import UtcDateTime
from portal.extensions import Base


class TitleCertificate(Base):
    """One certificate as issued; `statement` is frozen then and never rewritten.

    The worker makes the file: from then on the address it leads to, its hash and the characters
    its fonts lack are known. A later certificate takes the place of those before it, which stay.
    """

    __tablename__ = "title_certificate"
    __table_args__ = (UniqueConstraint("title_id", "issue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title_id: Mapped[int] = mapped_column(ForeignKey("title.id"))
    issue: Mapped[int]
    statement: Mapped[dict[str, Any]]
    ground: Mapped[str] = mapped_column(String(500), default="")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_for: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    file_name: Mapped[str] = mapped_column(String(32), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    missing: Mapped[list[Any]] = mapped_column(default=list)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    title: Mapped[Title] = relationship()

"""The parts of a release's review sheet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base


class ReleaseReview(Base):
    """One part of a review sheet as one officer gave it, on the content of `content_code`
    (`portal.lists.content.review_code`). Given again, the one before stays as superseded."""

    __tablename__ = "release_review"
    __table_args__ = (
        Index(
            "uq_release_review_present",
            "release_id",
            "part",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_release_review_release", "release_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    part: Mapped[str] = mapped_column(String(20))
    conclusion: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(1000), default="")
    content_code: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_for: Mapped[str] = mapped_column(String(120), default="")
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    given_by: Mapped[Person] = relationship()

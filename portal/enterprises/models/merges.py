"""Two records of one enterprise made one, by two officers, and undone within a month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.extensions import Base


class Merge(Base):
    """A proposal to merge one record into another that remains.

    `chosen` names the fields whose value the merged record gives. After the consent `before` and
    `given` hold the survivor's values of those fields, plain, and `moved` what followed, by kind;
    after an undoing `kept` says what had changed meanwhile and stayed.
    """

    __tablename__ = "enterprise_merge"
    __table_args__ = (
        Index(
            "uq_enterprise_merge_open",
            "merged_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_enterprise_merge_survivor", "survivor_id", "id"),
        Index("ix_enterprise_merge_merged", "merged_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    survivor_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    chosen: Mapped[list[Any]] = mapped_column(default=list)
    frees_code: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_for: Mapped[str] = mapped_column(String(120), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    opinion: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")
    state_before: Mapped[str] = mapped_column(String(20), default="")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    given: Mapped[dict[str, Any]] = mapped_column(default=dict)
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_ground: Mapped[str] = mapped_column(String(500), default="")
    kept: Mapped[list[Any]] = mapped_column(default=list)

    survivor: Mapped[Enterprise] = relationship(foreign_keys=[survivor_id])
    merged: Mapped[Enterprise] = relationship(foreign_keys=[merged_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

"""What one officer asked to be done to a record and another decided on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.extensions import Base


class StandingRequest(Base):
    """A suspension, its lifting or a removal, asked for with a ground.

    `statement` is the enterprise's answer; `before` the state the record left when a second
    officer consented, to which a lifting leads back.
    """

    __tablename__ = "standing_request"
    __table_args__ = (
        Index(
            "uq_standing_request_open",
            "enterprise_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_standing_request_enterprise", "enterprise_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    act: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20), default="")
    ground: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_for: Mapped[str] = mapped_column(String(120), default="")
    answer_by: Mapped[date | None]
    statement: Mapped[str] = mapped_column(String(2000), default="")
    stated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    before: Mapped[str] = mapped_column(String(20), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    opinion: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")

    enterprise: Mapped[Enterprise] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

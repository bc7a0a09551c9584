"""Who acts for an enterprise, and who asked to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.extensions import Base


class Membership(Base):
    """A person acting for an enterprise; ended, never deleted."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_open",
            "person_id",
            "enterprise_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    enterprise: Mapped[Enterprise] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class Claim(Base):
    """A person's request to act for an enterprise that is on record already.

    An owner decides until `decide_by`; from `with_bureau_since` on the bureau does. `accepted`
    stays empty when the person took the request back.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index(
            "uq_claim_open",
            "person_id",
            "enterprise_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index(
            "ix_claim_decide_by",
            "decide_by",
            "id",
            sqlite_where=text("decided_at IS NULL AND with_bureau_since IS NULL"),
            postgresql_where=text("decided_at IS NULL AND with_bureau_since IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    statement: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decide_by: Mapped[date | None]
    reminded_on: Mapped[date | None]
    with_bureau_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    role: Mapped[str] = mapped_column(String(20), default="", server_default="")
    decided_for: Mapped[str] = mapped_column(String(120), default="", server_default="")
    accepted: Mapped[bool | None]
    ground: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    enterprise: Mapped[Enterprise] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @property
    def is_withdrawn(self) -> bool:
        return self.decided_at is not None and self.accepted is None

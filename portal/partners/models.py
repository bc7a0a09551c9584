"""Partner organisations and who acts for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.partners.terms import Standing


class Partner(Base):
    """An organisation outside the registry, one per credit code."""

    __tablename__ = "partner"
    __table_args__ = (Index("ix_partner_standing", "standing", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    province: Mapped[str] = mapped_column(String(40))
    city: Mapped[str] = mapped_column(String(40))
    standing: Mapped[str] = mapped_column(String(20), default=Standing.UNSEEN)
    ground: Mapped[str] = mapped_column(String(300), default="")
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    looked_for: Mapped[str] = mapped_column(String(60), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class PartnerMember(Base):
    """A person acting for a partner organisation; ended, never deleted."""

    __tablename__ = "partner_member"
    __table_args__ = (
        Index(
            "uq_partner_member_open",
            "person_id",
            "partner_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    partner: Mapped[Partner] = relationship()

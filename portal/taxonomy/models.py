"""Terms, departments and days. Rows are ended by date, never deleted or renamed in place."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Base


class Term(Base):
    """One entry of a vocabulary. `inferred` marks what the plan itself does not state."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("scheme", "slug"),
        Index("ix_term_scheme_sort", "scheme", "sort", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(60))
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200))
    code: Mapped[str | None] = mapped_column(String(20))
    sort: Mapped[int] = mapped_column(default=0)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    inferred: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    parent: Mapped[Term | None] = relationship(remote_side=[id], foreign_keys=[parent_id])


class Department(Base):
    """A public body, with the office and landline it shows to the outside."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name_zh: Mapped[str] = mapped_column(String(60))
    full_name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200))
    office_zh: Mapped[str] = mapped_column(String(60), default="")
    office_en: Mapped[str] = mapped_column(String(120), default="")
    landline: Mapped[str] = mapped_column(String(40), default="")
    sort: Mapped[int] = mapped_column(default=0)
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))

    district: Mapped[Term | None] = relationship(foreign_keys=[district_id])
    zone: Mapped[Term | None] = relationship(foreign_keys=[zone_id])


class CalendarDay(Base):
    """A day of a published year: whether it is worked. Days without a row count by weekday."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(60), default="")

"""Plan → measures → targets → observations."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Exact, UtcDateTime
from portal.extensions import Base
from portal.taxonomy.models import Department


class Plan(Base):
    """One adopted plan with its document number."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title_zh: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(300))
    document_no: Mapped[str] = mapped_column(String(80))
    adopted_on: Mapped[date]
    ends_on: Mapped[date | None]


class Measure(Base):
    """One measure of a plan with its lead and cooperating bodies."""

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    code: Mapped[str] = mapped_column(String(20))
    section: Mapped[str] = mapped_column(String(60))
    name_zh: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(300))
    heading_zh: Mapped[str] = mapped_column(String(200), default="")
    sort: Mapped[int] = mapped_column(default=0)

    bodies: Mapped[list[MeasureBody]] = relationship(order_by="MeasureBody.position")


class MeasureBody(Base):
    """A body responsible for a measure: names before the first comma of the source lead."""

    __tablename__ = "measure_body"
    __table_args__ = (UniqueConstraint("measure_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    leads: Mapped[bool]
    position: Mapped[int]

    department: Mapped[Department] = relationship()


class Target(Base):
    """A target in the words of the source: unit and 超 (more than) or 以上 (at least) kept.

    `value` is None where the source gives no number; `comparator` is gt, ge or rank_front.
    """

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(20), default="")
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(240))
    short_zh: Mapped[str] = mapped_column(String(60), default="")
    short_en: Mapped[str] = mapped_column(String(120), default="")
    value: Mapped[Decimal | None] = mapped_column(Exact)
    unit: Mapped[str] = mapped_column(String(10), default="")
    comparator: Mapped[str] = mapped_column(String(20))
    words_zh: Mapped[str] = mapped_column(String(80))
    words_en: Mapped[str] = mapped_column(String(120))
    deadline: Mapped[date | None]
    recurs: Mapped[str] = mapped_column(String(20), default="")
    section: Mapped[str] = mapped_column(String(60))
    quote: Mapped[str] = mapped_column(Text)
    note_zh: Mapped[str] = mapped_column(String(400), default="")
    headline_order: Mapped[int | None]
    sort: Mapped[int] = mapped_column(default=0)

    plan: Mapped[Plan] = relationship()
    measure: Mapped[Measure | None] = relationship()


class Observation(Base):
    """A reported value; public once a second officer approved it. What the portal counts is
    never one. `as_of` is the cut-off day, `source` who established the value and where."""

    __tablename__ = "observation"
    __table_args__ = (Index("ix_observation_target", "target_id", "as_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    value: Mapped[Decimal] = mapped_column(Exact)
    as_of: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    target: Mapped[Target] = relationship()

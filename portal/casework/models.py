"""Cases and the decisions taken on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.taxonomy.models import Department, Term

OPEN: dict[str, Any] = {
    "sqlite_where": text("closed_at IS NULL"),
    "postgresql_where": text("closed_at IS NULL"),
}


class Case(Base):
    """One thing that waits for officers; closed, never deleted.

    The clock of a stage counts working days from `clock_from` (`days_used` were counted before);
    while it is stopped `due_on` is empty. `order_on` is the due day, or far away when stopped.
    """

    __tablename__ = "work_case"
    __table_args__ = (
        Index("uq_work_case_open", "matter", "subject_kind", "subject_id", unique=True, **OPEN),
        Index("ix_work_case_subject", "subject_kind", "subject_id", "id"),
        Index("ix_work_case_enterprise", "enterprise_id", "id"),
        Index("ix_work_case_due", "order_on", "id", **OPEN),
        Index("ix_work_case_matter", "matter", "stage", "order_on", "id", **OPEN),
        Index("ix_work_case_district", "district_id", "order_on", "id", **OPEN),
        Index("ix_work_case_zone", "zone_id", "order_on", "id", **OPEN),
        Index("ix_work_case_department", "department_id", "order_on", "id", **OPEN),
        Index("ix_work_case_taken", "taken_by_id", "order_on", "id", **OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter: Mapped[str] = mapped_column(String(30))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), default="")
    label: Mapped[str] = mapped_column(String(200))
    enterprise_id: Mapped[int | None]
    district_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    stage: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stage_since: Mapped[datetime] = mapped_column(UtcDateTime)
    clock_from: Mapped[date]
    days_used: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None]
    order_on: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_for: Mapped[str] = mapped_column(String(120), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(30), default="")

    district: Mapped[Term | None] = relationship(foreign_keys=[district_id])
    zone: Mapped[Term | None] = relationship(foreign_keys=[zone_id])
    department: Mapped[Department | None] = relationship()
    taken_by: Mapped[Person | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_stopped(self) -> bool:
        return self.stopped_at is not None


class CaseDecision(Base):
    """What one officer decided in one stage of a case, and for which office."""

    __tablename__ = "case_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("work_case.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")

    decided_by: Mapped[Person | None] = relationship()


class Letter(Base):
    """What the other side was told of a decision, frozen as it was written.

    `reasons` maps field names to what is to be corrected there. One with a person is for that
    person alone, though it is about the enterprise; any other is for all who act for it.
    """

    __tablename__ = "decision_letter"
    __table_args__ = (
        Index("ix_decision_letter_enterprise", "enterprise_id", "id"),
        Index("ix_decision_letter_person", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("work_case.id"), index=True)
    matter: Mapped[str] = mapped_column(String(30))
    outcome: Mapped[str] = mapped_column(String(30))
    enterprise_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    subject_number: Mapped[str] = mapped_column(String(40), default="")
    addressee: Mapped[str] = mapped_column(String(200))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    landline: Mapped[str] = mapped_column(String(40), default="")
    ground: Mapped[str] = mapped_column(Text, default="")
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answer_by: Mapped[date | None]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    department: Mapped[Department | None] = relationship()


class CannedReason(Base):
    """A sentence officers use often: for a field of a matter, or ('') for the opinion itself."""

    __tablename__ = "canned_reason"
    __table_args__ = (UniqueConstraint("matter", "field", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter: Mapped[str] = mapped_column(String(30))
    field: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(String(300))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Objection(Base):
    """An objection to what stands on a public notice; each domain has its own table. Who objects
    is sealed, shown to an officer only on asking, and each showing stands in the trail.

    A person raised it in the portal, or an officer recorded a letter that came in on `came_on`.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    came_on: Mapped[date | None]
    sealed_secret: Mapped[str] = mapped_column(Text)
    statement: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(String(1000), default="")
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handled_for: Mapped[str] = mapped_column(String(120), default="")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Reply(Base):
    """What a body answers that was asked for an opinion; each domain has its own table. One on
    paper is recorded by one officer and confirmed by a second; a record that does not agree with
    the paper is void and the body is awaited again."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(20))
    signer_name: Mapped[str] = mapped_column(String(60), default="")
    signer_post: Mapped[str] = mapped_column(String(80), default="")
    replied_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str] = mapped_column(String(300), default="")

    @declared_attr
    def recorded_by(cls) -> Mapped[Person]:
        return relationship(foreign_keys=[cls.recorded_by_id])  # type: ignore[list-item]

    @property
    def is_in_force(self) -> bool:
        return self.voided_at is None and self.confirmed_at is not None

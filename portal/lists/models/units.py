"""Addressee units of a call, what each handed in, and the entries it forwarded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.models.editions import Release
from portal.lists.models.entries import Entry
from portal.taxonomy.models import Department

IN_FORCE = text("replaced_at IS NULL")


class AddresseeUnit(Base):
    """A public body a call is addressed to, with the number of entries expected of it.

    `due_on` is its last day where that is not the call's; `sent` is what stands handed in, empty
    for nothing, `submissions` how often it has handed in; `reopened_until` lets it do so late.
    """

    __tablename__ = "addressee_unit"
    __table_args__ = (
        UniqueConstraint("release_id", "department_id"),
        Index("ix_addressee_unit_department", "department_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    expected: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date | None]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_on: Mapped[date | None]
    reopened_until: Mapped[date | None]
    reopened_reason: Mapped[str] = mapped_column(String(300), default="")
    sent: Mapped[str] = mapped_column(String(20), default="")
    submissions: Mapped[int] = mapped_column(default=0)

    release: Mapped[Release] = relationship()
    department: Mapped[Department] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def last_day(self) -> date | None:
        """The day until which the unit owes its submission; None while the call names none."""
        return self.due_on or self.release.call_closes_on


class UnitSubmission(Base):
    """One handing-in of a unit, kept as it was: `entries` and `forwarded` name what it held."""

    __tablename__ = "unit_submission"
    __table_args__ = (UniqueConstraint("unit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("addressee_unit.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(Text, default="")
    entries: Mapped[list[Any]] = mapped_column(default=list)
    forwarded: Mapped[list[Any]] = mapped_column(default=list)
    is_late: Mapped[bool] = mapped_column(default=False)
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")

    unit: Mapped[AddresseeUnit] = relationship()
    handed_in_by: Mapped[Person] = relationship(foreign_keys=[handed_in_by_id])


class EntryForwarding(Base):
    """A unit's opinion on an entry of an enterprise located with it; a new one replaces it."""

    __tablename__ = "entry_forwarding"
    __table_args__ = (
        Index(
            "uq_entry_forwarding_in_force",
            "entry_id",
            "unit_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        Index("ix_entry_forwarding_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("addressee_unit.id"))
    supported: Mapped[bool]
    ground: Mapped[str] = mapped_column(Text, default="")
    forwarded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    forwarded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    entry: Mapped[Entry] = relationship()
    unit: Mapped[AddresseeUnit] = relationship()

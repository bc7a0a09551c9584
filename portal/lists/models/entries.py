"""Entries and the decisions on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.enterprises.models import Enterprise
from portal.extensions import Base, where
from portal.lists.terms.entries import EntryState, Life
from portal.taxonomy.models import Department, Term

if TYPE_CHECKING:
    from portal.lists.models.editions import Release
    from portal.lists.models.subtypes import EntrySubtype


# What lists are filtered by: a row that does not pass is left out without being read.
FILTERED = (
    *("life", "standing", "closes_on", "district_id", "zone_id", "field_id", "node_id"),
    *("publisher_kind", "subtype_id", "number"),
)


class Entry(Base):
    """One entry of a release. What the public reads is `snapshot`, kept once released; only
    `life` and its `outcome` go on changing. `anonymous` hides the publisher from everybody but
    officers; `node` is its place in an industry chain; `continues` is the published entry of an
    earlier year this one carries on (续)."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_release_position", "release_id", "state", "position", "id", *FILTERED),
        Index("ix_entry_enterprise", "enterprise_id", "id", **where("enterprise_id IS NOT NULL")),
        Index("ix_entry_author", "created_by_id", "id"),
        Index("ix_entry_continues", "continues_id", "id", **where("continues_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    subtype_id: Mapped[int] = mapped_column(ForeignKey("entry_subtype.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=EntryState.DRAFT)
    life: Mapped[str] = mapped_column(String(20), default=Life.OPEN)
    outcome: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    title_en: Mapped[str] = mapped_column(String(240), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    basis: Mapped[str] = mapped_column(String(300), default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))
    provider_name: Mapped[str] = mapped_column(String(120), default="")
    provider_name_en: Mapped[str] = mapped_column(String(200), default="")
    publisher_kind: Mapped[str] = mapped_column(String(20), default="")
    leads: Mapped[list[Any]] = mapped_column(default=list)
    cooperating: Mapped[list[Any]] = mapped_column(default=list)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    node_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    standing: Mapped[bool] = mapped_column(default=False)
    office: Mapped[str] = mapped_column(String(60), default="")
    landline: Mapped[str] = mapped_column(String(40), default="")
    anonymous: Mapped[bool] = mapped_column(default=False)
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    snapshot: Mapped[dict[str, Any] | None]

    release: Mapped[Release] = relationship(back_populates="entries")
    subtype: Mapped[EntrySubtype] = relationship()
    department: Mapped[Department | None] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()
    field: Mapped[Term | None] = relationship(foreign_keys=[field_id])
    node: Mapped[Term | None] = relationship(foreign_keys=[node_id])
    district: Mapped[Term | None] = relationship(foreign_keys=[district_id])
    zone: Mapped[Term | None] = relationship(foreign_keys=[zone_id])
    continues: Mapped[Entry | None] = relationship(remote_side=[id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class EntryDecision(Base):
    """One decision of a curator on an entry, with the reasons the submitter reads.

    `facts` are the entry's facts as they were decided on, so that a corrected entry can be
    compared with what was sent before.
    """

    __tablename__ = "entry_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    decision: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ground: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")

    decided_by: Mapped[Person] = relationship()

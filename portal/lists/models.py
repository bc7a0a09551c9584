"""Editions, releases, entries, decisions and sign-offs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.enterprises.models import Enterprise
from portal.extensions import Base
from portal.lists.terms import PUBLIC_STATES, EditionState, EntryState, Life
from portal.taxonomy.models import Department, Term


class EntrySubtype(Base):
    """The form of one subtype as data: `fields` is a list of field descriptions
    (key, label_zh, label_en, type, unit, required, public, max_length, choices, in_row)."""

    __tablename__ = "entry_subtype"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(40))
    name_zh: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(120))
    description_zh: Mapped[str] = mapped_column(String(200), default="")
    description_en: Mapped[str] = mapped_column(String(300), default="")
    takes_interest: Mapped[bool] = mapped_column(default=True)
    fields: Mapped[list[Any]] = mapped_column(default=list)
    sort: Mapped[int] = mapped_column(default=0)


class Edition(Base):
    """One list of one year."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("year", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title_zh: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(200))
    foreword_zh: Mapped[str] = mapped_column(Text, default="")
    foreword_en: Mapped[str] = mapped_column(Text, default="")
    is_sample: Mapped[bool] = mapped_column(default=False)

    bodies: Mapped[list[EditionBody]] = relationship(
        back_populates="edition", order_by="EditionBody.position"
    )
    releases: Mapped[list[Release]] = relationship(
        back_populates="edition", order_by="Release.number"
    )


class EditionBody(Base):
    """A lead body that signs, in the order of `position`, or a cooperating one."""

    __tablename__ = "edition_body"
    __table_args__ = (UniqueConstraint("edition_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    leads: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)

    edition: Mapped[Edition] = relationship(back_populates="bodies")
    department: Mapped[Department] = relationship()


class Release(Base):
    """A numbered release (批次): what is curated, signed and published in one act.

    On entering co-sign `content` is frozen as canonical JSON (docs/release-content.md) and
    `check_code` is its SHA-256; what is signed is byte for byte what is published. `changed_at`
    moves with every decision and every new order, and with it the version.
    """

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        Index("ix_release_state", "state", "scheduled_for"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default=EditionState.PLANNED)
    call_opens_on: Mapped[date | None]
    call_closes_on: Mapped[date | None]
    document_no: Mapped[str] = mapped_column(String(80), default="")
    dated_on: Mapped[date | None]
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content: Mapped[str | None] = mapped_column(Text)
    check_code: Mapped[str | None] = mapped_column(String(64))
    content_version: Mapped[str] = mapped_column(String(10), default="1.0")
    scheduled_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    edition: Mapped[Edition] = relationship(back_populates="releases")
    entries: Mapped[list[Entry]] = relationship(
        back_populates="release", order_by="(Entry.position, Entry.id)"
    )
    sign_offs: Mapped[list[SignOff]] = relationship(back_populates="release", order_by="SignOff.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES


class Entry(Base):
    """One entry of a release. What the public reads is `snapshot`, kept once released; only
    `life` and its `outcome` go on changing."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_release_position", "release_id", "state", "position", "id"),
        Index("ix_entry_enterprise", "enterprise_id", "id"),
        Index("ix_entry_author", "created_by_id", "id"),
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
    district_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    standing: Mapped[bool] = mapped_column(default=False)
    office: Mapped[str] = mapped_column(String(60), default="")
    landline: Mapped[str] = mapped_column(String(40), default="")
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
    district: Mapped[Term | None] = relationship(foreign_keys=[district_id])
    zone: Mapped[Term | None] = relationship(foreign_keys=[zone_id])

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


class SignOff(Base):
    """A lead body's consent to exactly the content of `check_code`.

    On paper: name, post, date and reference of who signed, recorded by one officer and
    confirmed by a second. Void as soon as anything changes afterwards.
    """

    __tablename__ = "sign_off"
    __table_args__ = (
        Index(
            "uq_sign_off_in_force",
            "release_id",
            "department_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    way: Mapped[str] = mapped_column(String(20))
    check_code: Mapped[str] = mapped_column(String(64))
    signer_name: Mapped[str] = mapped_column(String(60), default="")
    signer_post: Mapped[str] = mapped_column(String(80), default="")
    signed_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str] = mapped_column(String(300), default="")

    release: Mapped[Release] = relationship(back_populates="sign_offs")
    department: Mapped[Department] = relationship()
    recorded_by: Mapped[Person] = relationship(foreign_keys=[recorded_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])

    @property
    def is_in_force(self) -> bool:
        return self.voided_at is None and self.confirmed_at is not None

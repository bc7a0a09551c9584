"""Editions, their bodies and releases."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.terms.editions import PUBLIC_STATES, EditionState
from portal.taxonomy.models import Department

if TYPE_CHECKING:
    from portal.lists.models.entries import Entry
    from portal.lists.models.signing import SignOff


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
    moves with every decision and every new order, and with it the version. What stands before the
    signing: the opinion of other bodies where `asks_opinions`, a public notice of `notice_days`
    working days, 0 for none.
    """

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        Index("ix_release_state", "state", "scheduled_for"),
        Index("ix_release_published", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default=EditionState.PLANNED)
    asks_opinions: Mapped[bool] = mapped_column(default=False)
    notice_days: Mapped[int] = mapped_column(default=0)
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

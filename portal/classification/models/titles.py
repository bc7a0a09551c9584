"""Kinds of titles as data, and the titles enterprises hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.enterprises.models import Enterprise
from portal.extensions import Base
from portal.taxonomy.models import Department

UNDECIDED: dict[str, Any] = {
    "sqlite_where": text("decided_at IS NULL"),
    "postgresql_where": text("decided_at IS NULL"),
}


class TitleKind(Base):
    """A title that exists, whoever grants it. `family` joins kinds counted together (a little
    giant is also a specialized-new enterprise); `levels` lists the levels it is granted at."""

    __tablename__ = "title_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    family: Mapped[str] = mapped_column(String(60), index=True)
    levels: Mapped[list[Any]] = mapped_column(default=list)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    short_name_zh: Mapped[str] = mapped_column(String(40), default="")
    short_name_en: Mapped[str] = mapped_column(String(80), default="")
    claimed_as: Mapped[list[Any]] = mapped_column(default=list)
    grantor_zh: Mapped[str] = mapped_column(String(200))
    grantor_en: Mapped[str] = mapped_column(String(300))
    description_zh: Mapped[str] = mapped_column(Text, default="")
    description_en: Mapped[str] = mapped_column(Text, default="")
    official_platform_zh: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    unit_zh: Mapped[str] = mapped_column(String(4), default="户")
    target_code: Mapped[str | None] = mapped_column(String(20))
    number_hint_zh: Mapped[str] = mapped_column(String(120), default="")
    validity_months: Mapped[int | None]
    granted_here: Mapped[bool] = mapped_column(default=False)
    lead_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    sort: Mapped[int] = mapped_column(default=0)

    lead_department: Mapped[Department | None] = relationship()


class Title(Base):
    """One title of one enterprise, with its basis.

    A correction supersedes the row and adds a new one that `corrects` it, a withdrawal only
    supersedes, so what was known on any day can be told (`recorded_at`, `superseded_at`).
    `valid_until` is the last day it holds; `subject` is the product, platform or project of a
    title that an enterprise may hold more than once. A place on a published list is a number
    only together with its batch.
    """

    __tablename__ = "title"
    __table_args__ = (
        Index("ix_title_counted", "kind_id", "valid_from", "valid_until"),
        Index("ix_title_enterprise", "enterprise_id", "kind_id"),
        Index("ix_title_recorded", "recorded_at", "id"),
        Index("ix_title_ending", "valid_until", "id"),
        Index(
            "uq_title_number",
            "kind_id",
            "level",
            "batch",
            "number",
            unique=True,
            sqlite_where=text("superseded_at IS NULL AND number <> ''"),
            postgresql_where=text("superseded_at IS NULL AND number <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("title_kind.id"))
    level: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(60), default="")
    batch: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[str] = mapped_column(String(120), default="")
    granted_on: Mapped[date]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source_title: Mapped[str] = mapped_column(String(200))
    source_number: Mapped[str] = mapped_column(String(80), default="")
    source_date: Mapped[date]
    source_url: Mapped[str] = mapped_column(String(300), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    superseded_ground: Mapped[str] = mapped_column(String(500), default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("title.id"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("official_list.id"), index=True)

    enterprise: Mapped[Enterprise] = relationship()
    kind: Mapped[TitleKind] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class TitleClaim(Base):
    """A title claimed for an enterprise, to be verified: never counted, never public.

    An import names it (`import_job_id`, in the sheet's `words`, often without a level), or a
    member claims it with what the source document states and a file of evidence. It is settled
    by the title recorded for it, refused with a ground, or taken back.
    """

    __tablename__ = "title_claim"
    __table_args__ = (
        Index("ix_title_claim_open", "kind_id", "id", **UNDECIDED),
        Index("uq_title_claim_open", "enterprise_id", "kind_id", "level", unique=True, **UNDECIDED),
        Index("ix_title_claim_enterprise", "enterprise_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("title_kind.id"))
    level: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(String(120), default="")
    import_job_id: Mapped[int | None] = mapped_column(ForeignKey("import_job.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), default="")
    batch: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[str] = mapped_column(String(120), default="")
    granted_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    source_title: Mapped[str] = mapped_column(String(200), default="")
    source_number: Mapped[str] = mapped_column(String(80), default="")
    source_date: Mapped[date | None]
    source_url: Mapped[str] = mapped_column(String(300), default="")
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    title_id: Mapped[int | None] = mapped_column(ForeignKey("title.id"))
    ground: Mapped[str] = mapped_column(String(500), default="")

    enterprise: Mapped[Enterprise] = relationship()
    kind: Mapped[TitleKind] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it."""
        return self.decided_at is None

    @property
    def is_own(self) -> bool:
        """Whether the enterprise itself claims it, with particulars and evidence."""
        return self.claimed_by_id is not None

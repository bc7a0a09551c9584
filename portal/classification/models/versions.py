"""Versions of the rules for titles: their text as loaded, and the dates on which each judges."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.classification.models.titles import TitleKind
from portal.classification.terms.versions import DIGEST_METHOD, VersionState
from portal.database import UtcDateTime
from portal.extensions import Base

HOLDS = text("superseded_at IS NULL")


class RuleVersion(Base):
    """One rule file: its whole text with digest, what it says of itself, and what became of it.

    The text of a version that was put in force, or was proposed, never changes. Dates are those
    the file states; from when to when it judges is said by `RuleForce`. `series` joins versions
    that follow one another; the size table is of no title.
    """

    __tablename__ = "rule_version"
    __table_args__ = (Index("ix_rule_version_series", "series", "effective_from", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    series: Mapped[str] = mapped_column(String(60))
    title_kind_id: Mapped[int | None] = mapped_column(ForeignKey("title_kind.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=VersionState.DRAFT)
    name_zh: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text, deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    digest_method: Mapped[str] = mapped_column(String(20), default=DIGEST_METHOD)
    effective_from: Mapped[date]
    effective_until: Mapped[date | None]
    source_title: Mapped[str] = mapped_column(String(300))
    source_number: Mapped[str] = mapped_column(String(120), default="")
    source_url: Mapped[str] = mapped_column(String(300), default="")
    confidence: Mapped[str] = mapped_column(String(20))
    indicative: Mapped[bool] = mapped_column(default=False)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("rule_version.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposal: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ground: Mapped[str] = mapped_column(String(500), default="")

    title_kind: Mapped[TitleKind | None] = relationship()
    based_on: Mapped[RuleVersion | None] = relationship(remote_side=[id])
    created_by: Mapped[Person | None] = relationship(foreign_keys=[created_by_id])
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class RuleForce(Base):
    """From when to when a version judges applications and re-checks, both days included.

    A row is ended (`superseded_at`) and a new one added when a later version ends an open one, so
    that what was in force on a day can also be told as it was known on another.
    """

    __tablename__ = "rule_force"
    __table_args__ = (
        Index(
            "uq_rule_force_holds",
            "rule_version_id",
            unique=True,
            sqlite_where=HOLDS,
            postgresql_where=HOLDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    effective_from: Mapped[date]
    effective_until: Mapped[date | None]
    recheck_from: Mapped[date | None]
    recheck_until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("rule_version.id"))

    rule_version: Mapped[RuleVersion] = relationship(foreign_keys=[rule_version_id])

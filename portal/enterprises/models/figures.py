"""The figures of a record: what may be stated, and what was stated, by whom and since when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.enterprises.rules.figure_values import Value, read
from portal.enterprises.terms.figures import Kind
from portal.extensions import Base


class Metric(Base):
    """One figure that can be stated, as `fixtures/metrics.yaml` describes it.

    `years` says how many years back it is asked for, 0 for one statement without a year; `span`
    over how many years a sum runs. `minimum` and `maximum` are exact texts, `at_most` and `same_as`
    name other metrics of the same year. `choices` holds slug, zh and en.
    """

    __tablename__ = "metric"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    group: Mapped[str] = mapped_column(String(20))
    sort: Mapped[int] = mapped_column(default=0)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    scope_zh: Mapped[str] = mapped_column(String(200), default="")
    scope_en: Mapped[str] = mapped_column(String(300), default="")
    unit: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    years: Mapped[int] = mapped_column(default=0)
    span: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[str | None] = mapped_column(String(40))
    maximum: Mapped[str | None] = mapped_column(String(40))
    at_most: Mapped[str | None] = mapped_column(String(40))
    same_as: Mapped[str | None] = mapped_column(String(40))
    may_be_public: Mapped[bool] = mapped_column(default=False)
    filled_by: Mapped[str] = mapped_column(String(20))
    choices: Mapped[list[Any]] = mapped_column(default=list)

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.WHOLE, Kind.DECIMAL)


OPEN = "superseded_at IS NULL"


class Figure(Base):
    """One statement: this figure of this year has this value, says this source.

    Rows are ended, never overwritten; of one source at most one row stands open. `value` is the
    exact text of `figure_values`. `note` says why an unusual value was kept, or what an officer
    checked it against; `origin` what brought it in bulk (`import:12`).
    """

    __tablename__ = "figure"
    __table_args__ = (
        Index(
            "uq_figure_open_dated",
            "enterprise_id",
            "metric",
            "year",
            "source",
            unique=True,
            sqlite_where=text(f"{OPEN} AND year IS NOT NULL"),
            postgresql_where=text(f"{OPEN} AND year IS NOT NULL"),
        ),
        Index(
            "uq_figure_open_undated",
            "enterprise_id",
            "metric",
            "source",
            unique=True,
            sqlite_where=text(f"{OPEN} AND year IS NULL"),
            postgresql_where=text(f"{OPEN} AND year IS NULL"),
        ),
        Index("ix_figure_enterprise_year", "enterprise_id", "year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    metric: Mapped[str] = mapped_column(ForeignKey("metric.code"))
    year: Mapped[int | None]
    value: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[date]
    note: Mapped[str] = mapped_column(String(300), default="")
    origin: Mapped[str] = mapped_column(String(40), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def read(self, metric: Metric) -> Value:
        """Return the value as its kind has it: int, Decimal, bool, date, or a slug."""
        return read(metric.kind, self.value)


class ShownFigure(Base):
    """A figure the enterprise chose to show on its public profile; ended, never deleted."""

    __tablename__ = "shown_figure"
    __table_args__ = (Index("ix_shown_figure_enterprise", "enterprise_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    metric: Mapped[str] = mapped_column(ForeignKey("metric.code"))
    year: Mapped[int | None]
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""Trials of rule versions over the registry: the run, and each enterprise that would stand
otherwise."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.classification.models.versions import RuleVersion
from portal.classification.terms.trials import TrialState
from portal.database import UtcDateTime
from portal.extensions import Base


class RuleTrial(Base):
    """One run of a version over the registry, compared with another on the same day and facts.

    `reached` is the last enterprise judged: a killed worker goes on behind it. `digest` is the
    text that is tried; once a draft is saved anew the run stops, because it would mix two texts.
    `counts` are enterprises by (verdict before, verdict after).
    """

    __tablename__ = "rule_trial"
    __table_args__ = (Index("ix_rule_trial_version", "rule_version_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    digest: Mapped[str] = mapped_column(String(64))
    against_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    on_day: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=TrialState.RUNNING)
    total: Mapped[int] = mapped_column(default=0)
    judged: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    rule_version: Mapped[RuleVersion] = relationship(foreign_keys=[rule_version_id])
    against: Mapped[RuleVersion] = relationship(foreign_keys=[against_id])
    created_by: Mapped[Person | None] = relationship(foreign_keys=[created_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class RuleTrialRow(Base):
    """An enterprise that would stand otherwise; `reasons` are the criteria that decide it.

    The enterprise is named by its number alone, so that a record may go while the trial stays.
    """

    __tablename__ = "rule_trial_row"
    __table_args__ = (
        UniqueConstraint("trial_id", "enterprise_id"),
        Index("ix_rule_trial_row_outcome", "trial_id", "outcome", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trial_id: Mapped[int] = mapped_column(ForeignKey("rule_trial.id"))
    enterprise_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    low_before: Mapped[float | None]
    high_before: Mapped[float | None]
    low_after: Mapped[float | None]
    high_after: Mapped[float | None]
    reasons: Mapped[list[Any]] = mapped_column(default=list)

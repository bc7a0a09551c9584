"""Assessments as stored, and which of them says how an enterprise stands now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.classification.models.titles import TitleKind
from portal.classification.models.versions import RuleVersion
from portal.classification.terms.assessments import DIGEST_METHOD
from portal.database import UtcDateTime
from portal.enterprises.models import Enterprise
from portal.extensions import Base


class Assessment(Base):
    """The facts of an enterprise judged by a rule version: never changed, once for each input.

    `snapshot` is the canonical text of the facts with their sources, `facts_digest` its digest.
    Points are kept as floats to be sorted by; the exact ones follow from snapshot and version, as
    the explanation does, which is kept for assessments that a decision rests on.
    """

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("enterprise_id", "rule_version_id", "facts_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"), index=True)
    judged_on: Mapped[date]
    snapshot: Mapped[str] = mapped_column(Text, deferred=True)
    facts_digest: Mapped[str] = mapped_column(String(64))
    digest_method: Mapped[str] = mapped_column(String(20), default=DIGEST_METHOD)
    verdict: Mapped[str] = mapped_column(String(20))
    gap: Mapped[str] = mapped_column(String(20))
    low: Mapped[float | None]
    high: Mapped[float | None]
    explanation: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    enterprise: Mapped[Enterprise] = relationship()
    rule_version: Mapped[RuleVersion] = relationship()


class Precheck(Base):
    """How an enterprise stands now by the version of a series that judges it.

    It points to an assessment and repeats what officers list and filter by. `lasts_until` is the
    last day on which the same facts come to the same; `missing` counts facts; `summary` holds what
    is short, missing or open to judgement.
    """

    __tablename__ = "precheck"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "series"),
        Index("ix_precheck_near", "title_kind_id", "gap", "missing", "enterprise_id"),
        Index("ix_precheck_lasts_until", "lasts_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    series: Mapped[str] = mapped_column(String(60))
    title_kind_id: Mapped[int | None] = mapped_column(ForeignKey("title_kind.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    gap: Mapped[str] = mapped_column(String(20))
    missing: Mapped[int]
    holds: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lasts_until: Mapped[date]

    enterprise: Mapped[Enterprise] = relationship()
    assessment: Mapped[Assessment] = relationship()
    title_kind: Mapped[TitleKind | None] = relationship()

"""How enterprises stand by the versions that judge today: judged from facts, and as stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from portal.classification import parsed_rules
from portal.classification.criteria.library import SIZES
from portal.classification.criteria.nodes import Version
from portal.classification.criteria.reads import facts_read
from portal.classification.fact_sources import title_facts
from portal.classification.models.assessments import Assessment, Precheck
from portal.classification.models.titles import TitleKind
from portal.classification.models.versions import RuleVersion
from portal.classification.queries.facts import Registered
from portal.classification.queries.versions import InForce, chosen, versions_put_in_force
from portal.classification.rules.assessments import (
    Explanation,
    Inputs,
    Judged,
    explanation_of,
    inputs_of,
    judged,
)
from portal.classification.terms.versions import Purpose
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import State
from portal.extensions import db

UNJUDGED = frozenset({State.DRAFT, State.IMPORTING, State.REFUSED, State.MERGED, State.REMOVED})


@dataclass(frozen=True)
class Standing:
    """One series on a day: the version that judges, what it is given, whether the title is held."""

    rules: InForce
    title_kind_id: int | None
    inputs: Inputs
    holds: bool

    @property
    def version(self) -> Version:
        """The version as the engine reads it."""
        return self.rules.version

    @cached_property
    def judged(self) -> Judged:
        """What it comes to."""
        return judged(self.version, self.inputs, parsed_rules.vocabulary())

    @cached_property
    def explanation(self) -> Explanation:
        """The whole explanation as plain data."""
        return explanation_of(self.judged, parsed_rules.vocabulary())


class Rules:
    """The versions that judge on a day, read in one statement for any number of enterprises."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.every = versions_put_in_force()
        self.sizes = chosen(self.every, SIZES, on, Purpose.APPLICATION)

    @cached_property
    def kinds(self) -> dict[str, int]:
        """The ids of titles by slug."""
        rows = db.session.execute(select(TitleKind.slug, TitleKind.id))
        return {row.slug: row.id for row in rows}

    def of_series(self, series: str, holds: frozenset[str]) -> InForce | None:
        """Return the version for an enterprise that holds these titles: re-checks have theirs."""
        applying = chosen(self.every, series, self.on, Purpose.APPLICATION)
        again = chosen(self.every, series, self.on, Purpose.RECHECK)
        return again if again is not None and again.version.title in holds else applying

    @cached_property
    def series(self) -> list[str]:
        """The series that judge, look-ups in a list of titles left out."""
        return [
            name
            for name in dict.fromkeys(one.version.series for one in self.every)
            if not is_look_up(self.of_series(name, frozenset()))
        ]

    def standings(self, known: Registered) -> list[Standing]:
        """Return an enterprise's standing in every series, nothing judged yet."""
        found = (self.of_series(name, known.holds) for name in self.series)
        return [self.standing(rules, known) for rules in found if rules is not None]

    def standing(self, rules: InForce, known: Registered) -> Standing:
        """Return an enterprise's standing by one version."""
        sizes = self.sizes.version if self.sizes else None
        holds = rules.version.title in known.holds
        vocabulary = parsed_rules.vocabulary()
        inputs = inputs_of(rules.version, known.facts, sizes, vocabulary, holds)
        return Standing(rules, self.kinds.get(rules.version.title or ""), inputs, holds)


def is_look_up(rules: InForce | None) -> bool:
    """Say whether a version only asks if a title stands on record, or none judges at all."""
    if rules is None:
        return True
    return facts_read(rules.version) <= {fact.fact for fact in title_facts()}


def prechecks_of(enterprise_ids: Collection[int]) -> dict[tuple[int, str], Precheck]:
    """Return what is stored of enterprises, by enterprise and series, in one statement."""
    rows = db.session.scalars(
        select(Precheck)
        .where(Precheck.enterprise_id.in_(enterprise_ids))
        .options(joinedload(Precheck.assessment))
        .order_by(Precheck.enterprise_id, Precheck.series)
    )
    return {(row.enterprise_id, row.series): row for row in rows}


def assessments_with(
    keys: Collection[tuple[int, int, str]],
) -> dict[tuple[int, int, str], Assessment]:
    """Return what is stored for these enterprises, versions and digests, in one statement."""
    if not keys:
        return {}
    rows = db.session.scalars(
        select(Assessment).where(
            Assessment.enterprise_id.in_({key[0] for key in keys}),
            Assessment.facts_digest.in_({key[2] for key in keys}),
        )
    )
    found = {(row.enterprise_id, row.rule_version_id, row.facts_digest): row for row in rows}
    return {key: row for key, row in found.items() if key in keys}


def stored_after(assessment_id: int, limit: int) -> Sequence[Assessment]:
    """Return the next stored results with their snapshots and the texts of their versions."""
    return db.session.scalars(
        select(Assessment)
        .where(Assessment.id > assessment_id)
        .options(
            undefer(Assessment.snapshot),
            joinedload(Assessment.rule_version).undefer(RuleVersion.text),
        )
        .order_by(Assessment.id)
        .limit(limit)
    ).all()


def still_stands(kept: Precheck | None, now: Standing, on: date) -> bool:
    """Say whether what is stored is what judging again would give."""
    if kept is None or kept.lasts_until < on or kept.holds != now.holds:
        return False
    stored = kept.assessment
    same_rules = stored.rule_version_id == now.rules.id
    return same_rules and stored.facts_digest == now.inputs.digest_on(stored.judged_on)


def enterprises_after(enterprise_id: int, limit: int) -> Sequence[int]:
    """Return the next enterprises that are judged, by id."""
    return db.session.scalars(
        select(Enterprise.id)
        .where(Enterprise.id > enterprise_id, Enterprise.state.not_in(UNJUDGED))
        .order_by(Enterprise.id)
        .limit(limit)
    ).all()


def enterprises_due(on: date, after: int, limit: int) -> Sequence[int]:
    """Return the next enterprises of which something is not stored or no longer lasts, by id."""
    stands = (
        select(func.count(Precheck.id))
        .where(Precheck.enterprise_id == Enterprise.id, Precheck.lasts_until >= on)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(Enterprise.id)
        .where(
            Enterprise.id > after,
            Enterprise.state.not_in(UNJUDGED),
            stands < len(Rules(on).series),
        )
        .order_by(Enterprise.id)
        .limit(limit)
    ).all()

"""The registry's facts as the engine reads them: a fixed number of statements, however many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from portal.classification.criteria.facts import Fact, Facts
from portal.classification.criteria.vocabulary import YEARS_KEPT, Ref
from portal.classification.fact_sources import TitleFact, title_facts
from portal.classification.models.titles import Title, TitleClaim, TitleKind
from portal.classification.queries.clocks import in_force, known
from portal.classification.rules.facts import exact_value, ref_of, without_contradictions
from portal.classification.terms.facts import FactSource, title_source
from portal.enterprises.models import Enterprise, Figure, Metric
from portal.enterprises.queries.figures import in_years, metrics
from portal.enterprises.rules.figure_values import read
from portal.enterprises.terms.figures import PRECEDENCE, Source
from portal.extensions import db
from portal.taxonomy.models import Term

Known = dict[Ref, Fact]
INDUSTRY = Ref("industry_code", 0)


class HeldTitle(NamedTuple):
    """What of a title facts are read from; `is_claim`: named for the firm, not yet verified."""

    kind: str
    level: str
    number: str
    is_claim: bool = False


@dataclass(frozen=True)
class Registered:
    """What the registry knows of an enterprise on a date: its facts, and the titles it holds."""

    facts: Facts
    holds: frozenset[str]


def facts_of(enterprise_ids: Collection[int], on: date) -> dict[int, Facts]:
    """Return what the registry knows of each enterprise, for an application on a date.

    Read from five statements: at most a few thousand enterprises at a time. Every fact names its
    source; of a figure's sources the strongest speaks (`PRECEDENCE`). What nobody stated, and what
    contradicts a stronger statement, is missing. An unknown id is left out.
    """
    return {key: found.facts for key, found in registered(enterprise_ids, on).items()}


def registered(enterprise_ids: Collection[int], on: date) -> dict[int, Registered]:
    """Return the same with the slugs of the titles each holds on the date."""
    every = metrics()
    limits = {metric.code: metric.at_most for metric in every.values() if metric.at_most}
    stated = stated_facts(enterprise_ids, every, on)
    held = held_titles(enterprise_ids, on)
    found = {}
    for enterprise_id, record in record_facts(enterprise_ids).items():
        titles = held.get(enterprise_id, [])
        facts = {**record, **stated.get(enterprise_id, {}), **facts_of_titles(titles)}
        found[enterprise_id] = Registered(
            Facts(on, without_contradictions(facts, limits)),
            frozenset(title.kind for title in titles if not title.is_claim),
        )
    return found


def record_facts(enterprise_ids: Collection[int]) -> dict[int, Known]:
    """Return per enterprise what its record itself says; every known id has an entry."""
    district, industry = Term.__table__.alias("d"), Term.__table__.alias("i")
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.uscc,
            Enterprise.established_on,
            district.c.code.label("district"),
            industry.c.code.label("industry"),
        )
        .outerjoin(district, Enterprise.district_id == district.c.id)
        .outerjoin(industry, Enterprise.industry_id == industry.c.id)
        .where(Enterprise.id.in_(enterprise_ids))
        .order_by(Enterprise.id)
    )
    found = {}
    for row in rows:
        values = {
            Ref("uscc"): row.uscc,
            Ref("reg_date"): row.established_on,
            Ref("reg_region"): row.district,
            INDUSTRY: row.industry,
        }
        found[row.id] = {
            ref: Fact(value, FactSource.RECORD) for ref, value in values.items() if value
        }
    return found


def stated_facts(
    enterprise_ids: Collection[int], every: Mapping[str, Metric], on: date
) -> dict[int, Known]:
    """Return per enterprise its figures of the last complete years, and those without a year."""
    years = [None, *(on.year - 1 - back for back in range(YEARS_KEPT))]
    rows = db.session.execute(
        select(Figure.enterprise_id, Figure.metric, Figure.year, Figure.value, Figure.source)
        .where(
            Figure.enterprise_id.in_(enterprise_ids),
            Figure.superseded_at.is_(None),
            in_years(years),
        )
        .order_by(Figure.enterprise_id, Figure.id)
    )
    found: dict[int, Known] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: PRECEDENCE.index(Source(row.source))):
        metric = every[row.metric]
        ref = ref_of(row.metric, metric.years, row.year, on)
        if ref is not None and ref not in found[row.enterprise_id]:
            value = exact_value(read(metric.kind, row.value))
            found[row.enterprise_id][ref] = Fact(value, row.source)
    return found


def held_titles(enterprise_ids: Collection[int], on: date) -> dict[int, list[HeldTitle]]:
    """Return per enterprise the titles valid on a date and those claimed but not yet verified."""
    valid = db.session.execute(
        select(Title.enterprise_id, TitleKind.slug, Title.level, Title.number)
        .join(TitleKind, Title.kind_id == TitleKind.id)
        .where(Title.enterprise_id.in_(enterprise_ids), known(Title, None), in_force(on))
        .order_by(Title.enterprise_id, Title.valid_from, Title.id)
    )
    claimed = db.session.execute(
        select(TitleClaim.enterprise_id, TitleKind.slug, TitleClaim.level)
        .join(TitleKind, TitleClaim.kind_id == TitleKind.id)
        .where(TitleClaim.enterprise_id.in_(enterprise_ids), TitleClaim.decided_at.is_(None))
        .order_by(TitleClaim.enterprise_id, TitleClaim.id)
    )
    found: dict[int, list[HeldTitle]] = defaultdict(list)
    for enterprise_id, kind, level, number in valid:
        found[enterprise_id].append(HeldTitle(kind, level, number))
    for enterprise_id, kind, level in claimed:
        found[enterprise_id].append(HeldTitle(kind, level, "", is_claim=True))
    return found


def facts_of_titles(held: Iterable[HeldTitle]) -> Known:
    """Return what titles answer; a title that waits to be verified leaves its fact missing."""
    titles = list(held)
    found = {}
    for wanted in title_facts():
        fact = answered(wanted, titles)
        if fact is not None and not (wanted.stated and fact.source == FactSource.NO_TITLE):
            found[Ref(wanted.fact)] = fact
    return found


def answered(wanted: TitleFact, held: list[HeldTitle]) -> Fact | None:
    """Return the answer to one fact, None where a claim waits to be verified."""
    fitting = [
        title
        for title in held
        if wanted.answers(title.kind, title.level)
        or (title.is_claim and not title.level and title.kind in wanted.kinds)
    ]
    verified = {title.level: title for title in fitting if not title.is_claim}
    if verified and wanted.choices:
        level = next(level for level in wanted.choices if level in verified)
        return Fact(wanted.choices[level], title_source(verified[level].number))
    if verified:
        return Fact(True, title_source(next(iter(verified.values())).number))
    return None if fitting else Fact(False, FactSource.NO_TITLE)

"""What holds for whatever is stated: improving never costs points, missing never beats present."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.classification.criteria.evaluation import Assessment, assess
from portal.classification.criteria.facts import Fact, Facts
from portal.classification.criteria.nodes import Choice, Compare, Criterion, Flag, Group, Version
from portal.classification.criteria.points import named, needs_of
from portal.classification.criteria.vocabulary import Metric, Ref, Type
from tests.classification.criteria.facts import ON, library
from tests.classification.criteria.test_thresholds import BASES

QUICK = settings(max_examples=20, deadline=None, derandomize=True)
SEEDS = st.integers(0, 2**32)
SCORED = ("hte.2016", "kjsme.2017", "innov.63", "zjtx.63")
TOP = {"person": 600, "wan": 3000, "item": 6, "rank": 6, "point": 15, "year": 12, "level": 4}


def value(random: Random, metric: Metric) -> Fact:
    """Return a value that a fact can have, small enough to meet every band now and then."""
    if metric.type == Type.BOOL:
        return Fact(random.random() < 0.5)
    if metric.type == Type.ENUM:
        return Fact(random.choice(metric.choices))
    if metric.type == Type.DATE:
        return Fact(date(2005, 1, 1) + timedelta(days=random.randrange(7700)))
    if metric.unit == "ratio":
        return Fact(Fraction(random.randint(0, 100), 100))
    low = int(metric.least or 0)
    high = min(TOP.get(metric.unit, 10**10), int(metric.most or 10**10))
    return Fact(Fraction(random.randint(max(low, -high), high)))


@cache
def inputs(name: str) -> list[Ref]:
    """Return every fact a version may read, in a steady order."""
    version: Version = library().versions[name]
    refs = set(of(version.rule)) if version.rule else set()
    for dimension in version.score.dimensions if version.score else ():
        for indicator in dimension.indicators:
            refs |= set(needs_of(indicator))
    return sorted((ref for ref in refs if ref.metric != "application_date"), key=str)


def of(criterion: Criterion) -> tuple[Ref, ...]:
    return named(criterion) if isinstance(criterion, Compare | Flag | Choice | Group) else ()


def complete(random: Random, version: str) -> Facts:
    """Return facts in which nothing a version reads is missing."""
    metrics = library().vocabulary.metrics
    return Facts(ON, {ref: value(random, metrics[ref.metric]) for ref in inputs(version)})


def thinned(random: Random, facts: Facts) -> Facts:
    """Return the facts with some left out: often few, now and then most."""
    kept = random.random()
    return Facts(ON, {ref: fact for ref, fact in facts.known.items() if random.random() < kept})


def judged(version: str, facts: Facts) -> Assessment:
    return assess(library().versions[version], facts)


def consistent(assessment: Assessment) -> bool:
    """Say whether no reviewer gave points that the stated facts rule out."""
    indicators = assessment.scored.indicators("total") if assessment.scored else ()
    return not any(one.outside_band for one in indicators)


@pytest.mark.parametrize("version", sorted(BASES))
@QUICK
@given(seed=SEEDS)
def test_an_interval_contains_what_every_completion_comes_to(version: str, seed: int) -> None:
    random = Random(seed)
    whole = complete(random, version)
    before, after = judged(version, thinned(random, whole)), judged(version, whole)
    assume(consistent(after))
    if before.scored is not None and after.scored is not None:
        for part in ("total", *(one.dimension.id for one in before.scored.dimensions)):
            outer, inner = before.scored.points(part), after.scored.points(part)
            assert outer.low <= inner.low <= inner.high <= outer.high
    for earlier, later in zip(before.criteria, after.criteria, strict=True):
        assert earlier.truth in (None, later.truth)
    assert before.verdict in (None, after.verdict)


@pytest.mark.parametrize("version", sorted(BASES))
@QUICK
@given(seed=SEEDS)
def test_what_is_missing_never_beats_what_is_present(version: str, seed: int) -> None:
    random = Random(seed)
    whole = complete(random, version)
    left_out = random.choice(inputs(version))
    known = {ref: fact for ref, fact in whole.known.items() if ref != left_out}
    without, present = judged(version, Facts(ON, known)), judged(version, whole)
    assume(consistent(present))
    assert not (without.verdict is True and present.verdict is not True)
    if without.scored is not None and present.scored is not None:
        assert without.scored.total.low <= present.scored.total.low


@pytest.mark.parametrize("version", sorted(BASES))
@QUICK
@given(seed=SEEDS)
def test_the_same_facts_give_the_same_result(version: str, seed: int) -> None:
    facts = thinned(Random(seed), complete(Random(seed), version))
    assert judged(version, facts) == judged(version, Facts(ON, dict(reversed(facts.known.items()))))


RISING = {
    "tech_staff",
    "rd_staff",
    "ip1_effective",
    "ip1_self",
    "ip1_high_value",
    "ip2_effective",
    "transfer_3y",
    "rd_expense",
    "rd_expense_deduction",
    "net_profit",
    "digital_level",
    "quality_items",
    "niche_years",
    "expert_ip_advanced",
    "expert_mgmt_1",
    "local_feature_points",
    "strategic_industry",
}


def improved(random: Random, facts: Facts) -> Facts:
    """Return the facts with one of those that are better when higher raised."""
    rising = [ref for ref in facts.known if ref.metric in RISING]
    if not rising:
        return facts
    ref = random.choice(rising)
    old = facts.known[ref].value
    if isinstance(old, bool):
        return facts.having({ref: Fact(True)})
    return facts.moved({ref: Fraction(random.randint(1, 400), 4)})


@pytest.mark.parametrize("version", SCORED)
@settings(QUICK, max_examples=60)
@given(seed=SEEDS)
def test_improving_an_indicator_never_costs_points(version: str, seed: int) -> None:
    random = Random(seed)
    facts = thinned(random, complete(random, version))
    before, after = judged(version, facts).scored, judged(version, improved(random, facts)).scored
    assert before is not None
    assert after is not None
    assert after.total.low >= before.total.low
    assert after.total.high >= before.total.high


@pytest.mark.parametrize("version", ["innov.63", "zjtx.63"])
@settings(QUICK, max_examples=60)
@given(seed=SEEDS)
def test_less_debt_never_costs_points(version: str, seed: int) -> None:
    random = Random(seed)
    facts = thinned(random, complete(random, version))
    debt = Ref("total_liabilities", 0)
    if debt not in facts.known:
        return
    before = judged(version, facts).scored
    after = judged(version, facts.moved({debt: -Fraction(random.randint(0, 500))})).scored
    assert before is not None
    assert after is not None
    assert after.total.low >= before.total.low
    assert after.total.high >= before.total.high

"""Points as intervals: what is missing leaves 0 to the most, a reviewer's band leaves its ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from portal.classification.criteria.facts import Facts
from portal.classification.criteria.formulas import Undefined
from portal.classification.criteria.nodes import (
    TOTAL,
    Band,
    Choice,
    Compare,
    Criterion,
    Dimension,
    Flag,
    Group,
    Indicator,
    Score,
    Steps,
)
from portal.classification.criteria.values import Interval, Truth, best, hull, total
from portal.classification.criteria.vocabulary import Ref

Judge = Callable[[Criterion, Facts], Truth]


@dataclass(frozen=True)
class IndicatorScore:
    """Points of one indicator; `bands` are those still possible, `missing` what would decide."""

    indicator: Indicator
    points: Interval
    bands: tuple[Band, ...] = ()
    missing: tuple[Ref, ...] = ()
    awaits_reviewer: bool = False
    outside_band: bool = False


@dataclass(frozen=True)
class DimensionScore:
    """Points of one dimension with its indicators."""

    dimension: Dimension
    points: Interval
    indicators: tuple[IndicatorScore, ...]


@dataclass(frozen=True)
class Scored:
    """A whole table of points."""

    total: Interval
    dimensions: tuple[DimensionScore, ...]

    def points(self, of: str) -> Interval:
        """Return the points of the whole or of one dimension."""
        if of == TOTAL:
            return self.total
        return next(one.points for one in self.dimensions if one.dimension.id == of)

    def indicators(self, of: str) -> tuple[IndicatorScore, ...]:
        """Return the indicators of the whole or of one dimension."""
        return tuple(
            one
            for dimension in self.dimensions
            if of in (TOTAL, dimension.dimension.id)
            for one in dimension.indicators
        )

    def missing(self, of: str) -> tuple[Ref, ...]:
        """Return the facts that keep the points of the whole or of a dimension open."""
        found = (ref for one in self.indicators(of) for ref in one.missing)
        return tuple(dict.fromkeys(found))


def evaluate(score: Score, facts: Facts, judge: Judge) -> Scored:
    """Return the points of a table for what is known."""
    dimensions = tuple(_dimension(one, facts, judge) for one in score.dimensions)
    return Scored(total(one.points for one in dimensions), dimensions)


def _dimension(dimension: Dimension, facts: Facts, judge: Judge) -> DimensionScore:
    scored = tuple(_indicator(one, facts, judge) for one in dimension.indicators)
    add = best if dimension.best else total
    points = add(one.points for one in scored).capped(dimension.most)
    return DimensionScore(dimension, points, scored)


def _indicator(indicator: Indicator, facts: Facts, judge: Judge) -> IndicatorScore:
    if indicator.steps is not None:
        return _stepped(indicator, indicator.steps, facts)
    if not indicator.bands:
        return _reviewed(indicator, Interval(Fraction(0), indicator.most), (), (), facts)
    possible, certain = _possible(indicator.bands, facts, judge)
    missing = tuple(dict.fromkeys(ref for band in possible for ref in _lacking(band, facts)))
    range_ = hull(band.points for band in possible)
    if not certain:
        range_ = Interval(Fraction(0), indicator.most)
    return _reviewed(indicator, range_, possible, missing, facts)


def _possible(bands: tuple[Band, ...], facts: Facts, judge: Judge) -> tuple[tuple[Band, ...], bool]:
    """Return the bands that may be the first to hold, and whether anything is known at all."""
    possible: list[Band] = []
    known = False
    for band in bands:
        truth = True if band.when is None else judge(band.when, facts)
        known = known or (truth is not None and band.when is not None)
        if truth is not False:
            possible.append(band)
        if truth is True:
            break
    return tuple(possible), known


def _reviewed(
    indicator: Indicator,
    range_: Interval,
    bands: tuple[Band, ...],
    missing: tuple[Ref, ...],
    facts: Facts,
) -> IndicatorScore:
    """Return the range, or the points a reviewer set where one did.

    The document's band binds the reviewer: points outside what the stated facts allow count as the
    nearest inside, and are marked. While a fact is missing, points tell which band was meant.
    """
    if indicator.expert is None:
        open_ = not range_.is_exact and not missing
        return IndicatorScore(indicator, range_, bands, missing, awaits_reviewer=open_)
    given = facts.find(indicator.expert)
    if not isinstance(given, Fraction):
        lacking = (*missing, indicator.expert)
        return IndicatorScore(indicator, range_, bands, lacking, awaits_reviewer=True)
    counted = min(max(given, range_.low), range_.high)
    points = Interval(counted, counted)
    return IndicatorScore(indicator, points, bands, (), outside_band=counted != given)


def _stepped(indicator: Indicator, steps: Steps, facts: Facts) -> IndicatorScore:
    needed = steps.figure.formula.needs(facts)
    missing = tuple(ref for ref in needed if facts.find(ref) is None)
    try:
        if not missing:
            value = steps.figure.formula.value(facts)
            points = min(floor(value / steps.every) * steps.points, indicator.most)
            points = max(points, Fraction(0))
            return IndicatorScore(indicator, Interval(points, points))
    except Undefined:
        pass
    return IndicatorScore(indicator, Interval(Fraction(0), indicator.most), (), missing)


def _lacking(band: Band, facts: Facts) -> tuple[Ref, ...]:
    if band.when is None:
        return ()
    return tuple(ref for ref in needs(band.when, facts) if facts.find(ref) is None)


def needs(criterion: Criterion, facts: Facts) -> tuple[Ref, ...]:
    """Return the facts a criterion needs, for what is known."""
    match criterion:
        case Compare():
            return criterion.figure.formula.needs(facts)
        case Flag() | Choice():
            return (criterion.ref,)
        case Group():
            return tuple(ref for part in criterion.parts for ref in needs(part, facts))
    return ()


def needs_of(indicator: Indicator) -> tuple[Ref, ...]:
    """Return the facts that stand in an indicator."""
    found = [ref for band in indicator.bands if band.when for ref in named(band.when)]
    if indicator.steps is not None:
        found += indicator.steps.figure.formula.named
    if indicator.expert is not None:
        found.append(indicator.expert)
    return tuple(dict.fromkeys(found))


def named(criterion: Criterion) -> tuple[Ref, ...]:
    """Return the facts that stand in a criterion."""
    match criterion:
        case Compare():
            return criterion.figure.formula.named
        case Flag() | Choice():
            return (criterion.ref,)
        case Group():
            return tuple(ref for part in criterion.parts for ref in named(part))
    return ()

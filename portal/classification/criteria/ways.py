"""Ways to more points: for each indicator the next band, what it takes and what it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from portal.classification.criteria.evaluation import truth_of
from portal.classification.criteria.facts import Facts
from portal.classification.criteria.nodes import Compare, Criterion, Indicator, Points, Score
from portal.classification.criteria.points import IndicatorScore, Scored, evaluate
from portal.classification.criteria.solving import Change
from portal.classification.criteria.values import Bounds

ChangesFor = Callable[[Criterion, Facts], list[Change]]


@dataclass(frozen=True)
class Way:
    """A change to one indicator: by how much certain points rise, and whether that is enough."""

    indicator: Indicator
    change: Change
    gain: Fraction
    enough: bool


def ways(criterion: Points, score: Score, facts: Facts, changes_for: ChangesFor) -> list[Way]:
    """Return ways to the mark of a score, first what is enough alone, then by gain."""
    scored = evaluate(score, facts, truth_of)
    before = scored.points(criterion.of).low
    found = []
    for one in scored.indicators(criterion.of):
        for change in _raises(one, facts, changes_for):
            after = evaluate(score, change.applied(facts), truth_of).points(criterion.of)
            if after.low > before:
                enough = criterion.bounds.judge(after) is True
                found.append(Way(one.indicator, change, after.low - before, enough))
                if enough:
                    break
    return sorted(found, key=lambda way: (not way.enough, -way.gain))


def short_by(criterion: Points, scored: Scored) -> Fraction:
    """Return by how much even the best that is possible misses the mark, 0 where it does not."""
    mark = criterion.bounds.lower or Fraction(0)
    return max(mark - scored.points(criterion.of).high, Fraction(0))


def _raises(one: IndicatorScore, facts: Facts, changes_for: ChangesFor) -> Iterator[Change]:
    """Yield the smallest change into each better band, the nearest band first."""
    indicator = one.indicator
    if indicator.steps is not None:
        yield from _next_step(one, facts, changes_for)
    for band in reversed(indicator.bands):
        if band.when is None or band.points.low <= one.points.low:
            continue
        if truth_of(band.when, facts) is False:
            yield from changes_for(band.when, facts)[:1]


def _next_step(one: IndicatorScore, facts: Facts, changes_for: ChangesFor) -> Iterator[Change]:
    indicator, steps = one.indicator, one.indicator.steps
    if steps is None or not one.points.is_exact:
        return
    points = one.points.low + steps.points
    while points - steps.points < indicator.most:
        target = Bounds(ge=points / steps.points * steps.every)
        next_ = Compare(indicator.id, indicator.place, figure=steps.figure, bounds=target)
        yield from changes_for(next_, facts)[:1]
        points += steps.points

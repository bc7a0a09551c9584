"""The exact amount by which facts would have to differ for a comparison to hold.

Every comparison is affine in what a figure is moved by, because both sides are multiplied out: two
trials give the slope, the slope the exact amount, which is then rounded to the unit of the fact
away from where it stands. What does not hold when tried, or leaves a fact's bounds, is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from portal.classification.criteria.ages import Elapsed
from portal.classification.criteria.evaluation import within
from portal.classification.criteria.facts import Fact, Facts, Value
from portal.classification.criteria.formulas import Undefined
from portal.classification.criteria.nodes import UNSAID, Compare, Move, Said
from portal.classification.criteria.vocabulary import Metric, Ref, Vocabulary


@dataclass(frozen=True)
class Step:
    """One fact as it is and as it would have to be; `choices` when any of several would do."""

    ref: Ref
    before: Value | None
    after: Value
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """Facts that would have to differ together; `kept` are those the result rests on unchanged."""

    steps: tuple[Step, ...]
    assumes: Said = UNSAID
    kept: tuple[Ref, ...] = ()

    def applied(self, facts: Facts) -> Facts:
        """Return the facts as they would be."""
        return facts.having({step.ref: Fact(step.after, "supposed") for step in self.steps})


def solve(criterion: Compare, facts: Facts, vocabulary: Vocabulary) -> Iterator[Change]:
    """Yield a change for every stated way to move a figure, by default its first fact alone."""
    formula = criterion.figure.formula
    if any(facts.find(ref) is None for ref in formula.needs(facts)):
        return
    if isinstance(formula, Elapsed):
        yield from _waiting(criterion, formula, facts)
        return
    moves = criterion.figure.moves or (Move(((formula.named[0], Fraction(1)),)),)
    for move in moves:
        amounts = _amounts(criterion, move, facts, vocabulary)
        if amounts is None:
            continue
        steps = tuple(
            Step(ref, facts.find(ref), facts.number(ref) + amount)
            for ref, amount in amounts.items()
        )
        kept = tuple(ref for ref in formula.needs(facts) if ref not in amounts)
        yield Change(steps, move.assumes, kept)


def _waiting(criterion: Compare, formula: Elapsed, facts: Facts) -> Iterator[Change]:
    """Where too little time has passed, the day on which enough has."""
    least = criterion.bounds.ge
    if least is not None and within_after(
        criterion, day := formula.reached_on(facts, least), facts
    ):
        yield Change((Step(formula.end, facts.find(formula.end), day),), kept=(formula.start,))


def within_after(criterion: Compare, day: date, facts: Facts) -> bool:
    """Say whether a comparison of time holds on another day."""
    return within(criterion, Facts(day, facts.known))


def _amounts(
    criterion: Compare, move: Move, facts: Facts, vocabulary: Vocabulary
) -> dict[Ref, Fraction] | None:
    """Return by how much each fact of a move changes, None where that is no way."""
    if any(facts.find(ref) is None for ref, _by in move.by):
        return None
    stated = bool(criterion.figure.moves)
    unit = max(vocabulary.metrics[ref.metric].step for ref, _by in move.by)
    try:
        exact = _exact(criterion, move, facts)
    except Undefined:
        return None
    if exact is None or (stated and exact < 0):
        return None
    sign = -1 if exact < 0 else 1
    for extra in (0, 1):
        x = sign * (ceil(abs(exact) / unit) + extra) * unit
        amounts = {ref: by * x for ref, by in move.by}
        moved = facts.moved(amounts)
        if x and _within_bounds(amounts, moved, vocabulary) and _holds(criterion, moved):
            return amounts
    return None


def _exact(criterion: Compare, move: Move, facts: Facts) -> Fraction | None:
    """Return the amount at which the violated bound is reached exactly."""
    formula, bounds = criterion.figure.formula, criterion.bounds
    for bound, wanted in ((bounds.lower, 1), (bounds.upper, -1)):
        if bound is None:
            continue
        gap = formula.gap(facts, bound)
        side = (gap > 0) - (gap < 0)
        strict = (bounds.gt if wanted > 0 else bounds.lt) is not None
        if side == wanted or (side == 0 and not strict):
            continue
        slope = formula.gap(facts.moved(dict(move.by)), bound) - gap
        if slope == 0:
            return None
        reached = -gap / slope
        # A strict bound that is met exactly still needs a push towards the wanted side.
        return reached if reached else Fraction(wanted * (1 if slope > 0 else -1), 10**12)
    return None


def _holds(criterion: Compare, facts: Facts) -> bool:
    try:
        return within(criterion, facts)
    except Undefined:
        return False


def _within_bounds(changed: Mapping[Ref, Fraction], facts: Facts, vocabulary: Vocabulary) -> bool:
    return all(_fits(vocabulary.metrics[ref.metric], ref, facts) for ref in changed)


def _fits(metric: Metric, ref: Ref, facts: Facts) -> bool:
    value = facts.number(ref)
    if metric.least is not None and value < Fraction(metric.least):
        return False
    if metric.most is not None and value > Fraction(metric.most):
        return False
    if metric.at_most is None:
        return True
    limit = facts.find(Ref(metric.at_most, ref.back))
    return not isinstance(limit, Fraction) or value <= limit

"""Judging facts by a rule version: three-valued, with points as intervals. Pure and repeatable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from portal.classification.criteria.facts import Fact, Facts
from portal.classification.criteria.formulas import Undefined
from portal.classification.criteria.nodes import (
    Choice,
    Compare,
    Criterion,
    Figure,
    Flag,
    Group,
    Points,
    Version,
)
from portal.classification.criteria.points import Scored, evaluate
from portal.classification.criteria.size_table import SIZE, Size, classify
from portal.classification.criteria.values import Truth, all_of, any_of, negation
from portal.classification.criteria.vocabulary import Ref


@dataclass(frozen=True)
class Reading:
    """What a figure comes to: a value, or the facts it lacks, or why it has no meaning."""

    used: tuple[Ref, ...]
    value: Fraction | None = None
    missing: tuple[Ref, ...] = ()
    undefined: str = ""


@dataclass(frozen=True)
class Outcome:
    """How one criterion came out, with its parts; `scored` is of a criterion of points."""

    criterion: Criterion
    truth: Truth
    reading: Reading | None = None
    scored: Scored | None = None
    parts: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """Facts judged by a version on a date."""

    version: Version
    facts: Facts
    verdict: Truth
    criteria: tuple[Outcome, ...]
    scored: Scored | None
    remarks: tuple[Outcome, ...]
    size: Size | None = None


def assess(version: Version, facts: Facts, sizes: Version | None = None) -> Assessment:
    """Judge facts by a version; `sizes` derives the size class where it is not stated.

    The same version and facts give the same assessment for ever: nothing else is read.
    """
    if sizes is not None:
        facts = with_size(facts, sizes)
    if version.sizes is not None:
        size = classify(version.sizes, facts)
        verdict = size.is_sme if size.decided else None
        return Assessment(version, facts, verdict, (), None, (), size)
    assert version.rule is not None
    scored = evaluate(version.score, facts, truth_of) if version.score else None
    outcome = judge(version.rule, facts, scored)
    remarks = tuple(judge(remark, facts, scored) for remark in version.remarks)
    return Assessment(version, facts, outcome.truth, outcome.parts, scored, remarks)


def with_size(facts: Facts, sizes: Version) -> Facts:
    """Return the facts with the size class derived from industry, staff, revenue and assets."""
    ref = Ref(SIZE, 0)
    if ref in facts.known or sizes.sizes is None:
        return facts
    size = classify(sizes.sizes, facts)
    if sizes.sizes.industry in size.missing:
        return facts
    return facts.having({ref: Fact(size.possible, f"derived: {sizes.id}")})


def read(figure: Figure, facts: Facts) -> Reading:
    """Return what a figure comes to for what is known."""
    used = figure.formula.needs(facts)
    missing = tuple(ref for ref in used if facts.find(ref) is None)
    if missing:
        return Reading(used, missing=missing)
    try:
        return Reading(used, figure.formula.value(facts))
    except Undefined as problem:
        return Reading(used, undefined=str(problem))


def judge(criterion: Criterion, facts: Facts, scored: Scored | None = None) -> Outcome:
    """Return how a criterion comes out."""
    match criterion:
        case Group():
            return _judge_group(criterion, facts, scored)
        case Compare():
            reading = read(criterion.figure, facts)
            truth = None if reading.value is None else within(criterion, facts)
            return Outcome(criterion, truth, reading)
        case Points():
            assert scored is not None
            truth = criterion.bounds.judge(scored.points(criterion.of))
            return Outcome(criterion, truth, scored=scored)
        case Flag() | Choice():
            return _judge_stated(criterion, facts)
    raise TypeError(type(criterion).__name__)


def truth_of(criterion: Criterion, facts: Facts) -> Truth:
    """Return whether a criterion holds, without the explanation: for the bands of a score."""
    match criterion:
        case Compare():
            known = all(
                facts.find(ref) is not None for ref in criterion.figure.formula.needs(facts)
            )
            try:
                return within(criterion, facts) if known else None
            except Undefined:
                return None
        case Group():
            return combine(criterion.how, [truth_of(part, facts) for part in criterion.parts])
    return judge(criterion, facts).truth


def within(criterion: Compare, facts: Facts) -> bool:
    """Compare exactly, both sides multiplied out; every needed fact is known; raises Undefined."""
    formula, bounds = criterion.figure.formula, criterion.bounds
    lower, upper = bounds.lower, bounds.upper
    return bounds.holds_signs(
        1 if lower is None else _sign(formula.gap(facts, lower)),
        -1 if upper is None else _sign(formula.gap(facts, upper)),
    )


def _sign(gap: Fraction) -> int:
    return (gap > 0) - (gap < 0)


def combine(how: str, truths: list[Truth]) -> Truth:
    """Return what all, any or none of several comes to."""
    if how == "not":
        return negation(truths[0])
    return all_of(truths) if how == "all" else any_of(truths)


def _judge_group(group: Group, facts: Facts, scored: Scored | None) -> Outcome:
    parts = tuple(judge(part, facts, scored) for part in group.parts)
    return Outcome(group, combine(group.how, [part.truth for part in parts]), parts=parts)


def _judge_stated(criterion: Flag | Choice, facts: Facts) -> Outcome:
    value = facts.find(criterion.ref)
    if value is None:
        return Outcome(criterion, None, Reading((criterion.ref,), missing=(criterion.ref,)))
    reading = Reading((criterion.ref,))
    if isinstance(criterion, Flag):
        return Outcome(criterion, value is criterion.wanted, reading)
    possible = value if isinstance(value, frozenset) else frozenset({str(value)})
    inside = possible & criterion.among
    if not inside:
        return Outcome(criterion, False, reading)
    if inside == possible:
        return Outcome(criterion, True, reading)
    return Outcome(criterion, None, Reading((criterion.ref,), missing=(criterion.ref,)))


def leaves(outcome: Outcome) -> Iterator[Outcome]:
    """Yield an outcome's parts that have none of their own."""
    if not outcome.parts:
        yield outcome
    for part in outcome.parts:
        yield from leaves(part)


def missing_of(outcome: Outcome) -> tuple[Ref, ...]:
    """Return the facts whose absence leaves a criterion open, none when it is decided."""
    return tuple(dict.fromkeys(_missing(outcome)))


def _missing(outcome: Outcome) -> Iterator[Ref]:
    if outcome.truth is not None:
        return
    if outcome.reading is not None:
        yield from outcome.reading.missing
    if isinstance(outcome.criterion, Points) and outcome.scored is not None:
        yield from outcome.scored.missing(outcome.criterion.of)
    for part in outcome.parts:
        yield from _missing(part)

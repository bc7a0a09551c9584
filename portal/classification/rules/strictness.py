"""Whether a condition became stricter or easier to meet. Pure."""

from __future__ import annotations

from fractions import Fraction

from portal.classification.criteria.nodes import Choice, Compare, Criterion, Points
from portal.classification.criteria.values import Bounds
from portal.classification.terms.versions import Change


def change_between(before: Criterion, after: Criterion) -> Change:
    """Return how a condition changed for those who have to meet it.

    A class a firm is in (`given`) is neither stricter nor easier: it only decides what applies.
    """
    if before.given or after.given:
        return Change.CHANGED
    if isinstance(before, Choice) and isinstance(after, Choice):
        return among(before.among, after.among)
    if isinstance(before, Compare | Points) and isinstance(after, Compare | Points):
        return between(before.bounds, after.bounds)
    return Change.CHANGED


def among(before: frozenset[str], after: frozenset[str]) -> Change:
    """Return how a list of choices changed: fewer are stricter."""
    if before == after:
        return Change.NONE
    if after < before:
        return Change.STRICTER
    return Change.EASIER if after > before else Change.CHANGED


def between(before: Bounds, after: Bounds) -> Change:
    """Return how bounds changed; a bound without the number itself is stricter than with it."""
    found = {lower(before, after), upper(before, after)} - {Change.NONE}
    if not found:
        return Change.NONE
    return found.pop() if len(found) == 1 else Change.CHANGED


def lower(before: Bounds, after: Bounds) -> Change:
    """Return how the least changed."""
    return ordered(
        (before.lower, before.gt is not None), (after.lower, after.gt is not None), rising=True
    )


def upper(before: Bounds, after: Bounds) -> Change:
    """Return how the most changed."""
    return ordered(
        (before.upper, before.lt is not None), (after.upper, after.lt is not None), rising=False
    )


End = tuple[Fraction | None, bool]


def ordered(before: End, after: End, *, rising: bool) -> Change:
    """Return how one end changed; `rising` when a higher number is stricter."""
    if before == after:
        return Change.NONE
    if before[0] is None or after[0] is None:
        return Change.STRICTER if before[0] is None else Change.EASIER
    if before[0] == after[0]:
        return Change.STRICTER if after[1] else Change.EASIER
    return Change.STRICTER if (after[0] > before[0]) == rising else Change.EASIER

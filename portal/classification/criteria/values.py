"""Three values, intervals and exact numbers: what every judgement is made of.

True and False are certain, None is unknown (Kleene's logic). Numbers are fractions of integers, so
a ratio is compared as if both sides were multiplied out, and 49.998 % is never 50 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

Truth = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return False if one is false, else None if one is unknown, else True."""
    found = set(truths)
    if False in found:
        return False
    return None if None in found else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return True if one is true, else None if one is unknown, else False."""
    found = set(truths)
    if True in found:
        return True
    return None if None in found else False


def negation(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return None if truth is None else not truth


@dataclass(frozen=True)
class Interval:
    """Points that may still come out, both ends possible."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def capped(self, cap: Fraction) -> Interval:
        """Return no more than the cap."""
        return Interval(min(self.low, cap), min(self.high, cap))

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


NOTHING = Interval(Fraction(0), Fraction(0))


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the sum."""
    found = NOTHING
    for interval in intervals:
        found = found + interval
    return found


def best(intervals: Iterable[Interval]) -> Interval:
    """Return what the better of several can come to."""
    found = list(intervals)
    return Interval(max(one.low for one in found), max(one.high for one in found))


def hull(intervals: Iterable[Interval]) -> Interval:
    """Return the smallest interval that holds all of several."""
    found = list(intervals)
    return Interval(min(one.low for one in found), max(one.high for one in found))


@dataclass(frozen=True)
class Bounds:
    """A comparison with its inclusivity said: ge and le include the number, gt and lt do not."""

    ge: Fraction | None = None
    gt: Fraction | None = None
    le: Fraction | None = None
    lt: Fraction | None = None

    @property
    def lower(self) -> Fraction | None:
        return self.ge if self.ge is not None else self.gt

    @property
    def upper(self) -> Fraction | None:
        return self.le if self.le is not None else self.lt

    def holds(self, value: Fraction) -> bool:
        """Say whether a number is within."""
        return self.holds_signs(
            _sign(value, self.lower) if self.lower is not None else 1,
            _sign(value, self.upper) if self.upper is not None else -1,
        )

    def holds_signs(self, above_lower: int, above_upper: int) -> bool:
        """Say the same of a value known only by its side of each bound: -1 below, 0 on it, 1."""
        low = above_lower >= 0 if self.gt is None else above_lower > 0
        high = above_upper <= 0 if self.lt is None else above_upper < 0
        return low and high

    def judge(self, score: Interval) -> Truth:
        """Judge points that may still come out: certain only when both ends agree.

        Pass marks are lower bounds, for which the ends decide; an upper bound is judged alike.
        """
        low, high = self.holds(score.low), self.holds(score.high)
        return low if low == high else None


def _sign(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)

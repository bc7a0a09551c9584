"""The figures a rule compares: shares, growth, sums and means of facts, exact and never rounded.

A formula says which facts it needs, what it comes to, and its `gap`: a number whose sign is that of
value minus bound, found by multiplying out instead of dividing. `Undefined` is raised where the
document gives no meaning: a base of zero or below, no complete year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from portal.classification.criteria.facts import Facts
from portal.classification.criteria.vocabulary import Ref

DIGITS = 80  # of a root, for showing it only


class Undefined(Exception):
    """The facts are known, but the formula has no meaning for them; says which and why."""


def base(value: Fraction, formula: Formula) -> Fraction:
    """Return what is divided by; raises Undefined unless it is above zero."""
    if value <= 0:
        named = " ".join(str(ref) for ref in formula.named)
        raise Undefined(f"{named} is {'0' if value == 0 else 'negative'}")
    return value


@dataclass(frozen=True)
class Formula:
    """A number computed from facts."""

    @cached_property
    def named(self) -> tuple[Ref, ...]:
        """Return the facts that stand in it, the first being the one to move."""
        raise NotImplementedError

    @cached_property
    def varies(self) -> bool:
        """Say whether what it needs depends on what is known."""
        return False

    def needs(self, facts: Facts) -> tuple[Ref, ...]:
        """Return the facts it needs, given what is known."""
        return self.named

    def value(self, facts: Facts) -> Fraction:
        """Return what it comes to; every needed fact is known; raises Undefined."""
        raise NotImplementedError

    def gap(self, facts: Facts, bound: Fraction) -> Fraction:
        """Return a number with the sign of value minus bound; raises Undefined."""
        return self.value(facts) - bound

    def dated(self, back: int) -> Formula:
        """Return the same formula with the year filled in where none is named."""
        raise NotImplementedError


@dataclass(frozen=True)
class Stated(Formula):
    """A fact itself; `yearly` when its year is still to be filled in."""

    ref: Ref
    yearly: bool = False

    @cached_property
    def named(self) -> tuple[Ref, ...]:
        return (self.ref,)

    def value(self, facts: Facts) -> Fraction:
        return facts.number(self.ref)

    def dated(self, back: int) -> Formula:
        return Stated(self.ref._replace(back=back)) if self.yearly else self


@dataclass(frozen=True)
class Combined(Formula):
    """A formula of other formulas."""

    parts: tuple[Formula, ...]

    @cached_property
    def named(self) -> tuple[Ref, ...]:
        return _unique(ref for part in self.parts for ref in part.named)

    @cached_property
    def varies(self) -> bool:
        return any(part.varies for part in self.parts)

    def needs(self, facts: Facts) -> tuple[Ref, ...]:
        if not self.varies:
            return self.named
        return _unique(ref for part in self.parts for ref in part.needs(facts))

    def dated(self, back: int) -> Formula:
        return replace(self, parts=tuple(part.dated(back) for part in self.parts))


class Sum(Combined):
    """All parts together."""

    def value(self, facts: Facts) -> Fraction:
        return sum((part.value(facts) for part in self.parts), Fraction(0))


class Mean(Combined):
    """The plain average of the parts."""

    def value(self, facts: Facts) -> Fraction:
        return Sum(self.parts).value(facts) / len(self.parts)


class Difference(Combined):
    """The first part less the second."""

    def value(self, facts: Facts) -> Fraction:
        first, second = self.parts
        return first.value(facts) - second.value(facts)


class Share(Combined):
    """The first part as a fraction of the second, which must be above zero."""

    def value(self, facts: Facts) -> Fraction:
        first, second = self.parts
        return first.value(facts) / base(second.value(facts), second)

    def gap(self, facts: Facts, bound: Fraction) -> Fraction:
        first, second = self.parts
        return first.value(facts) - bound * base(second.value(facts), second)


class Growth(Combined):
    """By how much, as a fraction, the first part exceeds the second, which must be above zero."""

    def value(self, facts: Facts) -> Fraction:
        now, before = self.parts
        return now.value(facts) / base(before.value(facts), before) - 1

    def gap(self, facts: Facts, bound: Fraction) -> Fraction:
        now, before = self.parts
        return now.value(facts) - (1 + bound) * base(before.value(facts), before)


@dataclass(frozen=True)
class CompoundGrowth(Combined):
    """The yearly rate by which the second part became the first in so many years.

    The rate itself is a root; `gap` compares the ratio with the power instead, which is exact.
    """

    years: int

    def value(self, facts: Facts) -> Fraction:
        now, before = self.parts
        reached = now.value(facts)
        if reached < 0:
            raise Undefined(f"{now.named[0]} is negative")
        ratio = reached / base(before.value(facts), before)
        with localcontext() as context:
            context.prec = DIGITS
            quotient = Decimal(ratio.numerator) / Decimal(ratio.denominator)
            return Fraction(quotient ** (Decimal(1) / self.years)) - 1

    def gap(self, facts: Facts, bound: Fraction) -> Fraction:
        now, before = self.parts
        reached = now.value(facts)
        if reached < 0:
            raise Undefined(f"{now.named[0]} is negative")
        power = Fraction(max(1 + bound, Fraction(0)) ** self.years)
        return reached - power * base(before.value(facts), before)


@dataclass(frozen=True)
class Operated(Formula):
    """A formula over the last complete years a firm operated, at most so many."""

    operated: Ref
    years: int

    def known_years(self, facts: Facts) -> int | None:
        """Return over how many years to go, None when the years operated are not known."""
        stated = facts.find(self.operated)
        return min(self.years, int(stated)) if isinstance(stated, Fraction) else None

    def counted(self, facts: Facts) -> int:
        """Return the same, which must be known and at least one."""
        years = self.known_years(facts) or 0
        if years < 1:
            raise Undefined(f"{self.operated} is 0")
        return years


@dataclass(frozen=True)
class Yearly(Operated):
    """A series, one value per operated year."""

    series: Formula

    @cached_property
    def by_year(self) -> tuple[Formula, ...]:
        """Return the series of each year, from Y0 backwards."""
        return tuple(self.series.dated(back) for back in range(self.years))

    @cached_property
    def varies(self) -> bool:
        return True

    @cached_property
    def named(self) -> tuple[Ref, ...]:
        years = (one.named for one in self.by_year)
        return _unique(ref for named in (*years, (self.operated,)) for ref in named)

    def needs(self, facts: Facts) -> tuple[Ref, ...]:
        years = self.known_years(facts)
        series = [ref for one in self.by_year[:years] for ref in one.needs(facts)]
        return _unique([*series, self.operated])

    def values(self, facts: Facts) -> list[Fraction]:
        """Return the series from Y0 backwards."""
        return [one.value(facts) for one in self.by_year[: self.counted(facts)]]

    def dated(self, back: int) -> Formula:
        return self


class OperatedSum(Yearly):
    """The series of the operated years together."""

    def value(self, facts: Facts) -> Fraction:
        return sum(self.values(facts), Fraction(0))


@dataclass(frozen=True)
class PerOperatedYear(Operated):
    """A total of several years, as an average per operated year."""

    of: Formula

    @cached_property
    def named(self) -> tuple[Ref, ...]:
        return _unique([*self.of.named, self.operated])

    def value(self, facts: Facts) -> Fraction:
        return self.of.value(facts) / self.counted(facts)

    def dated(self, back: int) -> Formula:
        return self


class AverageGrowth(Yearly):
    """The growth of 国科发火〔2016〕195号: g = ½ (v2/v1 + v3/v2) − 1 over three years.

    v1 = 0: the last two years alone; v2 = 0: nothing; two years: v3/v2 − 1; one year or none:
    nothing. Where a value is negative the formula would reward a growing deficit: Undefined.
    """

    def value(self, facts: Facts) -> Fraction:
        if (self.known_years(facts) or 0) <= 1:
            return Fraction(0)
        found = self.values(facts)
        if any(value < 0 for value in found):
            raise Undefined(f"{self.series.dated(0).named[0].metric} gives a negative base")
        last, before, *rest = found
        if before == 0:
            return Fraction(0)
        if not rest or rest[0] == 0:
            return last / before - 1
        return (before / rest[0] + last / before) / 2 - 1

    def needs(self, facts: Facts) -> tuple[Ref, ...]:
        years = self.known_years(facts)
        return (self.operated,) if years is not None and years <= 1 else super().needs(facts)


def _unique(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs))

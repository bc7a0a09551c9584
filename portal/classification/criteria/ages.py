"""Time between two dates, in days or in calendar years, as a figure a rule compares."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil

from portal.classification.criteria.facts import Facts
from portal.classification.criteria.formulas import Formula
from portal.classification.criteria.vocabulary import Ref


def anniversary(start: date, years: int) -> date:
    """Return the same day so many years on; for 29 February the month's last day."""
    year = start.year + years
    return start.replace(year=year, day=min(start.day, monthrange(year, start.month)[1]))


def years_between(start: date, end: date) -> Fraction:
    """Return calendar years, whole on every anniversary and exact between them."""
    years = end.year - start.year
    if anniversary(start, years) > end:
        years -= 1
    begun, complete = anniversary(start, years), anniversary(start, years + 1)
    return years + Fraction((end - begun).days, (complete - begun).days)


@dataclass(frozen=True)
class Elapsed(Formula):
    """The time from one date to another, in calendar years or in days."""

    start: Ref
    end: Ref
    in_years: bool

    @cached_property
    def named(self) -> tuple[Ref, ...]:
        return (self.start, self.end)

    def needs(self, facts: Facts) -> tuple[Ref, ...]:
        return self.named

    def value(self, facts: Facts) -> Fraction:
        start, end = facts.day(self.start), facts.day(self.end)
        return years_between(start, end) if self.in_years else Fraction((end - start).days)

    def dated(self, back: int) -> Formula:
        return self

    def reached_on(self, facts: Facts, least: Fraction) -> date:
        """Return the first day on which so much time, in whole days or years, has passed."""
        start = facts.day(self.start)
        if self.in_years:
            return anniversary(start, ceil(least))
        return start + timedelta(days=ceil(least))

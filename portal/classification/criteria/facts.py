"""Facts as stated: values by metric and year, on the date of an application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from portal.classification.criteria.vocabulary import Ref

Value = Fraction | bool | str | date | frozenset[str]
APPLICATION_DATE = Ref("application_date")


@dataclass(frozen=True)
class Fact:
    """A value and where it comes from; a set of words is a choice that is not yet narrowed down."""

    value: Value
    source: str = "stated"


@dataclass(frozen=True)
class Facts:
    """What is known on a date; what is not in `known` is missing, never 0 and never false.

    The date itself stands there as the date of the application.
    """

    on: date
    known: Mapping[Ref, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stated = {**self.known, APPLICATION_DATE: Fact(self.on, "application")}
        object.__setattr__(self, "known", stated)

    def find(self, ref: Ref) -> Value | None:
        """Return a value, None when it is missing."""
        fact = self.known.get(ref)
        return None if fact is None else fact.value

    def number(self, ref: Ref) -> Fraction:
        """Return a number that is known; raises KeyError when it is missing."""
        value = self.known[ref].value
        if not isinstance(value, Fraction):
            raise TypeError(f"{ref} is not a number")
        return value

    def day(self, ref: Ref) -> date:
        """Return a date that is known; raises KeyError when it is missing."""
        value = self.find(ref)
        if not isinstance(value, date):
            raise KeyError(ref)
        return value

    def source(self, ref: Ref) -> str:
        """Return where a known value comes from."""
        return self.known[ref].source

    def year(self, ref: Ref) -> int | None:
        """Return the calendar year a fact is of: Y0 is the year before the application."""
        return None if ref.back is None else self.on.year - 1 - ref.back

    def having(self, changes: Mapping[Ref, Fact]) -> Facts:
        """Return the same facts with some put in or replaced."""
        day = changes[APPLICATION_DATE].value if APPLICATION_DATE in changes else self.on
        assert isinstance(day, date)
        return Facts(day, {**self.known, **changes})

    def moved(self, amounts: Mapping[Ref, Fraction]) -> Facts:
        """Return the facts with known numbers raised by amounts."""
        return self.having(
            {ref: Fact(self.number(ref) + amount, "supposed") for ref, amount in amounts.items()}
        )

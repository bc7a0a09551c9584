"""Counting in working days: holidays and make-up days are data, known up to a certain year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """A computed day. `provisional` when days beyond the published calendar were counted, where
    every Monday to Friday is taken for a working day."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The published days of a span: day → is it worked. Other days count by their weekday."""

    known: Mapping[date, bool]

    def is_working(self, day: date) -> bool:
        """Say whether a day is worked."""
        return self.known.get(day, day.weekday() < SATURDAY)

    def add(self, start: date, days: int) -> Due:
        """Return the day on which `days` working days after `start` have passed.

        The day of the start itself does not count (Civil Code, article 201); 0 days from a
        holiday is the next working day.
        """
        if days < 0:
            raise ValueError("working days are counted forward")
        day, left, provisional = start, days, False
        while left or not self.is_working(day):
            day += timedelta(days=1)
            provisional = provisional or day not in self.known
            left -= bool(left) and self.is_working(day)
        return Due(day, provisional)

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and with `end`; 0 if none."""
        span = max((end - start).days, 0)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, span + 1))

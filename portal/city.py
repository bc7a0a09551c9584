"""The adopting city's number patterns and rhythms, set once at start from fixtures/site.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Confirmation:
    """How often a record's facts are confirmed: every so many months, within a window of so many
    days, with a reminder so many days before its end."""

    every_months: int
    window_days: int
    reminders: tuple[int, ...]


_patterns: dict[str, str] = {}
_confirmation = Confirmation(every_months=12, window_days=60, reminders=(30, 14, 3))


def set_confirmation(rhythm: Confirmation) -> None:
    """Set the rhythm of the yearly confirmation."""
    global _confirmation
    _confirmation = rhythm


def confirmation() -> Confirmation:
    """Return the rhythm of the yearly confirmation."""
    return _confirmation


def set_patterns(patterns: Mapping[str, str]) -> None:
    """Set the patterns: `submission`, `admission`, `entry_<kind>` in str.format form."""
    _patterns.clear()
    _patterns.update(patterns)


def number(pattern: str, **values: Any) -> str:
    """Return a number in the city's form, such as an entry number from year and serial.

    Raises KeyError for a pattern the city has not set.
    """
    return _patterns[pattern].format(**values)

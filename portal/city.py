"""The adopting city's number patterns and rhythms, set once at start from fixtures/site.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Confirmation:
    """How often a record's facts are confirmed: every so many months, within a window of so many
    days, with a reminder so many days before its end."""

    every_months: int
    window_days: int
    reminders: tuple[int, ...]


@dataclass(frozen=True)
class Joining:
    """How long those concerned have: an owner so many working days for a request, reminded so
    many working days before; invitations, offers and hand-over codes so many days; how many
    invitations may be open for a record and sent in a day; how many days a letter is kept."""

    owner_decides_days: int
    owner_reminded_days: int
    invitation_days: int
    ownership_offer_days: int
    hand_over_days: int
    open_invitations: int
    invitations_a_day: int
    letter_kept_days: int


@dataclass(frozen=True)
class Weights:
    """How many of a hundred points each section of a record's completeness is worth."""

    facts: int
    figures: int
    older: int
    statements: int
    evidence: int
    presence: int
    contacts: int


_patterns: dict[str, str] = {}
_confirmation = Confirmation(every_months=12, window_days=60, reminders=(30, 14, 3))

_joining = Joining(5, 2, 7, 7, 30, 20, 20, 1095)


def set_joining(limits: Joining) -> None:
    """Set the limits around becoming a member."""
    global _joining
    _joining = limits


def joining() -> Joining:
    """Return the limits around becoming a member."""
    return _joining


def set_confirmation(rhythm: Confirmation) -> None:
    """Set the rhythm of the yearly confirmation."""
    global _confirmation
    _confirmation = rhythm


def confirmation() -> Confirmation:
    """Return the rhythm of the yearly confirmation."""
    return _confirmation


_weights: dict[str, int] = {}


def set_weights(weights: Weights) -> None:
    """Set what each section of a record's completeness is worth."""
    _weights.update(asdict(weights))


def weights() -> Mapping[str, int]:
    """Return what each section is worth, by its name."""
    return _weights


_words: dict[str, tuple[str, ...]] = {}
_divisions: dict[str, str] = {}


def set_words(words: Mapping[str, Sequence[str]]) -> None:
    """Set the city's words: `name_places` that stand in names of enterprises without telling
    them apart, `name_remarks` in brackets that say nothing of who it is."""
    _words.clear()
    _words.update({name: tuple(found) for name, found in words.items()})


def words(name: str) -> tuple[str, ...]:
    """Return the city's words of that kind, none where it has set none."""
    return _words.get(name, ())


def set_divisions(districts: Mapping[str, str]) -> None:
    """Set which district (slug) each six-figure division code names now."""
    _divisions.clear()
    _divisions.update(districts)


def district_of_division(code: str) -> str | None:
    """Return the slug of the district a division code names, None for any other code."""
    return _divisions.get(code)


def set_patterns(patterns: Mapping[str, str]) -> None:
    """Set the patterns: `submission`, `admission`, `entry_<kind>` in str.format form."""
    _patterns.clear()
    _patterns.update(patterns)


def number_parts(pattern: str, **values: Any) -> tuple[str, int, str]:
    """Return what stands before and after the serial in a city's number, and to how many figures
    the serial is filled with zeros, for numbers made inside the database.

    Raises KeyError for a pattern the city has not set.
    """
    before, _, rest = _patterns[pattern].partition("{serial")
    form, _, after = rest.partition("}")
    return before.format(**values), int(form.strip(":d") or 0), after.format(**values)


def number(pattern: str, **values: Any) -> str:
    """Return a number in the city's form, such as an entry number from year and serial.

    Raises KeyError for a pattern the city has not set.
    """
    return _patterns[pattern].format(**values)

"""Pure decisions on titles: how they stand on a day, until when they hold, what may be recorded."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from flask_babel import gettext as _

from portal.classification.terms.titles import (
    EXPIRING_DAYS,
    LEVELS_DOWN,
    Level,
    Standing,
    TitleState,
)
from portal.errors import Refused

SELF_SUFFICIENT_DIGITS = 8
NUMBER = re.compile(r"[\w\-–—·./()（）〔〕\[\]“”、+ ]+")
SHORTEST_NUMBER = 2


@dataclass(frozen=True)
class TitleFacts:
    """What an officer reads from the source document; empty text where it says nothing."""

    level: str
    granted_on: date
    source_title: str
    source_date: date
    number: str = ""
    batch: str = ""
    subject: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    source_number: str = ""
    source_url: str = ""


def standing(state: str, valid_until: date | None, on: date) -> Standing:
    """Return how a title that has begun stands on a day; it lapses the day after `valid_until`.

    `state` is what interrupts it that day, empty for nothing. A revoked title stays revoked, a
    lapsed one is lapsed even if it was suspended before.
    """
    if state == TitleState.REVOKED:
        return Standing.REVOKED
    if valid_until is not None and valid_until < on:
        return Standing.LAPSED
    if state == TitleState.SUSPENDED:
        return Standing.SUSPENDED
    if valid_until is not None and valid_until <= expiring_until(on):
        return Standing.EXPIRING
    return Standing.VALID


def expiring_until(on: date) -> date:
    """Return the latest last day of validity that is called expiring on a day."""
    return on + timedelta(days=EXPIRING_DAYS)


def levels_at_least(level: Level) -> tuple[Level, ...]:
    """Return a level with those above it: 省级以上 includes national. A published list that no
    authority stands behind is neither above nor below any other."""
    if level == Level.OTHER:
        return (Level.OTHER,)
    return LEVELS_DOWN[: LEVELS_DOWN.index(level) + 1]


def default_until(valid_from: date, months: int | None) -> date | None:
    """Return the last day before the anniversary, None where a kind has no validity.

    Where the month has no such day (29 February), its last day is the last of the validity.
    """
    if months is None:
        return None
    years, month = divmod(valid_from.month - 1 + months, 12)
    year, month = valid_from.year + years, month + 1
    if valid_from.day > (last := monthrange(year, month)[1]):
        return date(year, month, last)
    return date(year, month, valid_from.day) - timedelta(days=1)


def completed(facts: TitleFacts, levels: Collection[str], months: int | None) -> TitleFacts:
    """Return the facts with what need not be typed: the only level, the dates of validity."""
    level = facts.level or (next(iter(levels)) if len(levels) == 1 else "")
    begin = facts.valid_from or facts.granted_on
    until = facts.valid_until or default_until(begin, months)
    return replace(facts, level=level, valid_from=begin, valid_until=until)


def check_facts(facts: TitleFacts, levels: Collection[str], today: date) -> None:
    """Raise Refused at the first field of completed facts that cannot be right."""
    if facts.level not in levels:
        raise Refused(_("Choose a level at which this title is granted"), "level")
    check_number(facts.number)
    check_dates(facts, today)
    check_source(facts)


def check_number(number: str) -> None:
    """Raise Refused at `number` for what is too short or holds signs no number holds."""
    readable = NUMBER.fullmatch(number) and any(char.isalnum() for char in number)
    if len(number) < SHORTEST_NUMBER or not readable:
        raise Refused(
            _("Enter the number as it is printed: letters, figures, brackets and hyphens"), "number"
        )


def check_dates(facts: TitleFacts, today: date) -> None:
    """Raise Refused at a date to come, or where granted ≤ from ≤ until does not hold."""
    begin, end = facts.valid_from or facts.granted_on, facts.valid_until
    for name, day in (
        ("granted_on", facts.granted_on),
        ("valid_from", begin),
        ("source_date", facts.source_date),
    ):
        if day > today:
            raise Refused(_("This date is still to come: check it"), name)
    if begin < facts.granted_on:
        raise Refused(
            _("Validity cannot begin before the title was granted: check both dates"), "valid_from"
        )
    if end is not None and end < begin:
        raise Refused(_("Validity cannot end before it begins: check both dates"), "valid_until")


def check_source(facts: TitleFacts) -> None:
    """Raise Refused where the source document could not be found again."""
    if not facts.source_number and not facts.source_url:
        raise Refused(
            _("Enter the document number or the web address, so that the source can be found"),
            "source_number",
        )
    if not facts.source_url:
        return
    parts = urlsplit(facts.source_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise Refused(
            _("The address of the source begins with http:// or https://: check it"), "source_url"
        )


def identifies_alone(number: str) -> bool:
    """Say whether a number needs no batch: a certificate's, not a place on a yearly list."""
    return sum(char.isdigit() for char in number) >= SELF_SUFFICIENT_DIGITS


def overlap(begin: date, end: date | None, other_begin: date, other_end: date | None) -> bool:
    """Say whether two validities share a day; an end of None never comes."""
    return (end is None or other_begin <= end) and (other_end is None or begin <= other_end)


def is_renewal(begin: date, end: date | None, next_begin: date, next_end: date | None) -> bool:
    """Say whether the second validity renews the first: it begins while that is expiring."""
    return (
        end is not None
        and begin < next_begin
        and end <= expiring_until(next_begin)
        and (next_end is None or next_end > end)
    )


def is_duplicate(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Say whether two validities of the same title cannot both be right."""
    return overlap(*one, *other) and not (is_renewal(*one, *other) or is_renewal(*other, *one))


def check_ground(ground: str) -> None:
    """Raise Refused at `ground` when it is not said why a record is changed."""
    if not ground.strip():
        raise Refused(_("Say why, with what the correction rests on"), "ground")

"""When a record's facts are to be confirmed, who is reminded on which day, and what is refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from portal import city
from portal.enterprises.rules.durations import months_later
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.record import STATE_NAMES, State
from portal.errors import Refused


@dataclass(frozen=True)
class Reminders:
    """What is owed on a day: the one reminder to send (days before the end), and those that
    are passed over because the worker stood still when they were due."""

    send: int | None
    passed: frozenset[int]


def next_due(day: date) -> date:
    """Return when facts that were true on a day are to be confirmed again."""
    return months_later(day, city.confirmation().every_months)


def last_day(due_on: date, today: date) -> date:
    """Return the last day of the window. However late it is opened, members keep the time from
    before the first reminder."""
    rhythm = city.confirmation()
    earliest = today + timedelta(days=max(rhythm.reminders) + 1)
    return max(due_on + timedelta(days=rhythm.window_days), earliest)


def reminders_owed(confirm_by: date, today: date, sent: Collection[int]) -> Reminders:
    """Return which reminder is owed on a day: the latest one due, the earlier ones passed over."""
    left = (confirm_by - today).days
    owed = [days for days in city.confirmation().reminders if 0 <= left <= days]
    missing = sorted(set(owed) - set(sent))
    if not missing:
        return Reminders(None, frozenset())
    if min(owed) != missing[0]:
        return Reminders(None, frozenset(missing))
    return Reminders(missing[0], frozenset(missing[1:]))


def check_confirmable(state: State) -> None:
    """Raise Refused for a record whose facts cannot be confirmed, saying why."""
    if state in IN_THE_REGISTRY:
        return
    if state == State.SUSPENDED:
        raise Refused(
            _("This record is suspended: it can be confirmed once the suspension is lifted")
        )
    raise Refused(
        _(
            "Only records in the registry are confirmed; this one stands at “%(state)s”",
            state=str(STATE_NAMES[state]),
        )
    )

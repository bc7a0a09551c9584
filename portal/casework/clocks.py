"""The clock of a case: due days in working days, stopped while the other side is to act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from portal import clock
from portal.casework.models import Case
from portal.casework.procedures import procedure_of
from portal.casework.terms import Matter
from portal.taxonomy.queries import calendar
from portal.taxonomy.working_days import Due

FAR = date.max


def start(case: Case) -> None:
    """Start the clock of the case's stage today, with all its days."""
    case.stage_since = clock.now()
    case.days_used = 0
    run(case)


def run(case: Case) -> None:
    """Let the clock run from today with the days that are left; one at least after a stop."""
    limit = procedure_of(Matter(case.matter)).step(case.stage).days
    due = due_after(max(limit - case.days_used, 1))
    case.clock_from, case.stopped_at = clock.today(), None
    case.due_on = case.order_on = due.on
    case.provisional = due.provisional


def stop(case: Case) -> None:
    """Stop the clock and keep how many working days of the stage are used up."""
    today = clock.today()
    case.days_used += calendar(case.clock_from, today).between(case.clock_from, today)
    case.stopped_at = clock.now()
    case.due_on, case.order_on, case.provisional = None, FAR, False


def days_left(cases: Sequence[Case]) -> dict[int, int]:
    """Return by case how many working days are left until its due day, below 0 when overdue.

    A case whose clock stands still is left out; one select serves them all.
    """
    today = clock.today()
    due = {case.id: case.due_on for case in cases if case.due_on is not None}
    if not due:
        return {}
    days = calendar(min(today, *due.values()), max(today, *due.values()))
    return {
        number: days.between(today, on) if on >= today else -max(days.between(on, today), 1)
        for number, on in due.items()
    }


def correction_due(matter: Matter) -> date:
    """Return by which day what is returned today is to be corrected."""
    return due_after(procedure_of(matter).correction_days).on


def due_after(days: int) -> Due:
    """Return the day on which so many working days after today have passed."""
    today = clock.today()
    return calendar(today, today + timedelta(days=days * 3 + 30)).add(today, days)

"""The demonstration's worklist: registrations on their way, seen from today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from portal import casework, clock
from portal.casework import Case
from portal.cli.seed.enterprises import Registry, get_registered
from portal.cli.seed.history import History
from portal.enterprises.actions.cases import case_of
from portal.taxonomy.queries import calendar

FURTHEST = timedelta(days=60)


def plan_queue(history: History, registry: Registry, items: list[dict[str, Any]]) -> None:
    """Put registrations that wait into the history, each so many working days before today."""
    for item in items:
        history.on(working_day_before(item["days_ago"]), lambda item=item: registry.register(item))  # type: ignore[misc]
        if "passed_days_ago" in item:
            passed = working_day_before(item["passed_days_ago"])
            history.on(passed, lambda item=item: registry.pass_on(item))  # type: ignore[misc]
        if "taken_by" in item:
            history.on(clock.today(), lambda item=item: take(registry, item))  # type: ignore[misc]


def take(registry: Registry, item: dict[str, Any]) -> None:
    """Let the officer named in the fixture take a registration."""
    casework.take(registry.people[item["taken_by"]], case_on(item))


def case_on(item: dict[str, Any]) -> Case:
    """Return the open case of a registration of the queue."""
    case = case_of(get_registered(item["uscc"]))
    if case is None:
        raise LookupError(f"{item['uscc']} waits for nobody")
    return case


def working_day_before(days: int) -> date:
    """Return the day after which so many working days have passed today."""
    today = clock.today()
    days_known = calendar(today - FURTHEST, today)
    day = today
    while days_known.between(day, today) < days and today - day < FURTHEST:
        day -= timedelta(days=1)
    return day

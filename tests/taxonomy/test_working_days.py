"""Counting in working days over holidays, make-up days and the end of the published calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.taxonomy.actions import add_calendar_days
from portal.taxonomy.queries import calendar, last_published_day
from portal.taxonomy.working_days import Calendar

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def of_2026() -> Calendar:
    return calendar(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # a Friday, then the weekend
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day
        (date(2026, 9, 30), 2, date(2026, 10, 9)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # a Saturday worked to make up
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),  # none from a holiday: when work begins again
        (date(2026, 10, 8), 0, date(2026, 10, 8)),
    ],
)
def test_a_due_date_passes_over_holidays_and_counts_make_up_days(
    app: Flask, start: date, days: int, due: date
) -> None:
    found = of_2026().add(start, days)
    assert (found.on, found.provisional) == (due, False)


def test_beyond_the_published_years_weekdays_count_and_the_date_is_provisional(app: Flask) -> None:
    last = last_published_day()
    assert last == date(2026, 12, 31)
    assert not of_2026().add(date(2026, 12, 30), 1).provisional
    found = of_2026().add(date(2026, 12, 31), 1)
    assert (found.on, found.provisional) == (date(2027, 1, 1), True)


def test_what_is_overdue_is_counted_in_working_days(app: Flask) -> None:
    days = of_2026()
    assert days.between(date(2026, 9, 30), date(2026, 10, 7)) == 0
    assert days.between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert days.between(date(2026, 10, 9), date(2026, 10, 11)) == 1
    assert days.between(date(2026, 10, 9), date(2026, 10, 9)) == 0


def test_a_day_the_bureau_has_corrected_stays_corrected(app: Flask) -> None:
    day = date(2026, 11, 23)
    assert add_calendar_days({day: (False, "示例放假")}) == 0
    assert of_2026().is_working(day)
    assert add_calendar_days({date(2027, 1, 1): (False, "元旦")}) == 1
    assert of_2026().add(date(2026, 12, 31), 1).on == date(2027, 1, 4)


@given(start=DAYS, days=st.integers(0, 60), closed=st.sets(DAYS, max_size=40))
def test_a_due_date_is_a_working_day_and_so_many_after_the_start(
    start: date, days: int, closed: set[date]
) -> None:
    known = Calendar(dict.fromkeys(closed, False))
    due = known.add(start, days)
    assert known.is_working(due.on)
    assert known.between(start, due.on) == days + (days == 0 and due.on > start)
    assert due.on >= start + timedelta(days=days)

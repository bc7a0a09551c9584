"""The calendar's first content: the published holidays and make-up days, from a kept library."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays, workdays

from portal.taxonomy.actions import add_calendar_days

FIRST_YEAR = 2022  # the year of the plan: nothing here is older


def load_calendar() -> int:
    """Add every published day that is not on record yet; return how many."""
    last = max(day.year for day in (*holidays, *workdays))
    return add_calendar_days(published(date(FIRST_YEAR, 1, 1), date(last, 12, 31)))


def published(first: date, last: date) -> dict[date, tuple[bool, str]]:
    """Return each day of a span: whether it is worked, and the name of its holiday."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day: (chinese_calendar.is_workday(day), holidays.get(day, "")) for day in days}

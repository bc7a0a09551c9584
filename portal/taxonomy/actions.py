"""Loading vocabularies, departments and days; loading the same data again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.database import action, put
from portal.extensions import db
from portal.taxonomy.models import CalendarDay, Department, Term
from portal.taxonomy.terms import DepartmentKind, Scheme


@action
def put_term(scheme: Scheme, slug: str, *, parent: Term | None = None, **facts: Any) -> Term:
    """Add or update one term and return it; `facts` are its other columns."""
    key = {"scheme": str(scheme), "slug": slug}
    return put(Term, key, parent_id=parent.id if parent else None, **facts)


@action
def put_department(slug: str, kind: DepartmentKind, **facts: Any) -> Department:
    """Add or update one department and return it; `facts` are its other columns."""
    return put(Department, {"slug": slug}, kind=str(kind), **facts)


@action
def add_calendar_days(days: Mapping[date, tuple[bool, str]]) -> int:
    """Add the days (is worked, name of the holiday) that have no row yet; return how many.

    A day on record stays as it is: the bureau may have corrected it.
    """
    known = set(db.session.scalars(select(CalendarDay.day)))
    new = [
        CalendarDay(day=day, is_working=is_working, name=name)
        for day, (is_working, name) in days.items()
        if day not in known
    ]
    db.session.add_all(new)
    return len(new)

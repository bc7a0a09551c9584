"""Named selects over terms, departments and calendar days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import func, or_, select, tuple_

from portal import clock
from portal.errors import NotFound
from portal.extensions import db
from portal.taxonomy.models import CalendarDay, Department, Term
from portal.taxonomy.terms import Scheme
from portal.taxonomy.working_days import Calendar


def terms(scheme: Scheme, on: date | None = None) -> Sequence[Term]:
    """Return the terms of one scheme in force on a day (today by default), in their order."""
    day = on or clock.today()
    return db.session.scalars(
        select(Term)
        .where(
            Term.scheme == scheme,
            or_(Term.valid_from.is_(None), Term.valid_from <= day),
            or_(Term.valid_until.is_(None), Term.valid_until >= day),
        )
        .order_by(Term.sort, Term.id)
    ).all()


def find_term(scheme: Scheme, slug: str | None) -> Term | None:
    """Return the term of that slug, also one no longer in force, or None."""
    if not slug:
        return None
    return db.session.scalar(select(Term).where(Term.scheme == scheme, Term.slug == slug))


def get_term(scheme: Scheme, slug: str) -> Term:
    """Return the term of that slug; raises NotFound."""
    term = find_term(scheme, slug)
    if term is None:
        raise NotFound
    return term


def names_of(
    pairs: set[tuple[str, str]], named: Callable[[Term], object]
) -> dict[tuple[str, str], object]:
    """Return the names of (scheme, slug) pairs, in one statement."""
    found = db.session.scalars(
        select(Term).where(tuple_(Term.scheme, Term.slug).in_(sorted(pairs)))
    )
    return {(term.scheme, term.slug): named(term) for term in found}


def departments() -> Sequence[Department]:
    """Return every department, former ones included, in order of precedence."""
    return db.session.scalars(select(Department).order_by(Department.sort, Department.id)).all()


def find_department(slug: str | None) -> Department | None:
    """Return the department of that slug or None."""
    if not slug:
        return None
    return db.session.scalar(select(Department).where(Department.slug == slug))


def get_department(slug: str) -> Department:
    """Return the department of that slug; raises NotFound."""
    department = find_department(slug)
    if department is None:
        raise NotFound
    return department


def calendar(start: date, end: date) -> Calendar:
    """Return the published days from `start` to `end`, in one statement."""
    rows = db.session.execute(
        select(CalendarDay.day, CalendarDay.is_working).where(CalendarDay.day.between(start, end))
    )
    return Calendar({row.day: row.is_working for row in rows})


def last_published_day() -> date | None:
    """Return the last day of the published calendar, None before it was loaded."""
    return db.session.scalar(select(func.max(CalendarDay.day)))

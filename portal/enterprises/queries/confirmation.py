"""Named selects over what the yearly confirmation asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from portal.enterprises.models import ConfirmationReminder, Enterprise
from portal.enterprises.terms.record import State
from portal.extensions import db


def without_due_day(limit: int) -> Sequence[Enterprise]:
    """Return records in the registry that have no day of their next confirmation yet."""
    return db.session.scalars(
        select(Enterprise)
        .where(Enterprise.state == State.ACTIVE, Enterprise.confirm_due_on.is_(None))
        .order_by(Enterprise.id)
        .limit(limit)
    ).all()


def due(on: date, limit: int) -> Sequence[Enterprise]:
    """Return the records whose facts are to be confirmed from this day on, longest due first."""
    return db.session.scalars(
        select(Enterprise)
        .where(Enterprise.state == State.ACTIVE, Enterprise.confirm_due_on <= on)
        .order_by(Enterprise.confirm_due_on, Enterprise.id)
        .limit(limit)
    ).all()


def overdue(on: date, limit: int) -> Sequence[Enterprise]:
    """Return the records whose window ended before a day."""
    return db.session.scalars(
        select(Enterprise)
        .where(Enterprise.state == State.CONFIRM_DUE, Enterprise.confirm_by < on)
        .order_by(Enterprise.confirm_by, Enterprise.id)
        .limit(limit)
    ).all()


def ending(until: date, after_id: int, limit: int) -> Sequence[Enterprise]:
    """Return the records whose window ends by a day, by id, after an id."""
    return db.session.scalars(
        select(Enterprise)
        .where(
            Enterprise.state == State.CONFIRM_DUE,
            Enterprise.confirm_by <= until,
            Enterprise.id > after_id,
        )
        .order_by(Enterprise.id)
        .limit(limit)
    ).all()


def reminders_of(enterprise_ids: Collection[int]) -> dict[tuple[int, date], set[int]]:
    """Return which reminders of which window (enterprise, last day) were dealt with."""
    found: dict[tuple[int, date], set[int]] = {}
    rows = db.session.scalars(
        select(ConfirmationReminder).where(ConfirmationReminder.enterprise_id.in_(enterprise_ids))
    )
    for row in rows:
        found.setdefault((row.enterprise_id, row.confirm_by), set()).add(row.days)
    return found

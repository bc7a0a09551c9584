"""The yearly confirmation: what members confirm, and what the night does about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from portal import audit, city, clock
from portal.accounts.models import Person
from portal.audit import SYSTEM
from portal.database import action
from portal.enterprises.actions.members import check_editor
from portal.enterprises.actions.records import check_version, enter_state, note_confirmed
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.models import ConfirmationReminder, Enterprise
from portal.enterprises.queries import confirmation as queries
from portal.enterprises.rules.confirmation import (
    check_confirmable,
    last_day,
    next_due,
    reminders_owed,
)
from portal.enterprises.terms.record import State
from portal.extensions import db

BATCH = 20  # records of one transaction: half a second at most, as others may wait to write


@action
def confirm(actor: Person, enterprise: Enterprise, version: int) -> None:
    """Say that every fact of a record is still true; the next confirmation is due in a year.

    Raises NotAllowed, Refused outside the registry, ChangedSinceOpened.
    """
    check_editor(actor, enterprise)
    check_version(enterprise, version)
    state = State(enterprise.state)
    check_confirmable(state)
    days = {"confirmed_on": (enterprise.confirmed_on, clock.today())}
    if state == State.ACTIVE:
        enterprise.updated_at = clock.now()
        audit.record(actor, "confirm", enterprise, days | {"version": (version, version + 1)})
    else:
        enter_state(actor, enterprise, State.ACTIVE, act="confirm", changes=days)
    note_confirmed(enterprise)


def ask_for_confirmations() -> None:
    """The night's work: open windows, mark what was missed, remind of what ends soon."""
    for batch in (set_due_days, open_windows, mark_stale):
        while batch(BATCH):
            pass
    each_batch(remind)


def each_batch(work: Callable[[int, int], int]) -> None:
    """Call work(after id, limit), which returns the last id it saw, until it returns 0."""
    last = work(0, BATCH)
    while last:
        last = work(last, BATCH)


@action
def set_due_days(limit: int) -> int:
    """Give records that came without one the day of their next confirmation; return how many."""
    found = queries.without_due_day(limit)
    for enterprise in found:
        began = enterprise.confirmed_on or enterprise.admitted_on or clock.today()
        enterprise.confirm_due_on = next_due(began)
    return len(found)


@action
def open_windows(limit: int) -> int:
    """Ask the members of records whose day has come to confirm them; return how many."""
    today = clock.today()
    found = queries.due(today, limit)
    for enterprise in found:
        enterprise.confirm_by = last_day(enterprise.confirm_due_on or today, today)
        enter_state(SYSTEM, enterprise, State.CONFIRM_DUE)
        tell(enterprise, "confirm_due")
    return len(found)


@action
def mark_stale(limit: int) -> int:
    """Mark records that were not confirmed in time as out of date; return how many."""
    found = queries.overdue(clock.today(), limit)
    for enterprise in found:
        enter_state(SYSTEM, enterprise, State.STALE)
        tell(enterprise, "stale")
    return len(found)


@action
def remind(after_id: int, limit: int) -> int:
    """Send the reminders owed today for a batch of records; return the last id, 0 at the end."""
    until = clock.today() + timedelta(days=max(city.confirmation().reminders))
    found = queries.ending(until, after_id, limit)
    dealt_with = queries.reminders_of([enterprise.id for enterprise in found])
    for enterprise in found:
        if enterprise.confirm_by is not None:
            window = (enterprise.id, enterprise.confirm_by)
            remind_one(enterprise, enterprise.confirm_by, dealt_with.get(window, set()))
    return found[-1].id if found else 0


def remind_one(enterprise: Enterprise, confirm_by: date, sent: set[int]) -> None:
    """Owe the one reminder that is due and write down those passed over."""
    owed = reminders_owed(confirm_by, clock.today(), sent)
    for days in sorted(owed.passed | ({owed.send} if owed.send is not None else set())):
        db.session.add(
            ConfirmationReminder(
                enterprise_id=enterprise.id,
                confirm_by=confirm_by,
                days=days,
                sent_at=clock.now() if days == owed.send else None,
            )
        )
    if owed.send is not None:
        tell(enterprise, "confirm_reminder", days=(confirm_by - clock.today()).days)


def tell(enterprise: Enterprise, template: str, **values: int) -> None:
    """Write to the members until when they are asked to confirm."""
    by = enterprise.confirm_by.isoformat() if enterprise.confirm_by else ""
    tell_members(enterprise, template, confirm_by=by, **values)

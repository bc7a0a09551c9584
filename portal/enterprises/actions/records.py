"""What every change of a record does: compare versions, enter a state, tell the search index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock, outbox
from portal.audit import Actor
from portal.enterprises.models import Enterprise, EnterprisePeriod
from portal.enterprises.queries.records import changed_since, open_period
from portal.enterprises.rules.confirmation import next_due
from portal.enterprises.rules.states import WITH_PERIODS, check_follows
from portal.enterprises.terms.record import FIELDS, State
from portal.errors import ChangedSinceOpened
from portal.extensions import db


def check_version(enterprise: Enterprise, version: int) -> None:
    """Raise ChangedSinceOpened with the changed fields when the form is out of date."""
    if enterprise.version != version:
        changed = changed_since(enterprise, version)
        raise ChangedSinceOpened(
            _("This record was changed since you opened it: compare and save again"),
            tuple(name for name in changed if name in FIELDS),
        )


def enter_state(
    actor: Actor,
    enterprise: Enterprise,
    state: State,
    *,
    act: str = "",
    note: str = "",
    office: str = "",
    changes: Mapping[str, Sequence[Any]] | None = None,
) -> None:
    """Bring a record into a state, with its periods, trail, search and public pages; call it
    inside an action. `act` is the word of the trail, the state's own by default.

    Raises Refused for a state that may not follow the present one.
    """
    before, version = State(enterprise.state), enterprise.version
    check_follows(before, state)
    enterprise.state, enterprise.updated_at = state, clock.now()
    turn_period(enterprise, state)
    audit.record(
        actor,
        act or state,
        enterprise,
        {"state": (before, state), "version": (version, version + 1), **(changes or {})},
        note=note,
        office=office,
    )
    if {before, state} & WITH_PERIODS:
        announce(enterprise)


def turn_period(enterprise: Enterprise, state: State) -> None:
    """End the open period with yesterday and open one for the new state today.

    The state at the end of a day is the day's. Rows are superseded, never rewritten, so that
    what was known on an earlier day can still be told; a period begun and ended on one day
    leaves no row that holds today.
    """
    today, moment = clock.today(), clock.now()
    ended = open_period(enterprise.id)
    if ended is not None:
        ended.superseded_at = moment
        if ended.valid_from < today:
            add_period(enterprise, State(ended.state), ended.valid_from, today - timedelta(days=1))
    if state in WITH_PERIODS:
        add_period(enterprise, state, today)


def add_period(
    enterprise: Enterprise, state: State, valid_from: date, valid_until: date | None = None
) -> None:
    """Write down a period as it is known from now on."""
    db.session.add(
        EnterprisePeriod(
            enterprise_id=enterprise.id,
            state=state,
            valid_from=valid_from,
            valid_until=valid_until,
            recorded_at=clock.now(),
        )
    )


def note_confirmed(enterprise: Enterprise) -> None:
    """Count the year from today: the facts were confirmed, or verified by the bureau."""
    today = clock.today()
    enterprise.confirmed_on, enterprise.confirm_by = today, None
    enterprise.confirm_due_on = next_due(today)


def announce(enterprise: Enterprise) -> None:
    """Owe the search index this record's present state."""
    outbox.send("search", key=f"enterprise:{enterprise.id}")

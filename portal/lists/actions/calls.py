"""Opening and closing a call, and beginning the selection."""

from __future__ import annotations

from datetime import date

from portal import clock
from portal.accounts.models import Person
from portal.database import action
from portal.lists.actions.editions import change_state
from portal.lists.actions.units import tell_units
from portal.lists.models import Release
from portal.lists.rules.calls import check_call_dates
from portal.lists.terms.editions import EditionState


@action
def open_call(
    actor: Person, release: Release, version: int, opens_on: date, closes_on: date | None
) -> None:
    """Call for entries from a day on, until the closing date; also extends a closed call."""
    check_call_dates(opens_on, closes_on, clock.today())
    change_state(actor, release, version, EditionState.CALL_OPEN, "open_call")
    release.call_opens_on, release.call_closes_on = opens_on, closes_on
    tell_units(actor, release)


@action
def close_call(actor: Person, release: Release, version: int) -> None:
    """End the call today, whatever closing date was named."""
    change_state(actor, release, version, EditionState.CALL_CLOSED, "close_call")
    release.call_closes_on = min(release.call_closes_on or clock.today(), clock.today())


@action
def start_curating(actor: Person, release: Release, version: int) -> None:
    """Begin the selection proper: nothing new comes in, only corrections."""
    change_state(actor, release, version, EditionState.CURATING, "start_curating")

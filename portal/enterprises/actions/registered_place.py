"""The registered place follows the changes officers have verified, with its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from portal import audit, clock
from portal.accounts.models import Person
from portal.enterprises.actions.presence import Place, differences, keep_site, place_of
from portal.enterprises.actions.standing import office
from portal.enterprises.models import ChangeRequest, Site
from portal.enterprises.queries.presence import registered_site
from portal.enterprises.terms.changes import ADDRESS, Reason
from portal.enterprises.terms.presence import SiteKind

FOLLOWS = {ADDRESS, "district", "zone"}


def move_registered_place(actor: Person, change: ChangeRequest) -> None:
    """Bring the registered place to what an accepted change says, inside its action.

    A move ends the place before on the day before it took effect and begins another; a correction,
    or a new zone of the same place, keeps the days of the one on record. Nothing follows where
    neither record nor report tells an address.
    """
    current = registered_site(change.enterprise)
    place = place_after(change, current)
    if place is None or (current is not None and place == place_of(current)):
        return
    before = place_of(current) if current else None
    line_id = (current.line_id or current.id) if current is not None else None
    if current is not None:
        current.ended_at = clock.now()
    if before is not None and is_move(change, before, place):
        last = change.effective_on - timedelta(days=1)
        past = replace(before, until=max(last, before.since) if before.since else last)
        keep_site(actor, change.enterprise, past, line_id=line_id)
        line_id = None  # another place begins a line of its own
    keep_site(actor, change.enterprise, place, line_id=line_id)
    told = differences(before, place) if before else {"address": (None, place.address)}
    changes = {f"site_{name}": pair for name, pair in told.items()}
    audit.record(actor, "move_site", change.enterprise, changes, office=office(actor))


def place_after(change: ChangeRequest, current: Site | None) -> Place | None:
    """Return the registered place as a change has it, None where it says nothing of it; the
    record's own facts are changed already."""
    enterprise = change.enterprise
    address = change.facts.get(ADDRESS) or (current.address if current else "")
    if not FOLLOWS & set(change.facts) or not address or enterprise.district is None:
        return None
    zones = (enterprise.zone,) if enterprise.zone else ()
    place = Place(SiteKind.REGISTERED, address, enterprise.district, zones)
    if current is None:
        return (
            place
            if change.reason == Reason.CORRECTION
            else replace(place, since=change.effective_on)
        )
    if is_move(change, place_of(current), place):
        return replace(place, since=change.effective_on)
    return replace(place, since=current.since)


def is_move(change: ChangeRequest, before: Place, after: Place) -> bool:
    """Say whether a change moves the registered place rather than corrects what is known of it."""
    elsewhere = (before.address, before.district) != (after.address, after.district)
    return elsewhere and change.reason != Reason.CORRECTION

"""The blueprint of the pages about people, and the page of one person."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts.models import Identifier, Person
from portal.accounts.queries.officers import names_of_people
from portal.accounts.terms import PEOPLE_ACTS, RIGHT_NAMES, RIGHT_STATE_NAMES
from portal.audit import trail_of
from portal.audit.models import AuditEvent

blueprint = Blueprint("accounts_bureau", __name__, url_prefix="/bureau")
Answer = str | Response | tuple[str, int]


def shown_person(found: Person, contacts: list[Identifier] | None = None) -> str:
    """Return the page of a person; contacts only where they were just revealed."""
    events = trail_of(Person.__tablename__, found.id, limit=200)
    return render_template(
        "accounts/people/person.html",
        person=found,
        contacts=contacts,
        events=events,
        named=names_of_people(people_in(events)),
        acts=PEOPLE_ACTS,
        right_names=RIGHT_NAMES,
        state_names=RIGHT_STATE_NAMES,
        today=clock.today(),
    )


def people_in(events: object) -> set[int]:
    """Return the people lines of the trail name: who acted, for whom, who became a deputy."""
    found: set[int] = set()
    for event in events if isinstance(events, list) else []:
        found |= people_of(event)
    return found


def people_of(event: AuditEvent) -> set[int]:
    """Return the people one line of the trail names."""
    named = {event.actor_id} if event.actor_kind == "person" else set()
    for field in ("acting_for", "deputy"):
        named |= {value for value in event.changes.get(field, ()) if isinstance(value, int)}
    return {number for number in named if number is not None}

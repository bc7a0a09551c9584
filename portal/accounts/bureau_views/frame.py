"""The blueprint of the pages about people, and the page of one person."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts.models import Identifier, Person
from portal.accounts.queries.officers import names_of_people
from portal.accounts.terms import RIGHT_NAMES, RIGHT_STATE_NAMES, Right
from portal.audit import trail_of
from portal.audit.models import AuditEvent
from portal.taxonomy.queries import departments, terms
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language

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
        rights=rights_in_words(rights_in(events)),
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


def rights_in(events: Iterable[AuditEvent]) -> set[str]:
    """Return the rights lines of the trail name, as they are written there."""
    return {str(value) for event in events for value in event.changes.get("right", ()) if value}


def rights_in_words(written: Iterable[str]) -> dict[str, str]:
    """Return what rights, as the trail writes them (right@department/place), are called."""
    if not (written := set(written)):
        return {}
    bodies = {body.slug: in_language(body) for body in departments()}
    places = {
        term.slug: in_language(term)
        for scheme in (Scheme.DISTRICT, Scheme.ZONE)
        for term in terms(scheme)
    }
    found = {}
    for text in written:
        right, _at, rest = text.partition("@")
        body, _slash, place = rest.partition("/")
        name = str(RIGHT_NAMES[Right(right)]) if right in set(Right) else right
        parts = [name, bodies.get(body, body), places.get(place, _("The whole city"))]
        found[text] = " · ".join(parts)
    return found

"""Giving and ending officers' rights."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts import rules
from portal.accounts.actions import end_sign_ins
from portal.accounts.models import Identifier, OfficerRight, Person
from portal.accounts.queries import people as queries
from portal.accounts.terms import Right
from portal.audit import Actor
from portal.database import action
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.taxonomy.models import Department, Term


@action
def grant_right(
    actor: Actor,
    person: Person,
    right: Right,
    department: Department,
    district: Term | None = None,
    *,
    zone: Term | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> OfficerRight:
    """Give an officer a right from a day (today) to another (None: without end), in a district,
    a zone or (neither) the whole city.

    Raises NotAllowed to oneself or without `administer`, Refused for days in the wrong order, two
    places, somebody who cannot sign in and a right held already in these days.
    """
    begins = valid_from or clock.today()
    check_granter(actor, person)
    rules.check_span(begins, valid_until, clock.today())
    if district is not None and zone is not None:
        raise Refused(_("Limit the right to a district or to a zone, not to both"), "zone")
    if person.disabled_at is not None:
        raise Refused(_("This person cannot sign in: enable the sign-in first"))
    granted = OfficerRight(
        right=right,
        department_id=department.id,
        district_id=district.id if district else None,
        zone_id=zone.id if zone else None,
        valid_from=begins,
        valid_until=valid_until,
        granted_by_id=actor.actor_id,
        granted_at=clock.now(),
    )
    check_not_held(person, granted)
    person.rights.append(granted)
    db.session.flush()
    name = right_name(granted, department, district or zone)
    changes = {"right": name, "valid_from": begins, "valid_until": valid_until}
    audit.record(actor, "grant_right", person, {key: (None, new) for key, new in changes.items()})
    return granted


def check_granter(actor: Actor, person: Person) -> None:
    """Raise NotAllowed unless the actor administers and gives the right to somebody else.

    A deputy giving rights to the administrator they act for would be that administrator's own hand.
    """
    if not isinstance(actor, Person):
        return
    if actor.id == person.id:
        raise NotAllowed(_("Rights are given by another administrator, never to oneself"))
    check_administrator(actor)
    through = [
        held.acting_for for held in queries.rights_of(actor) if held.right == Right.ADMINISTER
    ]
    if all(officer is not None and officer.id == person.id for officer in through):
        raise NotAllowed(_("You act for this administrator: another one gives them rights"))


def check_administrator(actor: Actor) -> None:
    """Raise NotAllowed unless the actor is an administrator or the portal itself."""
    if isinstance(actor, Person) and not queries.has_right(actor, Right.ADMINISTER):
        raise NotAllowed(_("Only an administrator gives rights"))


def check_not_held(person: Person, wanted: OfficerRight) -> None:
    """Raise Refused when the person holds the same right in some of these days already."""
    for held in person.rights:
        same = (held.right, held.department_id, held.district_id, held.zone_id) == (
            wanted.right,
            wanted.department_id,
            wanted.district_id,
            wanted.zone_id,
        )
        days = (held.valid_from, held.valid_until, wanted.valid_from, wanted.valid_until)
        if same and held.ended_at is None and rules.overlap(*days):
            raise Refused(_("This person holds this right in these days already: end it first"))


def right_name(given: OfficerRight, department: Department, place: Term | None) -> str:
    """Return a right as the trail names it: right@department/place, * for the whole city."""
    return f"{given.right}@{department.slug}/{place.slug if place else '*'}"


@action
def end_right(actor: Actor, given: OfficerRight, reason: str) -> None:
    """End a right at once, for a reason that stays in the history.

    Raises NotAllowed without `administer`, Refused without a reason, for one that has ended and
    for the last administrator's.
    """
    check_administrator(actor)
    if given.ended_at is not None:
        raise Refused(_("This right has ended already"))
    ground = rules.check_reason(reason)
    if given.right == Right.ADMINISTER and given.is_in_force(clock.today()):
        check_other_administrator(given)
    given.ended_at, given.ended_by_id, given.end_reason = clock.now(), actor.actor_id, ground
    name = right_name(given, given.department, given.place)
    audit.record(actor, "end_right", given.person, {"right": (name, None)}, note=ground)


def check_other_administrator(given: OfficerRight) -> None:
    """Raise Refused when nobody could administer after this right ended."""
    if not queries.lasting_administrators(without_right=given.id):
        raise Refused(last_administrator())


def last_administrator() -> str:
    """Return the sentence that keeps the last administrator in office."""
    return _("Nobody else administers without an end date: give that right to another person first")


@action
def disable_sign_in(actor: Actor, person: Person, reason: str) -> None:
    """Keep a person from signing in and end their sign-ins at once; rights stay, unusable.

    Raises NotAllowed without `administer` or for oneself, Refused without a reason, for somebody
    disabled and for the last administrator.
    """
    check_administrator(actor)
    if actor.actor_id == person.id and isinstance(actor, Person):
        raise NotAllowed(_("Nobody disables their own sign-in: another administrator does"))
    if person.disabled_at is not None:
        raise Refused(_("This sign-in is disabled already"))
    ground = rules.check_reason(reason)
    is_administrator = any(
        held.right == Right.ADMINISTER and held.is_in_force(clock.today()) for held in person.rights
    )
    if is_administrator and not queries.lasting_administrators(without_person=person.id):
        raise Refused(last_administrator())
    person.disabled_at = clock.now()
    end_sign_ins(person)
    audit.record(actor, "disable_sign_in", person, note=ground)


@action
def enable_sign_in(actor: Actor, person: Person, reason: str) -> None:
    """Let a person sign in again. Raises NotAllowed, Refused without a reason or when enabled."""
    check_administrator(actor)
    if person.disabled_at is None or person.is_erased:
        raise Refused(_("This sign-in is not disabled"))
    ground = rules.check_reason(reason)
    person.disabled_at = None
    audit.record(actor, "enable_sign_in", person, note=ground)


@action
def reveal_contacts(actor: Person, person: Person) -> list[Identifier]:
    """Return a person's identifiers to an administrator; that they were shown is in the trail.

    Raises NotAllowed without `administer`.
    """
    check_administrator(actor)
    audit.record(actor, "reveal_contacts", person)
    return list(person.identifiers)

"""Deputies for leave: who acts for an officer, and until when."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts import rules
from portal.accounts.models import Deputy, Person
from portal.accounts.queries import people as queries
from portal.accounts.terms import Right
from portal.audit import Actor
from portal.database import action
from portal.errors import NotAllowed, Refused
from portal.extensions import db


@action
def set_deputy(
    actor: Actor, officer: Person, deputy: Person, valid_from: date, valid_until: date
) -> Deputy:
    """Let another officer hold this officer's own rights from a first to a last day.

    Raises NotAllowed unless the actor is the officer or an administrator, Refused for days that
    are over or too many, for somebody who is no officer, and where deputies would form a chain.
    """
    check_setter(actor, officer)
    rules.check_leave(valid_from, valid_until, clock.today())
    check_deputy(officer, deputy)
    check_no_chain(officer, deputy, valid_from, valid_until)
    named = Deputy(
        officer=officer,
        deputy=deputy,
        valid_from=valid_from,
        valid_until=valid_until,
        set_by_id=actor.actor_id,
        set_at=clock.now(),
    )
    db.session.add(named)
    db.session.flush()
    changes = {"deputy": deputy.id, "valid_from": valid_from, "valid_until": valid_until}
    audit.record(actor, "set_deputy", officer, {key: (None, new) for key, new in changes.items()})
    return named


@action
def end_deputy(actor: Actor, named: Deputy, reason: str) -> None:
    """End a deputy's time at once. Raises NotAllowed, Refused without reason or when over."""
    check_setter(actor, named.officer)
    if named.ended_at is not None or named.valid_until < clock.today():
        raise Refused(_("This deputy's time is over already"))
    ground = rules.check_reason(reason)
    named.ended_at, named.ended_by_id, named.end_reason = clock.now(), actor.actor_id, ground
    audit.record(
        actor, "end_deputy", named.officer, {"deputy": (named.deputy_id, None)}, note=ground
    )


def check_setter(actor: Actor, officer: Person) -> None:
    """Raise NotAllowed unless the actor is the officer or an administrator."""
    if not isinstance(actor, Person) or actor.id == officer.id:
        return
    if not queries.has_right(actor, Right.ADMINISTER):
        raise NotAllowed(_("A deputy is named by the officer or set by an administrator"))


def check_deputy(officer: Person, deputy: Person) -> None:
    """Raise Refused unless both hold rights of their own and the deputy is somebody else."""
    if deputy.id == officer.id:
        raise Refused(_("Choose another officer: nobody is their own deputy"), "deputy")
    day = clock.today()
    if not any(given.is_in_force(day) for given in officer.rights):
        raise Refused(_("Only an officer with rights in force has a deputy"))
    if deputy.disabled_at is not None or not any(given.is_in_force(day) for given in deputy.rights):
        raise Refused(_("A deputy is an officer with rights in force who can sign in"), "deputy")


def check_no_chain(officer: Person, deputy: Person, valid_from: date, valid_until: date) -> None:
    """Raise Refused when in these days the officer has a deputy or is one, or the deputy is away.

    Whoever acts for another is present; whoever is away acts for nobody.
    """

    def meets(times: list[Deputy]) -> bool:
        return any(
            each.ended_at is None
            and rules.overlap(each.valid_from, each.valid_until, valid_from, valid_until)
            for each in times
        )

    if meets(officer.deputies):
        raise Refused(_("A deputy is set for some of these days already: end that first"))
    if meets(officer.duties):
        raise Refused(_("This officer acts for another in these days: end that first"))
    if meets(deputy.deputies):
        raise Refused(_("This deputy is away themselves in these days: choose another"), "deputy")

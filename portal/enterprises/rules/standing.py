"""Suspending, lifting and removing: what may be asked for when, and what a consent needs."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.record import STATE_NAMES, State
from portal.enterprises.terms.standing import Act, Kind
from portal.errors import Refused

ANSWER_DAYS = 3  # working days in which the enterprise may answer before the consent
HEARD_ALREADY = frozenset({Kind.OWN_REQUEST})


def acts_open(state: State) -> tuple[Act, ...]:
    """Return what may be asked for a record in this state."""
    if state in IN_THE_REGISTRY:
        return (Act.SUSPEND, Act.REMOVE)
    return (Act.LIFT, Act.REMOVE) if state == State.SUSPENDED else ()


def check_ask(state: State, act: Act, kind: str, ground: str) -> None:
    """Raise Refused for an act the state does not allow, a removal without kind, no ground."""
    if act not in acts_open(state):
        raise Refused(
            _("A record that stands at “%(state)s” allows no such act", state=STATE_NAMES[state]),
            "act",
        )
    if act == Act.REMOVE and kind not in set(Kind):
        raise Refused(_("Choose why the record is removed: the public will read it"), "kind")
    if not ground.strip():
        raise Refused(_("Give the ground; the enterprise will read it"), "ground")


def hears_the_enterprise(act: Act, kind: str) -> bool:
    """Say whether the enterprise is to be heard first: not where it is relieved, or asked."""
    return act != Act.LIFT and kind not in HEARD_ALREADY


def check_heard(answered: bool, answer_by: date | None, today: date, urgent: bool) -> None:
    """Raise Refused while the enterprise may still answer, unless the matter cannot wait."""
    if answered or answer_by is None or today > answer_by or urgent:
        return
    raise Refused(
        _(
            "The enterprise may answer until %(day)s: wait for it, or tick that the matter"
            " cannot wait",
            day=answer_by.isoformat(),
        ),
        "urgent",
    )


def check_decline(opinion: str) -> None:
    """Raise Refused when a request is declined without words."""
    if not opinion.strip():
        raise Refused(_("Say why you decline; the officer who asked will read it"), "opinion")

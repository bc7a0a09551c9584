"""When a unit may hand in, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.errors import Refused
from portal.lists.rules.calls import is_call_open
from portal.lists.terms.editions import CURATED_STATES, EditionState
from portal.lists.terms.units import Sent, UnitState

MOST_EXPECTED = 500
UNIT_STATES = CURATED_STATES | {EditionState.PLANNED}  # while units are named and changed


def state_of(sent: str, last_day: date | None, today: date) -> UnitState:
    """Return where a unit stands: the last day itself is not overdue."""
    if sent:
        return UnitState.NIL if sent == Sent.NIL else UnitState.REPORTED
    overdue = last_day is not None and last_day < today
    return UnitState.OVERDUE if overdue else UnitState.PENDING


def is_open_to(
    state: str,
    opens_on: date | None,
    last_day: date | None,
    reopened_until: date | None,
    today: date,
) -> bool:
    """Say whether a unit may hand in: while the call is open until its last day, or while it was
    reopened for it."""
    if state in CURATED_STATES and reopened_until is not None and today <= reopened_until:
        return True
    return is_call_open(state, opens_on, last_day, today)


def check_expected(expected: int | None) -> int:
    """Return the number of entries expected; raises Refused at `expected`."""
    if expected is None or not 0 <= expected <= MOST_EXPECTED:
        raise Refused(
            _("Enter how many entries are expected, from 0 to %(most)d", most=MOST_EXPECTED),
            "expected",
        )
    return expected


def check_due_day(due_on: date | None, opens_on: date | None, today: date) -> None:
    """Raise Refused at `due_on` for a day that is over or before the call opens."""
    if due_on is not None and due_on < max(opens_on or today, today):
        raise Refused(_("The unit’s last day is over, or before the call opens"), "due_on")


def check_reopening(state: str, until: date, last_day: date | None, today: date) -> None:
    """Raise Refused unless late handing-in may be opened up to that day."""
    if state not in CURATED_STATES:
        raise Refused(_("The content is fixed, or the call is not open yet: nothing can come in"))
    if until < today:
        raise Refused(_("This day is over: choose today or a later one"), "until")
    if last_day is None or until <= last_day:
        raise Refused(_("The unit can hand in until then anyway: nothing to reopen"), "until")


def check_something(own: int, supported: int) -> None:
    """Raise Refused for a submission with nothing in it."""
    if not own and not supported:
        raise Refused(
            _(
                "There is no entry to hand in: write one, take over a filled template, support an"
                " enterprise’s entry, or hand in a nil return"
            )
        )


def check_nothing(own: int, supported: int) -> None:
    """Raise Refused for a nil return beside entries."""
    if own:
        raise Refused(
            ngettext(
                "%(num)d entry of this unit stands here: hand it in, or withdraw it first",
                "%(num)d entries of this unit stand here: hand them in, or withdraw them first",
                own,
            )
        )
    if supported:
        raise Refused(
            ngettext(
                "The unit supports %(num)d entry of an enterprise: that is no nil return",
                "The unit supports %(num)d entries of enterprises: that is no nil return",
                supported,
            )
        )


def check_no_nil(sent: str) -> None:
    """Raise Refused for support of an entry beside a nil return."""
    if sent == Sent.NIL:
        raise Refused(
            _("A nil return of this unit stands: withdraw it first, then support the entry")
        )


def check_complete(titles: Sequence[str]) -> None:
    """Raise Refused naming the drafts that cannot be handed in yet."""
    if titles:
        named = [f"“{title}”" if title else _("Entry without title") for title in titles]
        raise Refused(
            _(
                "Not complete yet: %(titles)s. Complete or withdraw them, then hand in",
                titles="、".join(named),
            )
        )


def check_opinion(*, supported: bool, ground: str) -> None:
    """Raise Refused at `ground` for an entry that is not supported without saying why."""
    if not supported and not ground:
        raise Refused(_("Say why the entry is not supported: the curators read it"), "ground")

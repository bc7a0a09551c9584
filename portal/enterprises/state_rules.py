"""Which state of a record may follow which: the one table every change is checked against."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from portal.enterprises.terms import STATE_NAMES, State
from portal.errors import Refused

IN_THE_REGISTRY = frozenset({State.ACTIVE, State.CONFIRM_DUE, State.STALE})
WITH_PERIODS = IN_THE_REGISTRY | {State.SUSPENDED, State.MERGED, State.REMOVED}

FOLLOWS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.RETURNED: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.ACTIVE, State.RETURNED, State.REFUSED}),
    State.REFUSED: frozenset(),
    State.ACTIVE: frozenset({State.CONFIRM_DUE, State.SUSPENDED, State.MERGED, State.REMOVED}),
    State.CONFIRM_DUE: frozenset(
        {State.ACTIVE, State.STALE, State.SUSPENDED, State.MERGED, State.REMOVED}
    ),
    State.STALE: frozenset({State.ACTIVE, State.SUSPENDED, State.MERGED, State.REMOVED}),
    State.SUSPENDED: IN_THE_REGISTRY | {State.MERGED, State.REMOVED},
    State.MERGED: IN_THE_REGISTRY | {State.SUSPENDED},
    State.REMOVED: frozenset(),
}


def check_follows(before: State, after: State) -> None:
    """Raise Refused, naming both states, when a record may not go from one to the other."""
    if after not in FOLLOWS[before]:
        raise Refused(
            _(
                "This record stands at “%(before)s”: it cannot become “%(after)s”",
                before=str(STATE_NAMES[before]),
                after=str(STATE_NAMES[after]),
            )
        )

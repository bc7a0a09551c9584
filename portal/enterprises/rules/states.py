"""Which state of a record may follow which: the one table every change is checked against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.enterprises.terms.record import (
    EDITABLE,
    OPTIONAL,
    STATE_NAMES,
    STEP_FIELDS,
    State,
    Step,
)
from portal.errors import Refused

MAY_SUBMIT = frozenset({State.ACTIVE, State.CONFIRM_DUE})
IN_THE_REGISTRY = frozenset({State.ACTIVE, State.CONFIRM_DUE, State.STALE})
# Of a record in these nobody changes figures, places, products and needs.
CLOSED = frozenset({State.SUBMITTED, State.REFUSED, State.MERGED, State.REMOVED})
WITH_PERIODS = IN_THE_REGISTRY | {State.SUSPENDED, State.MERGED, State.REMOVED}

OPEN_STEPS = frozenset({Step.PROFILE, Step.CONTACT})  # of a record in the registry
LOCKED = tuple(
    name
    for step, names in STEP_FIELDS.items()
    for name in names
    if step not in OPEN_STEPS and name != "uscc"
)

FOLLOWS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.IMPORTING: frozenset({State.ACTIVE}),  # all rows of an import at once
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


def check_may_submit(state: State, field: str | None = None) -> None:
    """Raise Refused, saying why, unless an enterprise in this state may send something in."""
    if state not in MAY_SUBMIT:
        raise Refused(why_not_submit(state), field)


def why_not_submit(state: State) -> str:
    """Return why an enterprise in this state may send nothing in, and what to do."""
    words = {
        State.SUBMITTED: _("The bureau is still verifying this enterprise: wait for its decision"),
        State.REFUSED: _("This enterprise was not admitted to the registry: see the ground there"),
        State.STALE: _("The facts of this enterprise are out of date: confirm them first"),
        State.SUSPENDED: _("This enterprise is suspended: the ground stands on its page"),
        State.MERGED: _("This record was merged into another: use the one that remains"),
        State.REMOVED: _("This enterprise is no longer in the registry"),
    }
    incomplete = _("Only enterprises in the registry may do this: complete the registration")
    return words.get(state, incomplete)


def may_edit(state: State, step: Step) -> bool:
    """Say whether members may edit a step of a record in this state themselves."""
    return state in EDITABLE or (state in IN_THE_REGISTRY and step in OPEN_STEPS)


def check_may_edit(state: State, step: Step, values: Mapping[str, Any]) -> None:
    """Raise Refused, saying why and what to do instead, when a step is not open for editing or
    a fact the registry needs would be emptied."""
    if not may_edit(state, step):
        raise Refused(why_not_edit(state))
    if state not in IN_THE_REGISTRY:
        return
    for name in STEP_FIELDS[step]:
        if name not in OPTIONAL and values.get(name) in (None, "", []):
            raise Refused(_("A record in the registry cannot do without this: enter it"), name)


def why_not_edit(state: State) -> str:
    """Return why a step of a record in this state cannot be edited."""
    if state in IN_THE_REGISTRY:
        return _("These facts were verified and are locked: report the change with evidence")
    if state == State.SUBMITTED:
        return _("The bureau is verifying this record: it can be edited once that is decided")
    if state == State.SUSPENDED:
        return _("This record is suspended: it can be edited once the suspension is lifted")
    return _(
        "This record stands at “%(state)s”: it can no longer be edited",
        state=str(STATE_NAMES[state]),
    )

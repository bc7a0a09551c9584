"""Merging two records: which may be merged, and until when a merge can be undone."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.record import FIELDS, PRIVATE, STATE_NAMES, State
from portal.errors import Refused

UNDO_DAYS = 30
CHOOSABLE = tuple(name for name in FIELDS if name != "uscc" and name not in PRIVATE)


def check_pair(survivor: tuple[int, State], merged: tuple[int, State]) -> None:
    """Raise Refused unless these two records (id, state) may become one."""
    if survivor[0] == merged[0]:
        raise Refused(_("This is the same record: enter the code of the other one"), "other")
    if survivor[1] not in IN_THE_REGISTRY:
        raise Refused(_("The record that remains must be in the registry"))
    if merged[1] not in IN_THE_REGISTRY | {State.SUSPENDED}:
        raise Refused(
            _(
                "The other record stands at “%(state)s”: it cannot be merged",
                state=str(STATE_NAMES[merged[1]]),
            ),
            "other",
        )


def undo_until(merged_on: date) -> date:
    """Return the last day on which a merge can be undone."""
    return merged_on + timedelta(days=UNDO_DAYS)


def check_undo(merged_on: date, today: date, ground: str) -> None:
    """Raise Refused after the last day, or without a ground."""
    last = undo_until(merged_on)
    if today > last:
        raise Refused(
            _(
                "A merge can be undone for %(days)d days; for this one the last was %(day)s",
                days=UNDO_DAYS,
                day=last.isoformat(),
            )
        )
    if not ground.strip():
        raise Refused(_("Give the ground for undoing the merge"), "ground")


def check_survivor_unchanged(state: State) -> None:
    """Raise Refused when the record that remained no longer stands on its own."""
    if state not in IN_THE_REGISTRY | {State.SUSPENDED}:
        raise Refused(
            _(
                "The record that remained stands at “%(state)s” since: the merge cannot be undone",
                state=str(STATE_NAMES[state]),
            )
        )

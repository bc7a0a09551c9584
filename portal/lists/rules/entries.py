"""What an entry may become, what is complete, what a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.entries import ENTRY_STATE_NAMES, Decision, EntryState
from portal.lists.terms.fields import FIELD_NAMES, LONGEST, REQUIRED
from portal.lists.terms.kinds import DATED_KINDS

ENTRY_NEXT: Mapping[EntryState, frozenset[EntryState]] = {
    EntryState.DRAFT: frozenset({EntryState.SUBMITTED, EntryState.WITHDRAWN}),
    EntryState.SUBMITTED: frozenset(
        {
            EntryState.ACCEPTED,
            EntryState.RETURNED,
            EntryState.NOT_SELECTED,
            EntryState.WITHDRAWN,
            EntryState.DRAFT,  # with its unit's submission, taken back to be changed
        }
    ),
    EntryState.RETURNED: frozenset(
        {EntryState.SUBMITTED, EntryState.NOT_SELECTED, EntryState.WITHDRAWN}
    ),
    EntryState.ACCEPTED: frozenset({EntryState.SUBMITTED}),
    EntryState.NOT_SELECTED: frozenset({EntryState.SUBMITTED}),
}


STATE_AFTER = {
    Decision.ACCEPT: EntryState.ACCEPTED,
    Decision.RETURN: EntryState.RETURNED,
    Decision.DECLINE: EntryState.NOT_SELECTED,
}


def check_entry_step(state: str, wanted: EntryState) -> None:
    """Raise Refused when an entry in this state cannot go on to the wanted one."""
    if wanted not in ENTRY_NEXT.get(EntryState(state), frozenset()):
        raise Refused(
            _(
                "The entry is “%(state)s” and cannot become “%(wanted)s”: open its page again",
                state=ENTRY_STATE_NAMES[EntryState(state)],
                wanted=ENTRY_STATE_NAMES[wanted],
            )
        )


def time_faults(kind: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with an entry's time: open to a date, or standing."""
    closes_on, opens_on = facts.get("closes_on"), facts.get("opens_on")
    if closes_on and facts.get("standing"):
        return {
            "closes_on": _("A standing entry has no closing date: clear it, or untick “Standing”")
        }
    if closes_on and opens_on and closes_on < opens_on:
        return {"closes_on": _("The closing date cannot be before the first day: check both dates")}
    if kind in DATED_KINDS and not closes_on and not facts.get("standing"):
        return {"closes_on": _("Enter the closing date, or tick “Standing”")}
    return {}


def length_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """Return a message for each text that is longer than its column."""
    return {
        name: _(
            "%(label)s has %(length)d characters and may have at most %(longest)d. Shorten it.",
            label=FIELD_NAMES[name],
            length=len(values[name]),
            longest=longest,
        )
        for name, longest in LONGEST.items()
        if len(values.get(name) or "") > longest
    }


def missing_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """Return a message for each field an entry cannot be sent without."""
    return {
        name: str(said)
        for name, said in REQUIRED.items()
        if name in values and values[name] in (None, "")
    }


def check_decision(decision: Decision, reasons: Mapping[str, str], ground: str) -> None:
    """Raise Refused when a return names no field or declining no ground."""
    if decision == Decision.RETURN and not reasons:
        raise Refused(_("Mark at least one item to correct and say why"), "fields")
    if decision == Decision.DECLINE and not ground.strip():
        raise Refused(_("Give the ground for declining; the submitter will read it"), "ground")

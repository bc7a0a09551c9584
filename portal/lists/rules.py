"""Pure decisions of the lists: what may follow what, what is complete, what stands in the way.

A list led by several bodies needs the sign-off of each, in their order (会签).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms import (
    CURATED_STATES,
    DATED_KINDS,
    EDITION_STATE_NAMES,
    ENTRY_STATE_NAMES,
    FIELD_NAMES,
    LONGEST,
    PUBLIC_STATES,
    REQUIRED,
    SIGNED_STATES,
    Decision,
    EditionState,
    EntryState,
)

State = EditionState
NEXT: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.CALL_OPEN, State.CANCELLED}),
    State.CALL_OPEN: frozenset({State.CALL_CLOSED, State.CANCELLED}),
    State.CALL_CLOSED: frozenset({State.CALL_OPEN, State.CURATING, State.CANCELLED}),
    State.CURATING: frozenset({State.CALL_OPEN, State.COSIGN, State.CANCELLED}),
    State.COSIGN: frozenset({State.CURATING, State.SCHEDULED, State.PUBLISHED}),
    State.SCHEDULED: frozenset({State.COSIGN, State.CURATING, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.ARCHIVED}),
}
ENTRY_NEXT: Mapping[EntryState, frozenset[EntryState]] = {
    EntryState.DRAFT: frozenset({EntryState.SUBMITTED, EntryState.WITHDRAWN}),
    EntryState.SUBMITTED: frozenset(
        {
            EntryState.ACCEPTED,
            EntryState.RETURNED,
            EntryState.NOT_SELECTED,
            EntryState.WITHDRAWN,
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


def check_step(state: str, wanted: State) -> None:
    """Raise Refused when a release in this state cannot go on to the wanted one."""
    if wanted not in NEXT.get(State(state), frozenset()):
        raise Refused(
            _(
                "The release is “%(state)s” and cannot become “%(wanted)s”: open its page again",
                state=EDITION_STATE_NAMES[State(state)],
                wanted=EDITION_STATE_NAMES[wanted],
            )
        )


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


def check_changeable(state: str) -> None:
    """Raise Refused unless entries of a release in this state may be decided on and ordered."""
    if state in SIGNED_STATES:
        raise Refused(
            _("The release is being signed: reopen it first, which voids every signature")
        )
    if state in PUBLIC_STATES:
        raise Refused(_("The release is published as signed: nothing in it can be changed"))
    if state not in CURATED_STATES:
        raise Refused(_("The call for this release has not been opened, or it was cancelled"))


def is_call_open(state: str, opens_on: date | None, closes_on: date | None, today: date) -> bool:
    """Say whether entries may be sent in: the closing date itself still counts."""
    return (
        state == State.CALL_OPEN
        and (opens_on is None or opens_on <= today)
        and (closes_on is None or today <= closes_on)
    )


def check_call_dates(opens_on: date, closes_on: date | None, today: date) -> None:
    """Raise Refused at `closes_on` for a call that would be over before it begins."""
    if closes_on is not None and closes_on < max(opens_on, today):
        raise Refused(
            _("The closing date cannot be before the call opens: check both dates"), "closes_on"
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


def check_ready_to_sign(counts: Mapping[str, int]) -> None:
    """Raise Refused while entries are undecided or none is accepted; `counts` by state."""
    submitted = counts.get(EntryState.SUBMITTED, 0)
    returned = counts.get(EntryState.RETURNED, 0)
    if submitted or returned:
        raise Refused(
            _(
                "Decide on every entry first: %(submitted)d wait for selection,"
                " %(returned)d were returned and not sent again",
                submitted=submitted,
                returned=returned,
            )
        )
    if not counts.get(EntryState.ACCEPTED, 0):
        raise Refused(_("Accept at least one entry: an empty list cannot be signed"))


def new_order(present: Sequence[int], wanted: Mapping[int, int]) -> list[int]:
    """Return entry ids in the order of the numbers typed beside them.

    `wanted` maps ids to those numbers; entries with the same number stay as they were, and
    those without one keep their place.
    """
    places = {entry: place for place, entry in enumerate(present, 1)}
    moved = {entry for entry in present if wanted.get(entry, places[entry]) != places[entry]}
    return sorted(
        present,
        key=lambda entry: (
            wanted.get(entry, places[entry]),
            # Who was given a taken number goes before who stands there, or after when moving down.
            0 if entry not in moved else -1 if wanted[entry] < places[entry] else 1,
            places[entry],
        ),
    )


def next_to_sign(leads: Sequence[int], in_force: frozenset[int]) -> int | None:
    """Return the lead body whose turn it is, in their order; None when all have signed."""
    return next((lead for lead in leads if lead not in in_force), None)


def check_turn(lead: int, leads: Sequence[int], in_force: frozenset[int]) -> None:
    """Raise Refused for a body that does not lead, has signed, or must wait for one before it."""
    if lead not in leads:
        raise Refused(_("This body does not lead the edition: it does not sign"))
    if lead in in_force:
        raise Refused(_("This body has signed this content already"))
    if next_to_sign(leads, in_force) != lead:
        raise Refused(_("The lead bodies sign in order: the one before this has not signed yet"))


def check_paper_date(signed_on: date, frozen_on: date, today: date) -> None:
    """Raise Refused at `signed_on` for a paper signed before the content was, or tomorrow."""
    if signed_on > today:
        raise Refused(_("The date of signing is still to come: check it"), "signed_on")
    if signed_on < frozen_on:
        raise Refused(
            _(
                "The content to sign was fixed on %(day)s: a paper signed earlier"
                " cannot stand for it",
                day=frozen_on.isoformat(),
            ),
            "signed_on",
        )

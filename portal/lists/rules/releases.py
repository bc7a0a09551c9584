"""What a release may become, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.editions import (
    CURATED_STATES,
    EDITION_STATE_NAMES,
    PUBLIC_STATES,
    SHOWN_STATES,
    SIGNED_STATES,
    EditionState,
)
from portal.lists.terms.entries import EntryState

State = EditionState


NEXT: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.CALL_OPEN, State.CANCELLED}),
    State.CALL_OPEN: frozenset({State.CALL_CLOSED, State.CANCELLED}),
    State.CALL_CLOSED: frozenset({State.CALL_OPEN, State.CURATING, State.CANCELLED}),
    State.CURATING: frozenset({State.CALL_OPEN, *SHOWN_STATES, State.COSIGN, State.CANCELLED}),
    State.CONSULTING: frozenset({State.CURATING, State.NOTICED, State.COSIGN}),
    State.NOTICED: frozenset({State.CURATING, State.COSIGN}),
    State.COSIGN: frozenset({State.CURATING, State.SCHEDULED, State.PUBLISHED}),
    State.SCHEDULED: frozenset({State.COSIGN, State.CURATING, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.ARCHIVED}),
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


def check_changeable(state: str) -> None:
    """Raise Refused unless entries of a release in this state may be decided on and ordered."""
    if state in SIGNED_STATES:
        raise Refused(
            _("The release is being signed: reopen it first, which voids every signature")
        )
    if state in SHOWN_STATES:
        raise Refused(
            _("Others read this list as it is: take it back to the selection first, with a reason")
        )
    if state in PUBLIC_STATES:
        raise Refused(_("The release is published as signed: nothing in it can be changed"))
    if state not in CURATED_STATES:
        raise Refused(_("The call for this release has not been opened, or it was cancelled"))


def check_none_closes_before(closing: Mapping[str, date], on: date, today: date) -> None:
    """Raise Refused at `on` where entries still open would be over when they become public;
    `closing` holds closing dates by title."""
    early = [title for title, day in closing.items() if today <= day < on]
    if early:
        raise Refused(
            _(
                "Closed before they would be public: %(titles)s. Choose an earlier day, or reopen"
                " the release and change their closing dates",
                titles=_("; ").join(early[:5]),
            ),
            "on",
        )


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

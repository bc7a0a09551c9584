"""Vocabulary of entries: states before the release, life after it, decisions."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class EntryState(StrEnum):
    """Where an entry stands before its release."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SPLIT = "split"


ENTRY_STATE_NAMES = {
    EntryState.DRAFT: _l("Draft"),
    EntryState.SUBMITTED: _l("Awaiting selection"),
    EntryState.RETURNED: _l("Returned for correction"),
    EntryState.ACCEPTED: _l("Accepted"),
    EntryState.NOT_SELECTED: _l("Not selected"),
    EntryState.WITHDRAWN: _l("Withdrawn"),
    EntryState.MERGED: _l("Merged into another entry"),
    EntryState.SPLIT: _l("Split into parts"),
}


EDITABLE = frozenset({EntryState.DRAFT, EntryState.RETURNED})


SENT = frozenset(set(EntryState) - {EntryState.DRAFT, EntryState.WITHDRAWN})


OVER = frozenset(
    {EntryState.NOT_SELECTED, EntryState.WITHDRAWN, EntryState.MERGED, EntryState.SPLIT}
)


UNDECIDED = frozenset({EntryState.SUBMITTED, EntryState.RETURNED})


class Decision(StrEnum):
    """What a curator decides on a submitted entry."""

    ACCEPT = "accept"
    RETURN = "return"
    DECLINE = "decline"


DECISION_NAMES = {
    Decision.ACCEPT: _l("Accept into the list"),
    Decision.RETURN: _l("Return for correction"),
    Decision.DECLINE: _l("Decline"),
}


class Life(StrEnum):
    """What a published entry has come to; `expired` also follows from its closing date."""

    OPEN = "open"
    IN_TALKS = "in_talks"
    MATCHED = "matched"
    FULFILLED = "fulfilled"
    CONTINUED = "continued"
    EXPIRED = "expired"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


LIFE_NAMES = {
    Life.OPEN: _l("Open"),
    Life.IN_TALKS: _l("In talks"),
    Life.MATCHED: _l("Matched"),
    Life.FULFILLED: _l("Fulfilled"),
    Life.CONTINUED: _l("Continued"),
    Life.EXPIRED: _l("Past its closing date"),
    Life.CLOSED: _l("Closed"),
    Life.WITHDRAWN: _l("Withdrawn"),
}

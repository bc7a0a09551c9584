"""Vocabulary of editions and releases: states, ways to sign."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class EditionState(StrEnum):
    """Where a release of an edition stands."""

    PLANNED = "planned"
    CALL_OPEN = "call_open"
    CALL_CLOSED = "call_closed"
    CURATING = "curating"
    CONSULTING = "consulting"
    NOTICED = "noticed"
    COSIGN = "cosign"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


EDITION_STATE_NAMES = {
    EditionState.PLANNED: _l("Planned"),
    EditionState.CALL_OPEN: _l("Call open"),
    EditionState.CALL_CLOSED: _l("Call closed"),
    EditionState.CURATING: _l("Curating"),
    EditionState.CONSULTING: _l("Consulting"),
    EditionState.NOTICED: _l("Under public notice"),
    EditionState.COSIGN: _l("Co-signing"),
    EditionState.SCHEDULED: _l("Scheduled"),
    EditionState.PUBLISHED: _l("Public"),
    EditionState.ARCHIVED: _l("Archived"),
    EditionState.CANCELLED: _l("Cancelled"),
    EditionState.WITHDRAWN: _l("Withdrawn"),
}


PUBLIC_STATES = frozenset({EditionState.PUBLISHED, EditionState.ARCHIVED})


CURATED_STATES = frozenset(
    {EditionState.CALL_OPEN, EditionState.CALL_CLOSED, EditionState.CURATING}
)


SHOWN_STATES = frozenset({EditionState.CONSULTING, EditionState.NOTICED})  # to others, unsigned


REVIEWED_STATES = SHOWN_STATES | {EditionState.CURATING}


SIGNED_STATES = frozenset({EditionState.COSIGN, EditionState.SCHEDULED})


class SignWay(StrEnum):
    """How a lead body signed: in the system, or on paper and recorded."""

    SYSTEM = "system"
    PAPER = "paper"


SIGN_WAY_NAMES = {
    SignWay.SYSTEM: _l("In the system"),
    SignWay.PAPER: _l("On paper"),
}

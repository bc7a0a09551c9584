"""Vocabulary of where an enterprise is, what it makes and needs, and whom to ask."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class SiteKind(StrEnum):
    """What a place is to an enterprise."""

    REGISTERED = "registered"
    OPERATING = "operating"


SITE_NAMES = {
    SiteKind.REGISTERED: _l("Registered place"),
    SiteKind.OPERATING: _l("Operating place"),
}


class Way(StrEnum):
    """What a record does in the chain: it makes something, or needs something."""

    MAKES = "makes"
    NEEDS = "needs"


WAY_NAMES = {Way.MAKES: _l("Products and services"), Way.NEEDS: _l("Needs")}


class ContactState(StrEnum):
    """Where a named contact stands: public only after that very person said so."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


CONTACT_STATE_NAMES = {
    ContactState.ASKED: _l("Waits for the person"),
    ContactState.CONFIRMED: _l("Confirmed by the person"),
    ContactState.DECLINED: _l("Declined by the person"),
    ContactState.WITHDRAWN: _l("Withdrawn by the person"),
    ContactState.REMOVED: _l("Removed by the enterprise"),
}
STANDING = frozenset({ContactState.ASKED, ContactState.CONFIRMED})

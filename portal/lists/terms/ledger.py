"""Vocabulary of the fulfilment ledger (兑现账本): what published entries come to."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.lists.terms.entries import Life


class NotedAs(StrEnum):
    """As what somebody notes a step of an entry's life."""

    CURATOR = "curator"
    PUBLISHER = "publisher"
    PORTAL = "portal"


NOTED_AS_NAMES = {
    NotedAs.CURATOR: _l("Noted by the bureau"),
    NotedAs.PUBLISHER: _l("Noted by the publisher"),
    NotedAs.PORTAL: _l("Noted by the portal"),
}
ENDS = frozenset({Life.FULFILLED, Life.CONTINUED, Life.EXPIRED, Life.CLOSED, Life.WITHDRAWN})
UNDER_WAY = frozenset(set(Life) - ENDS)
NEEDS_WORDS = frozenset({Life.MATCHED, Life.FULFILLED, Life.CONTINUED, Life.CLOSED})
BY_PUBLISHER = (Life.IN_TALKS, Life.MATCHED, Life.FULFILLED, Life.CLOSED)
BY_CURATOR = tuple(life for life in Life if life not in (Life.EXPIRED, Life.WITHDRAWN))


class Purpose(StrEnum):
    """What a waiver lets happen although entries have no outcome yet."""

    PUBLISH = "publish"
    ARCHIVE = "archive"


PURPOSE_NAMES = {
    Purpose.PUBLISH: _l("Publication of this release"),
    Purpose.ARCHIVE: _l("Archiving"),
}

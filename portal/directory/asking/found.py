"""What a text finds in one kind of record: asked of the index, or of the database instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import lazy_gettext as _l

from portal import outbox
from portal.errors import Busy, Unreadable
from portal.lists.queries.editions import public_release_ids
from portal.search.engine import Results
from portal.search.errors import IndexUnavailable
from portal.search.parsing import Query
from portal.search.searcher import Searcher
from portal.search.terms import REASON_LABELS, Order, Reason, Stage
from portal.web.page_cache import once_for_state

WAITING = _l("The full search is being renewed: ask again in a few minutes.")
BEHIND = 60  # seconds that a change may wait unsaid
Facets = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Found:
    """Ids best first; None when the index did not answer and the database must be asked.

    `near` are ids of near matches, in no count. `query` marks what matched; None marks nothing.
    """

    ids: list[int] | None
    near: tuple[int, ...] = ()
    query: Query | None = None
    stage: Stage = Stage.STRICT

    @property
    def reason(self) -> str | None:
        """Why the text was not searched for at all, None when it was."""
        return self.query.reason if self.query else None

    def insist(self) -> None:
        """Return unless the text was not searched for, or in names alone: what programs read holds
        everything or says why not. Raises Unreadable, Busy."""
        if self.ids is None:
            raise Busy(WAITING)
        if self.reason:
            raise Unreadable(REASON_LABELS[Reason(self.reason)])


def searcher() -> Searcher:
    """Return this process's searcher."""
    found: Searcher = current_app.extensions["search"]
    return found


def is_behind() -> bool:
    """Say whether changes have waited so long for the index that readers should know."""
    return outbox.oldest_age("search") > BEHIND


@once_for_state
def public_releases() -> frozenset[int]:
    """Return the releases the public may read, for every search under one state of the content."""
    return public_release_ids()


def find(text: str, kind: str, facets: Facets | None = None) -> Found:
    """Return all records of one kind that a text finds, masked by the public releases."""
    releases = public_releases()
    try:
        results = searcher().search(text, kind=kind, facets=facets, public_releases=releases)
        ids = searcher().matching_refs(text, kind, facets=facets, public_releases=releases)
    except IndexUnavailable:
        current_app.logger.warning("the search index is unavailable: answered by the database")
        return Found(None)
    near = tuple(hit.ref for hit in results.near)
    return Found(ids, near, results.query, results.stage)


def find_everywhere(
    text: str, facets: Facets, order: Order, page: int, size: int
) -> Results | None:
    """Return a page of hits over all kinds, None when the index did not answer."""
    releases = public_releases()
    try:
        return searcher().search(
            text, facets=facets, public_releases=releases, order=order, page=page, size=size
        )
    except IndexUnavailable:
        current_app.logger.warning("the search index is unavailable: answered by the database")
        return None

"""What a saved list or search finds, asked at its address as a visitor would ask it.

Each reads `request`: the caller has put the saved address there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select

from portal import clock
from portal.directory.asking.asked import Asked, asked
from portal.directory.asking.found import searcher
from portal.directory.asking.listing import narrowed
from portal.directory.queries import entries, registry
from portal.directory.queries.facets import Facet
from portal.directory.queries.listing import Source
from portal.directory.queries.ranking import ranked
from portal.directory.queries.sections import facets_of
from portal.directory.queries.vocabulary import vocabulary
from portal.directory.words.filters import name_of
from portal.directory.words.pages import SECTION_NAMES
from portal.enterprises.models import Enterprise
from portal.errors import Busy
from portal.extensions import db
from portal.lists.models import Entry, Release
from portal.lists.queries.editions import public_release_ids
from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.notices.models import Policy
from portal.search.errors import IndexUnavailable
from portal.search.terms import Order

WAITING = _l(
    "The full search is being renewed, so what this finds cannot be said now: nothing was saved or"
    " changed. Try again in a few minutes."
)
RECENT = timedelta(days=30)
NEWEST = {"entry": "newest", "enterprise": "admitted"}
IDS: Mapping[str, Any] = {"entry": Entry.id, "enterprise": Enterprise.id, "policy": Policy.id}


@dataclass(frozen=True)
class SavedSearch:
    """What was asked for, in words and as the query of an address; `keys` reads what it finds,
    newest or best first, and may raise Busy."""

    name: str
    words: Sequence[str]
    query: str
    keys: Callable[[], Sequence[str]]

    @property
    def title(self) -> str:
        """The list with its conditions, in the language in use."""
        words = _(", ").join(self.words)
        return _(": ").join([self.name, words]) if words else self.name


def asked_list(kind: str) -> SavedSearch | None:
    """Read what is asked of one of the three lists."""
    source = entries.source(Kind(kind), vocabulary(*entries.SCHEMES))
    return of_source(source, str(KIND_NAMES[Kind(kind)]))


def asked_registry() -> SavedSearch | None:
    """Read what is asked of the registry."""
    return of_source(registry.source(vocabulary(*registry.SCHEMES)), _("Enterprise registry"))


def of_source(source: Source, name: str) -> SavedSearch | None:
    """Return what is asked of a list; None for a text that cannot be searched for."""

    def keys() -> list[str]:
        narrow, wanted, found = narrowed(source)
        if found is not None and found.ids is None:
            raise Busy(WAITING)  # names alone would be another search
        ids = narrow.ids(wanted.chosen, NEWEST[source.kind])
        return [f"{source.kind}:{ref}" for ref in ids]

    wanted = asked(source.facets)
    if wanted.text and searcher().read(wanted.text).reason:
        return None
    return SavedSearch(name, words_of(wanted, source.facets), query_of(wanted), keys)


def asked_search() -> SavedSearch | None:
    """Read what is asked of the search over everything; None for no text to search for."""
    section = request.args.get("kind", "")
    if section not in ("", *SECTION_NAMES):
        section = ""
    facets = facets_of(section)
    wanted = asked(facets)
    if searcher().read(wanted.text).reason:
        return None
    chosen = {"section": [section] if section else []} | dict(wanted.chosen)
    more = {"kind": section} if section else {}
    words = [*words_of(wanted, facets), *(str(SECTION_NAMES[kind]) for kind in more.values())]

    def keys() -> list[str]:
        releases = public_release_ids()
        try:
            return [
                f"{kind}:{ref}"
                for kind in IDS
                for ref in searcher().matching_refs(
                    wanted.text,
                    kind,
                    facets=chosen,
                    public_releases=releases,
                    order=Order.NEWEST,
                )
            ]
        except IndexUnavailable as error:
            raise Busy(WAITING) from error

    return SavedSearch(_("Search"), words, query_of(wanted, **more), keys)


ASKED: Mapping[str, Callable[..., SavedSearch | None]] = {
    "directory.published_list": asked_list,
    "directory.registry": asked_registry,
    "directory.search": asked_search,
}


def words_of(wanted: Asked, facets: Sequence[Facet]) -> list[str]:
    """Return the text and the chosen values in words."""
    chosen = [
        name_of(option.name)
        for facet in facets
        for option in facet.options
        if option.slug in wanted.chosen[facet.name]
    ]
    return [wanted.text, *chosen] if wanted.text else chosen


def query_of(wanted: Asked, **more: str) -> str:
    """Return the conditions as the query of an address, always in the same order; what means
    nothing here is left out."""
    pairs = [(name, value) for name, values in wanted.chosen.items() for value in values]
    pairs += [*more.items(), *([("q", wanted.text)] if wanted.text else [])]
    return urlencode(sorted(pairs))


def count_recent(keys: Sequence[str]) -> int:
    """Return how many of these records became public in the last 30 days."""
    refs: dict[str, list[int]] = {}
    for key in keys:
        kind, _colon, ref = key.partition(":")
        refs.setdefault(kind, []).append(int(ref))
    return sum(count_since(kind, ids) for kind, ids in refs.items())


def count_since(kind: str, ids: Sequence[int]) -> int:
    """Return how many of the records of a kind became public lately."""
    among = ranked(ids)
    rows = select(func.count()).select_from(among).join(IDS[kind].table, IDS[kind] == among.c.ref)
    if kind == "entry":
        rows = rows.join(Release, Release.id == Entry.release_id)
    return db.session.scalar(rows.where(since(kind))) or 0


def since(kind: str) -> ColumnElement[bool]:
    """Return the condition that a record became public lately."""
    moment = clock.now() - RECENT
    if kind == "enterprise":
        return Enterprise.admitted_on >= moment.date()
    if kind == "policy":
        return Policy.published_on >= moment.date()
    return Release.published_at >= moment

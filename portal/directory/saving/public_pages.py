"""The public's pages as alerts ask them: what an address finds, and what may be said of it.

An alert keeps an address of this portal and asks it again, as any visitor would: what is not public
is not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from portal.alerts.reading import EntryFacts, Line, Saved
from portal.alerts.terms import Watch
from portal.directory.queries import hits
from portal.directory.saving.entries import facts_of
from portal.directory.saving.searches import ASKED, SavedSearch, count_recent
from portal.web.filters import in_language
from portal.web.redirects import safe_next

LONGEST = 1000  # characters of an address
LONGEST_TITLE = 300


class PublicPages:
    """Reads addresses of the public's pages (portal.alerts.reading.Reader)."""

    def describe(self, address: str) -> Saved | None:
        """Return what an address is, None when it is none that can be saved. Raises Busy."""
        found = route_of(address)
        if found is None:
            return None
        endpoint, values = found
        if endpoint == "directory.entry":
            return saved_entry(values["number"])
        return saved_search(address, endpoint, values) if endpoint in ASKED else None

    def matches(self, address: str) -> Sequence[str]:
        """Return the keys of everything an address finds, newest first. Raises Busy."""
        found = route_of(address)
        if found is None or found[0] not in ASKED:
            return []
        with asked_at(address):
            search = ASKED[found[0]](**found[1])
            return search.keys() if search else []

    def lines(self, keys: Sequence[str]) -> list[Line]:
        """Return some matches as a message names them."""
        rows = hits.read([ref_of(key) for key in keys])
        return [LINES[rows[key].kind](rows[key].row) for key in keys if key in rows]

    def entry(self, address: str) -> EntryFacts | None:
        """Return the present facts of a saved entry, None when nothing stands there."""
        found = route_of(address)
        return facts_of(found[1]["number"]) if found else None


def route_of(address: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return endpoint and values a plain address of this site leads to, None for any other."""
    if not address or len(address) > LONGEST or safe_next(address, "") != address:
        return None
    try:
        found = current_app.url_map.bind("").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None
    return str(found[0]), found[1]


@contextmanager
def asked_at(address: str) -> Iterator[None]:
    """Let pages read the address as if it had been asked for, in the language in use."""
    language = str(get_locale())
    with current_app.test_request_context(address), force_locale(language):
        yield


def saved_search(address: str, endpoint: str, values: Mapping[str, Any]) -> Saved | None:
    """Return a list with its conditions at the one address that stands for them."""
    path = urlsplit(address).path
    with asked_at(address):
        search: SavedSearch | None = ASKED[endpoint](**values)
        if search is None:
            return None
        keys = search.keys()
    own = f"{path}?{search.query}" if search.query else path
    if len(own) > LONGEST:
        return None
    title = search.title[:LONGEST_TITLE]
    return Saved(Watch.SEARCH, own, title, len(keys), count_recent(keys))


def saved_entry(number: str) -> Saved | None:
    """Return an entry to be saved; one that was withdrawn cannot be."""
    facts = facts_of(number)
    if facts is None or facts.withdrawn:
        return None
    return Saved(Watch.ENTRY, f"/entries/{number}", facts.title[:LONGEST_TITLE])


def ref_of(key: str) -> tuple[str, int]:
    """Return kind and id of a key."""
    kind, _colon, ref = key.partition(":")
    return kind, int(ref)


def entry_line(row: Any) -> Line:
    """Return an entry as a message names it."""
    said = row.snapshot
    facts = [row.number, in_language(said["publisher"])]
    if row.closes_on:
        facts.append(_("closes %(day)s", day=row.closes_on.isoformat()))
    return Line(in_language(said, "title"), f"/entries/{row.number}", _(", ").join(facts))


def enterprise_line(row: Any) -> Line:
    """Return an enterprise as a message names it."""
    return Line(row.name, f"/enterprises/{row.uscc}", row.products[:80])


def policy_line(row: Any) -> Line:
    """Return a policy or notice as a message names it."""
    facts = [row.document_no, in_language(row, "publisher")]
    title = in_language(row, "title")
    return Line(title, f"/policies/{row.slug}", _(", ").join(filter(None, facts)))


LINES: Mapping[str, Callable[[Any], Line]] = {
    "entry": entry_line,
    "enterprise": enterprise_line,
    "policy": policy_line,
}

"""The public's pages as alerts ask them: what an address finds, and what may be said of it.

An alert keeps an address of this portal and asks it again, as any visitor would: what is not public
is not found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement
from werkzeug.exceptions import HTTPException

from portal import clock
from portal.alerts.reading import EntryFacts, Line, Saved, Unreadable
from portal.alerts.terms import Watch
from portal.directory.listing import asked_words, narrowed
from portal.directory.queries import entries, hits, registry
from portal.directory.queries.entries import find_withdrawn, get_published
from portal.directory.queries.listing import Source
from portal.directory.queries.vocabulary import vocabulary
from portal.enterprises.models import Enterprise
from portal.errors import NotFound, PortalError
from portal.lists.models import Release
from portal.lists.terms.entries import LIFE_NAMES, Life
from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.lists.terms.shown import ENDED
from portal.web.filters import in_language

LONGEST = 1000  # characters of an address
RECENT = timedelta(days=30)
NEWEST = {"entry": "newest", "enterprise": "admitted"}
UNSAVED = ("page", "sort", "pick")  # parts of an address that are no condition


def list_source(kind: str) -> Source:
    """Return one of the three lists."""
    return entries.source(Kind(kind), vocabulary(*entries.SCHEMES))


def registry_source() -> Source:
    """Return the registry."""
    return registry.source(vocabulary(*registry.SCHEMES))


SOURCES: Mapping[str, Callable[..., Source]] = {
    "directory.published_list": list_source,
    "directory.registry": registry_source,
}


class PublicPages:
    """Reads addresses of the public's pages (portal.alerts.reading.Reader)."""

    def describe(self, address: str) -> Saved | None:
        """Return what an address is, None when it is none that can be saved. Raises Unreadable."""
        plain = own_form(address)
        if plain is None:
            return None
        endpoint, values = route_of(plain) or ("", {})
        if endpoint == "directory.entry":
            return saved_entry(plain)
        if endpoint not in SOURCES:
            return None
        with asked_at(plain):
            return saved_list(plain, endpoint, values)

    def matches(self, address: str) -> Sequence[str]:
        """Return the keys of everything an address finds, newest first. Raises Unreadable."""
        found = route_of(address)
        if found is None or found[0] not in SOURCES:
            return []
        with asked_at(address):
            source, wanted = read_source(SOURCES[found[0]](**found[1]))
            return [f"{source.kind}:{ref}" for ref in source.ids(wanted, NEWEST[source.kind])]

    def lines(self, keys: Sequence[str]) -> list[Line]:
        """Return some matches as a message names them."""
        rows = hits.read([ref_of(key) for key in keys])
        return [LINES[rows[key].kind](rows[key].row) for key in keys if key in rows]

    def entry(self, address: str) -> EntryFacts | None:
        """Return the present facts of a saved entry, None when nothing stands there."""
        found = route_of(address)
        return facts_of(found[1]["number"]) if found else None


def own_form(address: str) -> str | None:
    """Return a plain address of this site in its one form: path and conditions in order; None for
    anything else."""
    if not address.startswith("/") or address.startswith("//") or len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, max_num_fields=200)
    except ValueError:
        return None
    kept = sorted({(name, value.strip()) for name, value in pairs if name not in UNSAVED})
    query = urlencode([(name, value) for name, value in kept if value])
    plain = f"{parts.path}?{query}" if query else parts.path
    return plain if plain.isprintable() and len(plain) <= LONGEST else None


def route_of(address: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return endpoint and values an address leads to."""
    adapter = current_app.url_map.bind("")
    try:
        endpoint, values = adapter.match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint), values


@contextmanager
def asked_at(address: str) -> Iterator[None]:
    """Read the address as if it had been asked for; an index that does not answer is no answer."""
    with current_app.test_request_context(address):
        yield


def read_source(source: Source) -> tuple[Source, Mapping[str, Sequence[str]]]:
    """Return the list narrowed as the address says, with its chosen values. Raises Unreadable when
    the index does not answer: names alone would be another search."""
    narrow, wanted, found = narrowed(source)
    if found is not None and found.ids is None:
        raise Unreadable
    return narrow, wanted.chosen


def saved_list(address: str, endpoint: str, values: Mapping[str, Any]) -> Saved | None:
    """Return a list with its conditions; None for conditions it does not know."""
    source = SOURCES[endpoint](**values)
    try:
        narrow, chosen = read_source(source)
    except PortalError:
        return None
    recent = narrow.where(since(narrow.kind))
    words = [words for _what, words in asked_words(source)[:-1]]
    name = str(KIND_NAMES[Kind(values["kind"])]) if values else _("Enterprise registry")
    title = _(": ").join([name, _(", ").join(words)]) if words else name
    return Saved(Watch.SEARCH, address, title[:300], narrow.total(chosen), recent.total(chosen))


def since(kind: str) -> ColumnElement[bool]:
    """Return the condition that a record became public lately."""
    moment = clock.now() - RECENT
    if kind == "enterprise":
        return Enterprise.admitted_on >= moment.date()
    return Release.published_at >= moment


def saved_entry(address: str) -> Saved | None:
    """Return an entry to be saved; one that was withdrawn cannot be."""
    found = route_of(address)
    facts = facts_of(found[1]["number"]) if found else None
    if facts is None or facts.withdrawn:
        return None
    return Saved(Watch.ENTRY, urlsplit(address).path, facts.title[:300])


def facts_of(number: str) -> EntryFacts | None:
    """Return what of an entry may change."""
    row = find_withdrawn(number)
    if row is None:
        try:
            row = get_published(number)
        except NotFound:
            return None
    said = row.snapshot
    gone = "withdrawn" in said
    life = "withdrawn" if gone or not hasattr(row, "life") else life_of(row)
    wording = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return EntryFacts(
        title=in_language(said, "title"),
        said=hashlib.sha256(wording.encode()).hexdigest(),
        life=str(life),
        life_name="" if life == "withdrawn" else str(LIFE_NAMES[Life(life)]),
        withdrawn=life == "withdrawn",
        closes_on=None if gone else getattr(row, "closes_on", None),
    )


def life_of(row: Any) -> str:
    """Return the life of an entry; a call past its last day is over, whatever was noted."""
    is_over = row.state == ENDED and row.life == Life.OPEN
    return str(Life.EXPIRED) if is_over else str(row.life)


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
    title = in_language(said, "title")
    return Line(title, f"/entries/{row.number}", _(", ").join(facts))


def enterprise_line(row: Any) -> Line:
    """Return an enterprise as a message names it."""
    return Line(row.name, f"/enterprises/{row.uscc}", row.products[:80])


LINES: Mapping[str, Callable[[Any], Line]] = {
    "entry": entry_line,
    "enterprise": enterprise_line,
}

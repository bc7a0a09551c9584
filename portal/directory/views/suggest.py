"""What is offered while somebody types: names, previous names with the present one, titles, tags.

Answered from the arrays the index keeps in memory, then asked of the database once more, so that
nothing is offered that is not public at this moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, jsonify, url_for
from flask_babel import gettext as _

from portal.accounts.access import account_or_origin
from portal.directory.asking.asked import asked_text
from portal.directory.asking.found import public_releases, searcher
from portal.directory.queries import hits
from portal.directory.queries.hits import Row
from portal.directory.queries.tags import past_names, tags_holding
from portal.extensions import limiter
from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.search.analysis import normalise
from portal.search.errors import IndexUnavailable
from portal.web.filters import in_language

MOST, MOST_TAGS = 8, 3
LONGEST = 40  # characters that are looked at


@limiter.limit("240 per minute", "suggest", account_or_origin)
def suggest() -> Response:
    """Send what a beginning of a text may become, as JSON; an empty list is no error."""
    text = asked_text()[:LONGEST]
    found = [*tags(text), *named(text)][:MOST] if text else []
    return jsonify(suggestions=found)


def named(text: str) -> Iterator[dict[str, str]]:
    """Yield the records whose name holds the text or is spelled so; none without an index."""
    try:
        results = searcher().suggest(text, public_releases=public_releases(), size=MOST)
    except IndexUnavailable:
        return
    rows = hits.read([(hit.kind, hit.ref) for hit in results.hits])
    shown = [rows[hit.key] for hit in results.hits if hit.key in rows]
    before = past_names([row.row.id for row in shown if row.kind == "enterprise"])
    yield from (suggestion(row, text, before.get(row.row.id, ())) for row in shown)


def suggestion(hit: Row, text: str, former: Any) -> dict[str, str]:
    """Return one record as it is offered: what it is called, what it is, where it is read."""
    row = hit.row
    if hit.kind == "enterprise":
        wanted = normalise(text)
        held = next((name for name in former if wanted in normalise(name)), "")
        is_former = held and wanted not in normalise(row.name)
        note = _("formerly %(name)s", name=held) if is_former else _("Enterprise")
        return offered(row.name, note, url_for("directory.enterprise", uscc=row.uscc))
    if hit.kind == "policy":
        address = url_for("directory.policy", slug=row.slug)
        return offered(in_language(row, "title"), _("Policies and notices"), address)
    kind = str(KIND_NAMES[Kind(row.kind)])
    address = url_for("directory.entry", number=row.number)
    return offered(in_language(row.snapshot, "title"), kind, address)


def tags(text: str) -> Iterator[dict[str, str]]:
    """Yield the words of the vocabularies and titles that hold the text."""
    for name in tags_holding(text, MOST_TAGS):
        yield offered(name, _("Search for this"), url_for("directory.search", q=name))


def offered(text: str, note: str, address: str) -> dict[str, str]:
    """Return one suggestion as the script reads it."""
    return {"text": text, "note": str(note), "url": address}

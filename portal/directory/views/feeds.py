"""What programs follow of a filtered list: an Atom feed of it, and a calendar of its deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta, timezone
from typing import Any

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from portal.directory.asking.asked import counted
from portal.directory.asking.listing import narrowed_wholly
from portal.directory.files.atom import Item, atom_feed
from portal.directory.files.names import export_url
from portal.directory.queries.entries import SCHEMES, as_calendar, as_feed, source
from portal.directory.queries.vocabulary import vocabulary
from portal.errors import NotFound
from portal.lists.terms.kinds import DATED_KINDS, KIND_NAMES, Kind
from portal.sheets.workbook_file import writable
from portal.web.filters import in_language
from portal.web.requests import public_url

IN_FEED, IN_CALENDAR = 100, 1000  # entries
LINE = 75  # bytes of a line of iCalendar (RFC 5545, 3.1)
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@counted
def published_list_feed(kind: str) -> Response:
    """Send the entries of a list that were published, corrected, moved on or withdrawn last."""
    every = as_feed(source(Kind(kind), vocabulary(*SCHEMES)), Kind(kind))
    found, wanted = narrowed_wholly(every)
    rows = found.page(wanted.chosen, "updated", IN_FEED, 0)
    return atom_feed(
        str(KIND_NAMES[Kind(kind)]),
        own=export_url("directory.published_list_feed", kind=kind),
        page=export_url("directory.published_list", kind=kind),
        items=[item_of(row) for row in rows],
    )


def item_of(row: Any) -> Item:
    """Return one entry of the feed; a withdrawn one says so and why."""
    said = row.snapshot
    title, text = in_language(said, "title"), in_language(said, "summary")
    if "withdrawn" in said:
        title, text = _("Withdrawn: %(name)s", name=title), said["withdrawn"]["reason"]
    return Item(
        path=url_for("directory.entry", number=row.number),
        title=title,
        published=row.published_at,
        updated=max(row.updated_at, row.published_at),
        author=in_language(said["publisher"]),
        category=(said["subtype"]["slug"], in_language(said["subtype"])),
        summary=text,
    )


@counted
def published_list_calendar(kind: str) -> Response:
    """Send the closing dates of the open entries of a list; cases have none."""
    if kind not in DATED_KINDS:
        raise NotFound
    found, wanted = narrowed_wholly(as_calendar(source(Kind(kind), vocabulary(*SCHEMES))))
    rows = found.page(wanted.chosen, "closing", IN_CALENDAR, 0)
    lines = (folded(line) for line in calendar_lines(kind, rows))
    text = "".join(f"{line}\r\n" for line in lines)
    return Response(writable(text), mimetype="text/calendar")


def calendar_lines(kind: str, rows: Iterable[Any]) -> Iterator[str]:
    """Yield the lines of a calendar (RFC 5545) with a day for each entry that closes."""
    site = current_app.extensions["site"]
    name = _("Closing dates: %(name)s", name=KIND_NAMES[Kind(kind)])
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{site.domain}//lists//EN")
    yield f"X-WR-CALNAME:{name.translate(ESCAPED)}"
    for row in rows:
        moved = max(row.updated_at, row.published_at).astimezone(timezone.utc)
        title = _("Closes: %(name)s", name=in_language(row.snapshot, "title"))
        yield from ("BEGIN:VEVENT", f"UID:{row.number}@{site.domain}")
        yield f"DTSTAMP:{moved:%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{row.closes_on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{row.closes_on + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{title.translate(ESCAPED)}"
        yield f"URL:{public_url(url_for('directory.entry', number=row.number))}"
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def folded(line: str) -> str:
    """Return a line broken so that no piece is longer than LINE bytes, no character in two."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode("utf-8", "ignore"))
        if size + width > LINE:
            pieces.append("")
            size = 1  # the blank a continued line begins with
        pieces[-1] += character
        size += width
    return "\r\n ".join(pieces)

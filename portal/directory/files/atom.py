"""An Atom feed (RFC 4287) of records of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from xml.sax.saxutils import escape, quoteattr

from flask import Response, current_app

from portal import clock
from portal.sheets.workbook_file import writable
from portal.web.display import language_tag
from portal.web.filters import in_language
from portal.web.requests import public_url

ATOM = "http://www.w3.org/2005/Atom"
MIMETYPE = "application/atom+xml"


@dataclass(frozen=True)
class Item:
    """One record: the path of its page, when it became public and when it last changed; `category`
    is (term, label)."""

    path: str
    title: str
    published: datetime
    updated: datetime
    author: str
    category: tuple[str, str]
    summary: str


def atom_feed(title: str, *, own: str, page: str, items: Sequence[Item]) -> Response:
    """Send a feed: the paths of itself and of the page it follows."""
    text = "\n".join(feed_lines(title, public_url(own), public_url(page), items))
    return Response(writable(text), mimetype=MIMETYPE)


def feed_lines(title: str, own: str, page: str, items: Sequence[Item]) -> Iterator[str]:
    """Yield the lines of a feed."""
    site = in_language(current_app.extensions["site"])
    last = max((item.updated for item in items), default=clock.now())
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="{ATOM}" xml:lang="{language_tag()}">'
    yield f"<id>{escape(own)}</id><title>{escape(title)}</title>"
    yield f'<link rel="self" href={quoteattr(own)}/><link href={quoteattr(page)}/>'
    yield f"<updated>{stamp(last)}</updated>"
    yield f"<author><name>{escape(site)}</name></author>"
    for item in items:
        yield from item_lines(item)
    yield "</feed>\n"


def item_lines(item: Item) -> Iterator[str]:
    """Yield one entry of a feed."""
    address = public_url(item.path)
    term, label = map(quoteattr, item.category)
    yield f"<entry><id>{escape(address)}</id><title>{escape(item.title)}</title>"
    yield f"<link href={quoteattr(address)}/>"
    yield f"<published>{stamp(item.published)}</published><updated>{stamp(item.updated)}</updated>"
    yield f"<author><name>{escape(item.author)}</name></author>"
    yield f"<category term={term} label={label}/>"
    yield f"<summary>{escape(item.summary)}</summary></entry>"


def stamp(moment: datetime) -> str:
    """Return a moment as RFC 3339 writes it, in UTC to the second."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

"""An Atom feed of a search over everything: its newest hits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import clock
from portal.directory.asking.asked import asked, counted
from portal.directory.asking.found import find_everywhere
from portal.directory.files.atom import Item, atom_feed
from portal.directory.files.names import export_url
from portal.directory.queries import hits
from portal.directory.queries.sections import facets_of
from portal.directory.views.feeds import IN_FEED, item_of
from portal.directory.words.pages import SECTION_NAMES
from portal.errors import Busy, Unreadable
from portal.search.terms import REASON_LABELS, Order, Reason
from portal.web.filters import in_language

WAITING = _l("The full search is being renewed: this feed answers again in a few minutes.")


@counted
def search_feed() -> Response:
    """Send the newest hits of a search. Raises Unreadable for an address that asks for something
    there is not, Busy while the index does not answer: names alone would be another feed."""
    section = request.args.get("kind", "")
    if section not in ("", *SECTION_NAMES):
        raise Unreadable(_("Left out, as there is no such choice here: %(parts)s", parts="kind"))
    wanted = asked(facets_of(section)).insist()
    if not wanted.text:
        raise Unreadable(REASON_LABELS[Reason.EMPTY])
    chosen = {"section": [section] if section else []} | dict(wanted.chosen)
    results = find_everywhere(wanted.text, chosen, Order.NEWEST, 1, IN_FEED)
    if results is None:
        raise Busy(WAITING)
    if results.reason:
        raise Unreadable(REASON_LABELS[results.reason])
    rows = hits.read([(hit.kind, hit.ref) for hit in results.hits])
    found = [rows[hit.key] for hit in results.hits if hit.key in rows]
    return atom_feed(
        _("Search") + _(": %(name)s", name=wanted.text),
        own=export_url("directory.search_feed"),
        page=export_url("directory.search"),
        items=[ITEMS[hit.kind](hit.row) for hit in found],
    )


def enterprise_item(row: Any) -> Item:
    """Return an enterprise as an item of a feed."""
    return Item(
        path=url_for("directory.enterprise", uscc=row.uscc),
        title=row.name,
        published=morning(row.admitted_on),
        updated=morning(row.admitted_on),
        author=in_language(current_app.extensions["site"]),
        category=("enterprise", str(SECTION_NAMES["enterprise"])),
        summary=row.introduction or row.products,
    )


def policy_item(row: Any) -> Item:
    """Return a policy or notice as an item of a feed."""
    return Item(
        path=url_for("directory.policy", slug=row.slug),
        title=in_language(row, "title"),
        published=morning(row.published_on),
        updated=morning(row.published_on),
        author=in_language(row, "publisher"),
        category=("policy", str(SECTION_NAMES["policy"])),
        summary=in_language(row, "summary"),
    )


def morning(day: date | None) -> datetime:
    """Return the beginning of a day in the city, of today for none."""
    return datetime.combine(day or clock.today(), time(), clock.city_zone())


ITEMS: Mapping[str, Callable[[Any], Item]] = {
    "entry": item_of,
    "enterprise": enterprise_item,
    "policy": policy_item,
}

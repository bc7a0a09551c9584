"""The three lists over all editions, and each edition as it was published."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import redirect, render_template
from werkzeug.wrappers import Response

from portal.directory.asking.asked import counted
from portal.directory.asking.listing import read_listing
from portal.directory.asking.picks import back_address, basket_url, picked
from portal.directory.queries.editions import (
    entries_of,
    get_edition,
    get_issued_edition,
    issued_editions,
    latest_releases,
    releases_of,
    taken_back,
    withdrawn_releases,
)
from portal.directory.queries.entries import SCHEMES, source
from portal.directory.queries.vocabulary import vocabulary
from portal.directory.queries.years import changes_since, year_before
from portal.lists.queries.catalogues import present_catalogues
from portal.lists.queries.documents import issued_documents
from portal.lists.report_card import Card, cards_of, total_of
from portal.lists.terms.kinds import DATED_KINDS, Kind
from portal.web.drawn_pages import drawn_page

FEW = 8  # entries of each part that changed, on the page of an edition


@counted
def published_list(kind: str) -> tuple[bytes | str, int] | Response:
    """Show one of the lists over all published editions, filtered as asked. What is picked in it
    is in the form of its filters: the button for the picks leads on."""
    if back := back_address():
        return redirect(basket_url(picked().numbers, back), 303)
    listing = read_listing(source(Kind(kind), vocabulary(*SCHEMES)))
    latest = latest_releases().get(kind)
    editions = tuple(edition for edition in issued_editions() if edition.kind == kind)
    page = drawn_page(
        "directory/published_list.html",
        (listing.shown, tuple(listing.rows), tuple(listing.near), latest, editions),
        kind=Kind(kind),
        listing=listing,
        latest=latest,
        editions=editions,
    )
    return page, listing.status


def edition(year: int, kind: str) -> str | tuple[str, int]:
    """Show one edition: its foreword, releases, what changed since the edition before and what
    became of that, its entries by field; when all it published was taken back, the reason."""
    found = get_issued_edition(year, Kind(kind))
    releases = releases_of(found)
    before = year_before(Kind(kind), year) if releases else None
    page = render_template(
        "directory/edition.html" if releases else "directory/edition_withdrawn.html",
        edition=found,
        kind=Kind(kind),
        releases=releases,
        catalogues=present_catalogues(releases),
        withdrawn=withdrawn_releases(found),
        taken_back=taken_back(found),
        documents=issued_documents([release.id for release in releases]),
        groups=by_field(entries_of(found)),
        before=before,
        changes=changes_since(Kind(kind), before, year, FEW) if before else None,
        last_cards=report_of(before, Kind(kind)) if before else [],
        total_of=total_of,
    )
    return page, 200 if releases else 410


def report_of(year: int, kind: Kind) -> Sequence[Card]:
    """Return what became of an edition, a card per publisher; cases come to no outcome."""
    return cards_of(get_edition(year, kind)) if kind in DATED_KINDS else []


def by_field(rows: Sequence[Any]) -> list[tuple[Any, list[Any]]]:
    """Return the entries by field, fields in the order in which they first appear."""
    order: dict[str, int] = {}
    for row in rows:
        order.setdefault(field_slug(row), len(order))
    ordered = sorted(rows, key=lambda row: order[field_slug(row)])
    groups = (list(group) for _slug, group in groupby(ordered, key=field_slug))
    return [(group[0].snapshot["field"], group) for group in groups]


def field_slug(row: Any) -> str:
    """Return the slug of an entry's field, "" for none."""
    return row.snapshot["field"]["slug"] if row.snapshot["field"] else ""

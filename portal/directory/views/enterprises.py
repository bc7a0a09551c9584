"""The enterprise registry and the profiles of its enterprises."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal import clock
from portal.directory.asking.asked import counted
from portal.directory.asking.listing import asked_words, read_export, read_listing
from portal.directory.files.documents import two_sheets
from portal.directory.files.names import dated_name, export_url
from portal.directory.files.registry_rows import COLUMNS, cells, header
from portal.directory.queries.profiles import Profile, find_profile
from portal.directory.queries.registry import SCHEMES, source
from portal.directory.queries.titles import names_in_force
from portal.directory.queries.vocabulary import vocabulary
from portal.directory.words import profile
from portal.directory.words.rows import enterprise_shown
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.merges import find_survivor
from portal.enterprises.queries.standing import find_tombstone, is_suspended
from portal.enterprises.terms.standing import KIND_NAMES
from portal.errors import NotFound
from portal.sheets.workbook_file import MIMETYPE, cut_mark, stream
from portal.web.csv import csv_response, streamed
from portal.web.drawn_pages import drawn_page
from portal.web.requests import public_url

Answer = bytes | str | tuple[str, int] | BaseResponse


@counted
def registry() -> tuple[bytes | str, int]:
    """List the enterprises in the registry."""
    words = vocabulary(*SCHEMES)
    listing = read_listing(source(words))
    rows = (*listing.rows, *listing.near)
    titles = names_in_force([row.id for row in rows], clock.today()) if rows else {}
    lines = tuple(enterprise_shown(row, words, titles) for row in rows)
    page = drawn_page(
        "directory/registry.html",
        (listing.shown, len(listing.near), lines),
        listing=listing,
        words=words,
        titles=titles,
    )
    return page, listing.status


@counted
def registry_file(form: str) -> Response:
    """Send the same enterprises as csv or xlsx."""
    words = vocabulary(*SCHEMES)
    listed = source(words)
    rows, name = cells(read_export(listed), words), dated_name("enterprises", form)
    if form == "csv":
        return csv_response(name, header(), rows)
    sheets = two_sheets(
        (_("Enterprises"), COLUMNS, rows),
        _("Enterprise registry"),
        public_url(export_url("directory.registry")),
        [*asked_words(listed), (_("Counted"), _("Registry counts, not official statistics"))],
        cut_mark(_("the full text stands in the CSV file and on the page of the enterprise")),
    )
    return streamed(name, MIMETYPE, stream(sheets))


def enterprise(uscc: str) -> Answer:
    """Show the public profile of an enterprise, or what became of it."""
    found = find_profile(uscc)
    return what_became_of(uscc) if found is None else render_profile(found)


def render_profile(found: Profile, own: Enterprise | None = None) -> bytes | str:
    """Return the profile as everybody reads it; above a member's `own` it says that it is a
    preview."""
    shown = {
        "enterprise": found.record,
        "titles": found.titles,
        "entries": found.entries,
        "figures": profile.figures_of(found.figures),
        "places": found.places,
        "items": found.items,
        "contacts": found.contacts,
    }
    page = "directory/enterprise.html"
    return drawn_page(page, tuple(shown.values()), **shown, today=clock.today(), own=own)


def what_became_of(uscc: str) -> Answer:
    """Return the way from a merged record to the one that remains (301), the tombstone of a
    removed one (410) or the words for a suspended one (404); raises NotFound for a code nobody
    was ever public under."""
    survivor = find_survivor(uscc)
    if survivor is not None and survivor.uscc != uscc:
        return redirect(url_for("directory.enterprise", uscc=survivor.uscc), 301)
    if is_suspended(uscc):
        return render_template("directory/suspended.html", uscc=uscc), 404
    tombstone = find_tombstone(uscc)
    if tombstone is None:
        raise NotFound
    page = render_template("directory/tombstone.html", tombstone=tombstone, kind_names=KIND_NAMES)
    return page, 410

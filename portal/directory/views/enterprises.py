"""The enterprise registry and the profiles of its enterprises."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal import clock
from portal.classification.queries.titles import PublicTitles, public_titles_of
from portal.directory.asking.asked import counted
from portal.directory.asking.listing import asked_words, read_export, read_listing
from portal.directory.files.documents import two_sheets
from portal.directory.files.names import dated_name, export_url
from portal.directory.files.registry_rows import COLUMNS, cells, header
from portal.directory.queries.entries import entries_of_enterprise
from portal.directory.queries.parts import parts_of
from portal.directory.queries.registry import SCHEMES, source
from portal.directory.queries.titles import names_in_force
from portal.directory.queries.vocabulary import vocabulary
from portal.directory.words import profile
from portal.directory.words.timeline import timeline_of
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.figures import metrics, shown_figures
from portal.enterprises.queries.merges import find_survivor
from portal.enterprises.queries.presence import items_of, public_contacts, sites_of
from portal.enterprises.queries.records import find_public
from portal.enterprises.queries.standing import find_tombstone, is_suspended
from portal.enterprises.terms.standing import KIND_NAMES
from portal.enterprises.words import figures as figure_words
from portal.errors import NotFound
from portal.sheets.workbook_file import MIMETYPE, cut_mark, stream
from portal.web.csv import csv_response, streamed
from portal.web.requests import public_url

Answer = str | tuple[str, int] | BaseResponse


@counted
def registry() -> tuple[str, int]:
    """List the enterprises in the registry."""
    words = vocabulary(*SCHEMES)
    listing = read_listing(source(words))
    shown = [row.id for row in (*listing.rows, *listing.near)]
    page = render_template(
        "directory/registry.html",
        listing=listing,
        words=words,
        titles=names_in_force(shown, clock.today()) if shown else {},
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
    found = find_public(uscc)
    return what_became_of(uscc) if found is None else render_profile(found, preview=False)


def render_profile(found: Enterprise, *, preview: bool) -> str:
    """Return the profile as everybody reads it; a preview says above it that it is one."""
    has = parts_of("enterprise", found.id)
    titles = public_titles_of(found.id) if has.titles else PublicTitles([], [])
    return render_template(
        "directory/enterprise.html",
        enterprise=found,
        titles=titles,
        timeline=timeline_of(titles),
        entries=entries_of_enterprise(found.id) if has.entries else (),
        figures=figure_rows(found) if has.figures else (),
        sites=sites_of(found) if has.sites else (),
        items=items_of(found) if has.items else (),
        contacts=public_contacts(found) if has.contacts else (),
        preview=preview,
    )


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


def figure_rows(found: Enterprise) -> list[tuple[str, str]]:
    """Return the figures the enterprise chose to show: name with year, value with source."""
    shown = shown_figures(found)
    every = metrics() if shown else {}
    order = {code: sort for sort, code in enumerate(every)}
    shown.sort(key=lambda row: (-(row.year or 9999), order[row.metric]))
    return [
        (
            figure_words.title(every[row.metric], row.year),
            profile.figure_of(every[row.metric], row),
        )
        for row in shown
    ]

"""The enterprise registry and the profiles of its enterprises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal import clock
from portal.classification.queries.titles import public_titles_of
from portal.directory import profile
from portal.directory.asked import counted
from portal.directory.files import dated_name
from portal.directory.listing import read_export, read_listing
from portal.directory.queries.entries import entries_of_enterprise
from portal.directory.queries.registry import SCHEMES, source
from portal.directory.queries.titles import names_in_force
from portal.directory.queries.vocabulary import Vocabulary, vocabulary
from portal.directory.timeline import timeline_of
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.figures import metrics, shown_figures
from portal.enterprises.queries.merges import find_survivor
from portal.enterprises.queries.presence import items_of, public_contacts, sites_of
from portal.enterprises.queries.records import find_public
from portal.enterprises.queries.standing import find_tombstone, is_suspended
from portal.enterprises.terms.record import STATE_NAMES, State
from portal.enterprises.terms.standing import KIND_NAMES
from portal.enterprises.words import figures as figure_words
from portal.errors import NotFound
from portal.web.csv import csv_response
from portal.web.filters import in_language

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
def registry_csv() -> Response:
    """Send the same enterprises as a file."""
    words = vocabulary(*SCHEMES)
    rows = read_export(source(words))
    return csv_response(dated_name("enterprises"), header(), cells(rows, words))


def header() -> list[str]:
    """Return the heads of the file's columns."""
    return [
        _("Name of the enterprise"),
        _("Unified social credit code"),
        _("District or county"),
        _("Functional zone"),
        _("Key industry"),
        _("Place in the chain"),
        _("Main products"),
        _("Established on"),
        _("Admitted on"),
        _("State"),
        _("Sample"),
    ]


def cells(rows: Iterator[Any], words: Vocabulary) -> Iterator[list[object]]:
    """Yield the file's rows."""
    for row in rows:
        places = (row.district_id, row.zone_id, row.key_industry_id, row.node_id)
        names = [in_language(word) if (word := words.get(place)) else "" for place in places]
        days = (row.established_on, row.admitted_on)
        sample = _("Sample") if row.is_sample else ""
        state = STATE_NAMES[State(row.state)] if row.state == State.STALE else ""
        yield [row.name, row.uscc, *names, row.products, *days, state, sample]


def enterprise(uscc: str) -> Answer:
    """Show the public profile of an enterprise, or what became of it."""
    found = find_public(uscc)
    return what_became_of(uscc) if found is None else render_profile(found, preview=False)


def render_profile(found: Enterprise, *, preview: bool) -> str:
    """Return the profile as everybody reads it; a preview says above it that it is one."""
    return render_template(
        "directory/enterprise.html",
        enterprise=found,
        titles=(titles := public_titles_of(found.id)),
        timeline=timeline_of(titles),
        entries=entries_of_enterprise(found.id),
        figures=figure_rows(found),
        sites=sites_of(found),
        items=items_of(found),
        contacts=public_contacts(found),
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

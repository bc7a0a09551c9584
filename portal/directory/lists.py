"""The three lists over all editions, and each edition as it was published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from flask import Response, render_template
from flask_babel import gettext as _

from portal.directory.asked import counted
from portal.directory.files import dated_name
from portal.directory.listing import read_export, read_listing
from portal.directory.queries.editions import (
    entries_of,
    get_edition,
    get_issued_edition,
    latest_releases,
    public_editions,
    releases_of,
    withdrawn_releases,
)
from portal.directory.queries.entries import SCHEMES, source
from portal.directory.queries.vocabulary import vocabulary
from portal.directory.values import plain_value_of
from portal.directory.wording import status_of
from portal.lists.models import Edition
from portal.lists.queries.documents import issued_documents
from portal.lists.terms.kinds import Kind
from portal.web.csv import csv_response
from portal.web.filters import day, in_language

PLACES = ("field", "district", "zone")


@counted
def published_list(kind: str) -> tuple[str, int]:
    """Show one of the lists over all published editions, filtered as asked."""
    listing = read_listing(source(Kind(kind), vocabulary(*SCHEMES)))
    page = render_template(
        "directory/published_list.html",
        kind=Kind(kind),
        listing=listing,
        latest=latest_releases().get(kind),
        editions=[edition for edition in public_editions() if edition.kind == kind],
    )
    return page, listing.status


@counted
def published_list_csv(kind: str) -> Response:
    """Send the same entries as a file."""
    rows = read_export(source(Kind(kind), vocabulary(*SCHEMES)))
    return csv_response(dated_name(kind), header(), cells(rows))


def edition(year: int, kind: str) -> str | tuple[str, int]:
    """Show one edition: its releases, its foreword, its entries by field; when all it published
    was taken back, the reason."""
    found = get_issued_edition(year, Kind(kind))
    releases = releases_of(found)
    page = render_template(
        "directory/edition.html" if releases else "directory/edition_withdrawn.html",
        edition=found,
        kind=Kind(kind),
        releases=releases,
        withdrawn=withdrawn_releases(found),
        documents=issued_documents([release.id for release in releases]),
        groups=by_field(entries_of(found)),
    )
    return page, 200 if releases else 410


def edition_csv(year: int, kind: str) -> Response:
    """Send one edition as a file, in the order in which it was signed."""
    found: Edition = get_edition(year, Kind(kind))
    return csv_response(dated_name(f"{kind}-{year}"), header(), cells(entries_of(found)))


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


def header() -> list[str]:
    """Return the heads of a list's file."""
    return [
        _("Entry number"),
        _("Title"),
        _("Kind"),
        _("State"),
        _("Field"),
        _("District or county"),
        _("Functional zone"),
        _("Publisher"),
        _("Summary"),
        _("Details"),
        _("Open from"),
        _("Closing date"),
        _("Office"),
        _("Telephone"),
        _("Year"),
        _("Published on"),
        _("Sample"),
    ]


def cells(rows: Iterable[Any]) -> Iterator[list[object]]:
    """Yield the rows of a list's file from what was signed and what has become of it."""
    for row in rows:
        said = row.snapshot
        status = status_of(row)
        yield [
            row.number,
            in_language(said, "title"),
            in_language(said["subtype"]),
            status.word if status else "",
            *(in_language(said[name]) if said[name] else "" for name in PLACES),
            in_language(said["publisher"]),
            in_language(said, "summary"),
            details_text(said["details"]),
            *(said[name] or "" for name in ("opens_on", "closes_on", "office", "landline")),
            row.year,
            day(row.published_at),
            _("Sample") if row.is_sample else "",
        ]


def details_text(details: Iterable[Mapping[str, Any]]) -> str:
    """Return an entry's details as lines of label and value."""
    return "\n".join(f"{in_language(item, 'label')}: {plain_value_of(item)}" for item in details)

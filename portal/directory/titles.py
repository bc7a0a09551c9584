"""Titles and qualifications: what they are, who grants them, who holds them on a day."""

from __future__ import annotations

from datetime import date

from flask import abort, render_template, request

from portal import clock
from portal.classification.queries.counts import count_kind, holders
from portal.classification.queries.titles import get_title_kind
from portal.directory.queries.titles import family_of, holders_by_district, kinds_with_holders
from portal.directory.queries.vocabulary import vocabulary
from portal.taxonomy.terms import Scheme
from portal.web.pagination import asked_page, page_of


def titles() -> str:
    """List the titles, those the city grants apart from those it records."""
    today = clock.today()
    kinds = kinds_with_holders(today)
    return render_template(
        "directory/titles.html",
        granted=[kind for kind in kinds if kind.granted_here],
        recorded=[kind for kind in kinds if not kind.granted_here],
        today=today,
    )


def title(slug: str) -> str:
    """Show a title with its holders on a day, today unless asked otherwise."""
    kind = get_title_kind(slug)
    on = asked_day()
    page = page_of(count_kind(kind, on), asked_page())
    return render_template(
        "directory/title.html",
        kind=kind,
        family=family_of(kind),
        on=on,
        today=clock.today(),
        page=page,
        holders=holders(kind, on, offset=page.offset, limit=page.size),
        districts=holders_by_district(kind, on),
        words=vocabulary(Scheme.DISTRICT),
    )


def asked_day() -> date:
    """Return ?on= as a day, today when absent. What is no day ends in the 400 page."""
    text = request.args.get("on", "")
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError:
        abort(400)

"""The list of near misses: one criterion short of a title, or only data missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.queries.people import has_right
from portal.accounts.queries.reach import districts_for, zones_for
from portal.accounts.terms import Right
from portal.classification.bureau_views.titles import Answer, asked, blueprint
from portal.classification.models.assessments import Precheck
from portal.classification.models.titles import TitleKind
from portal.classification.queries import near_misses as queries
from portal.classification.queries.near_misses import Filters, Place
from portal.classification.terms.assessments import GAP_NAMES, LISTED, NEAR
from portal.classification.words import near
from portal.classification.words.values import Metrics
from portal.enterprises.queries.figures import metrics
from portal.taxonomy.models import Term
from portal.taxonomy.queries import find_term, terms
from portal.taxonomy.terms import Scheme
from portal.web.csv import csv_response
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of


@dataclass(frozen=True)
class Asked:
    """What the list was asked for."""

    kind: TitleKind
    kinds: tuple[TitleKind, ...]
    filters: Filters
    district: str
    industry: str
    place: Place | None


@blueprint.get("/near-misses")
@officer(Right.RECOGNISE, Right.AUDIT)
def near_misses() -> Answer:
    """List who is close to a title, by kind of gap, district and industry."""
    wanted = asked_for()
    if wanted is None:
        return render_template("classification/no_prechecks.html")
    counts = queries.count_by_gap(wanted.kind, wanted.filters, wanted.place)
    gaps = (wanted.filters.gap,) if wanted.filters.gap else NEAR
    page = page_of(sum(counts.get(gap, 0) for gap in gaps), asked_page())
    found = queries.near_misses(wanted.kind, wanted.filters, wanted.place)
    return render_template(
        "classification/near_misses.html",
        wanted=wanted,
        rows=queries.page_of_near_misses(found, page.offset, page.size),
        page=page,
        gaps=[(gap, f"{GAP_NAMES[gap]} ({counts.get(gap, 0)})") for gap in LISTED],
        gap_names=GAP_NAMES,
        districts=terms(Scheme.DISTRICT),
        industries=terms(Scheme.INDUSTRY),
        near=near,
        metrics=metrics(),
        last_year=clock.today().year - 1,
    )


@blueprint.get("/near-misses/export")
@officer(Right.RECOGNISE, Right.AUDIT)
def export_near_misses() -> Response:
    """Download the list as it is narrowed, read while it is sent."""
    wanted = asked_for()
    if wanted is None:
        return redirect(url_for("classification_bureau.near_misses"), 303)
    found = queries.near_misses(wanted.kind, wanted.filters, wanted.place)
    name = f"near-misses-{wanted.kind.slug}-{clock.today():%Y-%m-%d}.csv"
    header = [
        _("Name of the enterprise"),
        _("Unified social credit code"),
        _("District or county"),
        _("Industry division"),
        _("Pre-check"),
        _("Criterion that is short"),
        _("What is short"),
        _("Smallest change"),
        _("Facts missing"),
        _("Names of the missing facts"),
    ]
    return csv_response(name, header, cells(queries.all_near_misses(found), metrics()))


def cells(rows: Iterator[Precheck], known: Metrics) -> Iterator[list[object]]:
    """Yield a line of the download for each pre-check."""
    last_year = clock.today().year - 1
    for row in rows:
        firm, summary = row.enterprise, row.summary
        yield [
            firm.name,
            firm.uscc,
            in_language(firm.district) if firm.district else "",
            in_language(firm.industry) if firm.industry else "",
            str(GAP_NAMES[near.gap_of(row)]),
            near.short_names(summary),
            near.short_words(summary, known),
            near.smallest_change(summary, known),
            row.missing,
            str(_("; ")).join(near.missing_names(summary, last_year)),
        ]


def asked_for() -> Asked | None:
    """Return what this request asks for, the first title by default; None before any pre-check is
    stored. What is unknown is as if it had not been asked for."""
    kinds = queries.kinds_prechecked()
    by_slug = {kind.slug: kind for kind in kinds}
    if not by_slug:
        return None
    district = term_asked("district", Scheme.DISTRICT)
    industry = term_asked("industry", Scheme.INDUSTRY)
    return Asked(
        kind=by_slug.get(request.args.get("title", ""), kinds[0]),
        kinds=tuple(kinds),
        filters=Filters(
            gap=asked("gap", set(LISTED)),
            district_id=district.id if district else None,
            industry_id=industry.id if industry else None,
        ),
        district=district.slug if district else "",
        industry=industry.slug if industry else "",
        place=place_of_officer(),
    )


def term_asked(name: str, scheme: Scheme) -> Term | None:
    """Return the term a filter names, None for none."""
    return find_term(scheme, request.args.get(name))


def place_of_officer() -> Place | None:
    """Return where the officer may read near misses, None for the whole city."""
    if has_right(person(), Right.AUDIT):
        return None
    districts = districts_for(person(), Right.RECOGNISE)
    if districts is None:
        return None
    return Place(districts, zones_for(person(), Right.RECOGNISE) or ())

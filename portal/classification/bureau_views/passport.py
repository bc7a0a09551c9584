"""The passport of any enterprise, as officers see it."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.classification.bureau_views.titles import Answer, blueprint
from portal.classification.fact_sources import title_facts
from portal.classification.passport import passport_of
from portal.classification.passport_pages import (
    Reader,
    page_of_assessment,
    page_of_fields,
    page_of_passport,
)
from portal.classification.permits import READS_PASSPORTS, check_reads_passport
from portal.classification.words.advice import Page
from portal.enterprises.bureau_views.places import places_of
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.words.figure_periods import period_of
from portal.errors import NotFound


@blueprint.get("/passports/<int:enterprise_id>")
@officer(*READS_PASSPORTS)
def passport(enterprise_id: int) -> Answer:
    """Show where an enterprise stands by every title, and what is missing."""
    enterprise = get_readable(enterprise_id)
    found = passport_of(enterprise, clock.today())
    values = page_of_passport(found, reader(enterprise))
    return render_template("classification/passport.html", **values)


@blueprint.get("/passports/<int:enterprise_id>/<series>")
@officer(*READS_PASSPORTS)
def assessment(enterprise_id: int, series: str) -> Answer:
    """Show one title's pre-check of an enterprise, criterion by criterion."""
    enterprise = get_readable(enterprise_id)
    found = passport_of(enterprise, clock.today())
    values = page_of_assessment(found, series, reader(enterprise))
    return render_template("classification/assessment.html", **values)


@blueprint.get("/passports/<int:enterprise_id>/<series>/fields")
@officer(*READS_PASSPORTS)
def platform_fields(enterprise_id: int, series: str) -> Answer:
    """Show an enterprise's facts in the field order of the official platform."""
    enterprise = get_readable(enterprise_id)
    found = passport_of(enterprise, clock.today())
    values = page_of_fields(found, series, reader(enterprise))
    return render_template("classification/platform_fields.html", **values)


def get_readable(enterprise_id: int) -> Enterprise:
    """Return a record of the registry the officer may read pre-checks of; raises NotFound,
    NotAllowed."""
    enterprise = get_enterprise(enterprise_id)
    if enterprise.state not in IN_THE_REGISTRY:
        raise NotFound
    check_reads_passport(person(), enterprise)
    return enterprise


def reader(enterprise: Enterprise) -> Reader:
    """Return how the pages lead on for an officer."""
    reviews = has_right(
        person(),
        Right.REVIEW_ENTERPRISES,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    )
    records = has_right(person(), Right.RECOGNISE, district_id=enterprise.district_id)
    return Reader(
        layout="layouts/bureau.html",
        crumbs=[(enterprise.name, url_for("directory.enterprise", uscc=enterprise.uscc))],
        tabs=places_of(enterprise) if reviews else [],
        address=lambda endpoint, **values: url_for(
            f"classification_bureau.{endpoint}", enterprise_id=enterprise.id, **values
        ),
        stating=lambda page, metric: stating(enterprise, page, metric, reviews, records),
        claiming="",
    )


def stating(enterprise: Enterprise, page: Page, metric: str, reviews: bool, records: bool) -> str:
    """Return where an officer states a checked figure or records a title, else nothing."""
    by_title = {fact.fact: fact for fact in title_facts()}
    if metric in by_title and not page.group:
        return url_for("classification_bureau.recorded") if records else ""
    if not reviews:
        return ""
    where: dict[str, Any] = {"enterprise_id": enterprise.id}
    if metric in ("reg_date", "reg_region", "uscc"):
        return url_for("enterprises_bureau.review", **where)
    if not metric:
        return url_for("enterprises_bureau.figures", **where)
    period = period_of(page.year)
    return url_for("enterprises_bureau.figure", period=period, metric=metric, **where)

"""A member's passport: every title at once, one assessment, and the facts to copy from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import signed_in
from portal.classification.fact_sources import title_facts
from portal.classification.owner_views.titles import Answer, blueprint, get_record
from portal.classification.passport import passport_of
from portal.classification.passport_pages import (
    Reader,
    page_of_assessment,
    page_of_fields,
    page_of_passport,
)
from portal.classification.words.advice import Page
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import may_do
from portal.enterprises.owner_views.places import places_of
from portal.enterprises.rules.roles import Doing
from portal.enterprises.rules.states import CLOSED
from portal.enterprises.words.figure_periods import period_of


@blueprint.get("/<int:enterprise_id>/passport")
@signed_in
def passport(enterprise_id: int) -> Answer:
    """Show where the enterprise stands by every title, and what to do next."""
    enterprise = get_record(enterprise_id, Doing.READ)
    found = passport_of(enterprise, clock.today())
    return render_template(
        "classification/passport.html", **page_of_passport(found, reader(enterprise))
    )


@blueprint.get("/<int:enterprise_id>/passport/<series>")
@signed_in
def assessment(enterprise_id: int, series: str) -> Answer:
    """Show one title's pre-check, criterion by criterion."""
    enterprise = get_record(enterprise_id, Doing.READ)
    found = passport_of(enterprise, clock.today())
    return render_template(
        "classification/assessment.html", **page_of_assessment(found, series, reader(enterprise))
    )


@blueprint.get("/<int:enterprise_id>/passport/<series>/fields")
@signed_in
def platform_fields(enterprise_id: int, series: str) -> Answer:
    """Show the facts in the field order of the official platform, to copy from."""
    enterprise = get_record(enterprise_id, Doing.READ)
    found = passport_of(enterprise, clock.today())
    return render_template(
        "classification/platform_fields.html", **page_of_fields(found, series, reader(enterprise))
    )


def reader(enterprise: Enterprise) -> Reader:
    """Return how the pages lead on for a member."""
    return Reader(
        layout="layouts/owner.html",
        crumbs=[
            (_("My pages"), url_for("desk.home")),
            (enterprise.name or _("Enterprise without name"), own_page(enterprise, "tasks")),
        ],
        tabs=places_of(enterprise),
        address=lambda endpoint, **values: url_for(
            f"classification_owner.{endpoint}", enterprise_id=enterprise.id, **values
        ),
        stating=lambda page, metric: stating(enterprise, page, metric),
        claiming=own_titles(enterprise),
    )


def own_page(enterprise: Enterprise, name: str, **values: Any) -> str:
    """Return the address of a page of the record."""
    return url_for(f"enterprises_owner.{name}", enterprise_id=enterprise.id, **values)


def own_titles(enterprise: Enterprise) -> str:
    """Return where titles are claimed."""
    return url_for("classification_owner.titles", enterprise_id=enterprise.id)


def stating(enterprise: Enterprise, page: Page, metric: str) -> str:
    """Return where a fact is stated, nothing where this member cannot state it."""
    if not may_do(enterprise, Doing.EDIT):
        return ""
    if page.group:
        if enterprise.state in CLOSED:
            return ""
        where = {"period": period_of(page.year), "group": page.group}
        return own_page(enterprise, "edit_figures", **where, _anchor=metric or None)
    if metric in {fact.fact for fact in title_facts()}:
        return own_titles(enterprise)
    record: Mapping[str, str] = {"reg_date": "tasks", "reg_region": "tasks", "uscc": "tasks"}
    return own_page(enterprise, record[metric]) if metric in record else ""

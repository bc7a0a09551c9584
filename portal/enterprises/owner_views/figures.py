"""A member's yearly figures: the overview, and a form per year and group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person, signed_in
from portal.enterprises.actions import figures as actions
from portal.enterprises.forms.figures import FiguresForm, figures_form
from portal.enterprises.models import Enterprise, Figure, Metric
from portal.enterprises.owner_views.access import get_for, may_do
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries import figures as queries
from portal.enterprises.queries.evidence import evidence_by_purpose
from portal.enterprises.rules.roles import Doing
from portal.enterprises.rules.states import CLOSED
from portal.enterprises.terms.figures import GROUP_NAMES, SOURCE_NAMES, FilledBy, Group, Source
from portal.enterprises.words import figures as words
from portal.enterprises.words.figure_periods import get_year, period_of
from portal.errors import ChangedSinceOpened, NotFound, Refused

MEMBERS_GROUPS: tuple[Group, ...] = tuple(group for group in Group if group != Group.REVIEW)


@blueprint.get("/<int:enterprise_id>/figures")
@signed_in
def figures(enterprise_id: int) -> Answer:
    """Show every figure with its sources side by side, and which years wait to be filled in."""
    enterprise = get_for(enterprise_id, Doing.READ)
    every, rows = queries.metrics(), queries.figures_of(enterprise)
    return render_template(
        "enterprises/figures.html",
        enterprise=enterprise,
        periods=[*queries.years_now(), None],
        groups=MEMBERS_GROUPS,
        group_names=GROUP_NAMES,
        filled=filled(every, rows),
        table=queries.table_of(every, rows),
        rows=words.side_by_side(rows),
        conflicts=words.conflicts(rows, every),
        shown=queries.shown_keys(enterprise),
        evidence=evidence_by_purpose(enterprise),
        may_edit=may_edit(enterprise),
        source_names=SOURCE_NAMES,
        words=words,
    )


def may_edit(enterprise: Enterprise) -> bool:
    """Say whether the person may state figures now."""
    return may_do(enterprise, Doing.EDIT) and enterprise.state not in CLOSED


def filled(
    every: Mapping[str, Metric], rows: Any
) -> dict[tuple[int | None, Group], tuple[int, int]]:
    """Return per year and group how many figures are stated and how many are asked for."""
    stated = {(row.metric, row.year) for row in rows if row.source == Source.SELF_DECLARED}
    found: dict[tuple[int | None, Group], tuple[int, int]] = {}
    for year in (*queries.years_now(), None):
        for group in MEMBERS_GROUPS:
            asked = queries.asked_for(every, group, year)
            if asked:
                done = sum((metric.code, year) in stated for metric in asked)
                found[year, group] = (done, len(asked))
    return found


@blueprint.get("/<int:enterprise_id>/figures/<period>/<group>")
@signed_in
def edit_figures(enterprise_id: int, period: str, group: str) -> Answer:
    """Show the form of one year and group."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    year, asked = get_asked(period, group)
    return shown_form(enterprise, year, group, opened_form(enterprise, year, asked))


@blueprint.post("/<int:enterprise_id>/figures/<period>/<group>/save")
@signed_in
def save_figures(enterprise_id: int, period: str, group: str) -> Answer:
    """Save one year's figures of a group and go back, or say what is wrong or unusual."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    year, asked = get_asked(period, group)
    form = opened_form(enterprise, year, asked)
    good = form.validate()
    said = form.take_over()
    if not good or any(form[metric.code].errors for metric in asked):
        return shown_form(enterprise, year, group, form, status=422)
    try:
        statement = (form.values(), form.as_of.data, form.version.data)
        actions.save_figures(person(), enterprise, year, *statement, form.notes(), form.chosen())
    except Refused as refusal:
        return refused_form(get_for(enterprise_id, Doing.EDIT), year, group, form, refusal)
    for sentence in (*said, _("Saved")):
        flash(sentence, "good")
    return redirect(next_url(enterprise_id, year, group), 303)


def opened_form(enterprise: Enterprise, year: int | None, asked: list[Metric]) -> FiguresForm:
    """Return the form with what the enterprise states now."""
    codes = {metric.code for metric in asked}
    stand = own_rows(enterprise, year, codes)
    days = [figure.as_of for figure in stand.values()]
    return figures_form(
        asked,
        stand,
        {code for code, of_year in queries.shown_keys(enterprise) if of_year == year} & codes,
        version=queries.figures_version(enterprise, year),
        as_of=max(days) if days else date(year, 12, 31) if year else clock.today(),
    )


def own_rows(enterprise: Enterprise, year: int | None, codes: set[str]) -> dict[str, Figure]:
    """Return what the enterprise itself states, by metric."""
    return {
        row.metric: row
        for row in queries.figures_of(enterprise, [year])
        if row.source == Source.SELF_DECLARED and row.metric in codes
    }


def refused_form(
    enterprise: Enterprise, year: int | None, group: str, form: FiguresForm, refusal: Refused
) -> Answer:
    """Return the form with messages at their fields; unusual values get a place for the reason."""
    if isinstance(refusal, actions.FiguresRefused):
        for code, message in refusal.findings.errors.items():
            form[code].errors = [message]
        asks = refusal.findings.warnings
        for code in asks:
            form[f"keep_{code}"].errors = [_("Correct the value or say why it is right")]
        return shown_form(enterprise, year, group, form, asks, 422)
    form.refuse(refusal)
    if isinstance(refusal, ChangedSinceOpened):
        form.version.raw_data = None
        form.version.data = queries.figures_version(enterprise, year)
        stand = own_rows(enterprise, year, set(form.metrics))
        for code, metric in form.metrics.items():
            now = words.value(metric, stand[code]) if code in stand else _("(empty)")
            if (stand[code].value if code in stand else "") != actions.text_of(form.values()[code]):
                form[code].errors = [_("Stands now as: %(value)s", value=now)]
    return shown_form(enterprise, year, group, form, status=422)


def shown_form(
    enterprise: Enterprise,
    year: int | None,
    group: str,
    form: FiguresForm,
    asks: Mapping[str, str] | None = None,
    status: int = 200,
) -> Answer:
    """Return the page of a year and group, with what other sources say beside each field."""
    page = render_template(
        "enterprises/figures_form.html",
        enterprise=enterprise,
        year=year,
        period=period_of(year),
        group=group,
        form=form,
        asks=asks or {},
        groups=groups_of(year),
        group_names=GROUP_NAMES,
        source_names=SOURCE_NAMES,
        rows=words.side_by_side(queries.figures_of(enterprise, [year])),
        evidence=evidence_by_purpose(enterprise),
        name_of=actions.name_of,
        may_edit=may_edit(enterprise),
        words=words,
    )
    return page, status


def groups_of(year: int | None) -> list[Group]:
    """Return the groups that ask for something of a year."""
    every = queries.metrics()
    return [group for group in MEMBERS_GROUPS if queries.asked_for(every, group, year)]


def get_asked(period: str, group: str) -> tuple[int | None, list[Metric]]:
    """Return the year and what a page asks for; raises NotFound when it asks nothing."""
    year = get_year(period)
    known = group in set(MEMBERS_GROUPS)
    asked = queries.asked_for(queries.metrics(), group, year, FilledBy.MEMBER) if known else []
    if not asked:
        raise NotFound
    return year, asked


def next_url(enterprise_id: int, year: int | None, group: str) -> str:
    """Return the address of the next group of the year, or of the overview after the last."""
    groups = groups_of(year)
    later = groups[groups.index(Group(group)) + 1 :]
    if later:
        return url_for(
            "enterprises_owner.edit_figures",
            enterprise_id=enterprise_id,
            period=period_of(year),
            group=later[0],
        )
    return url_for("enterprises_owner.figures", enterprise_id=enterprise_id)

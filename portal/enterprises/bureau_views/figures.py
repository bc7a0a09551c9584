"""An officer's view of a record's figures: every source side by side, and checking one."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.enterprises.actions import figure_checking
from portal.enterprises.actions import figures as actions
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.bureau_views.review import get_reviewable
from portal.enterprises.forms.figures import CheckForm, check_form
from portal.enterprises.models import Enterprise, Metric
from portal.enterprises.queries import figures as queries
from portal.enterprises.queries.evidence import evidence_by_purpose, evidence_of
from portal.enterprises.rules.figure_values import parse
from portal.enterprises.terms.figures import GROUP_NAMES, SOURCE_NAMES, FilledBy, Source
from portal.enterprises.words import evidence as evidence_words
from portal.enterprises.words import figures as words
from portal.enterprises.words.figure_periods import get_year, period_of
from portal.errors import ChangedSinceOpened, NotFound, Refused
from portal.web.uploads import takes_files


@blueprint.get("/<int:enterprise_id>/figures")
@officer(Right.REVIEW_ENTERPRISES)
def figures(enterprise_id: int) -> Answer:
    """Show every figure of a record with its sources, the reasons kept, and the evidence."""
    enterprise = get_reviewable(enterprise_id)
    every, rows = queries.metrics(), queries.figures_of(enterprise)
    return render_template(
        "enterprises/figures_check.html",
        enterprise=enterprise,
        table=queries.table_of(every, rows),
        rows=words.side_by_side(rows),
        earlier=queries.ended_before(enterprise),
        conflicts=words.conflicts(rows, every),
        verdicts=[metric for metric in every.values() if metric.filled_by == FilledBy.OFFICER],
        evidence=evidence_by_purpose(enterprise),
        groups=evidence_words.grouped(evidence_of(enterprise), every),
        group_names=GROUP_NAMES,
        source_names=SOURCE_NAMES,
        name_of=actions.name_of,
        period_of=period_of,
        words=words,
        evidence_words=evidence_words,
    )


@blueprint.get("/<int:enterprise_id>/figures/<period>/<metric>")
@officer(Right.REVIEW_ENTERPRISES)
def figure(enterprise_id: int, period: str, metric: str) -> Answer:
    """Show one figure with everything said of it and the form to check it."""
    enterprise = get_reviewable(enterprise_id)
    year, found = get_metric(period, metric)
    return shown_figure(enterprise, year, found, opened_form(enterprise, year, found))


@blueprint.post("/<int:enterprise_id>/figures/<period>/<metric>/check")
@takes_files(files.LARGEST_EVIDENCE)
@officer(Right.REVIEW_ENTERPRISES)
def check_figure(enterprise_id: int, period: str, metric: str) -> Answer:
    """State a checked or official figure, with the file it was checked against if there is one."""
    enterprise = get_reviewable(enterprise_id)
    year, found = get_metric(period, metric)
    form = opened_form(enterprise, year, found)
    if not form.validate():
        return shown_figure(enterprise, year, found, form, 422)
    try:
        state(enterprise, year, found, form)
    except Refused as refusal:
        return refused_figure(get_reviewable(enterprise_id), year, found, form, refusal)
    flash(_("%(name)s is recorded", name=words.title(found, year)), "good")
    return redirect(url_for("enterprises_bureau.figures", enterprise_id=enterprise_id), 303)


def state(enterprise: Enterprise, year: int | None, metric: Metric, form: CheckForm) -> None:
    """Hand the form's word on a figure, and its file, to one action."""
    value, upload = parse(metric, form["value"].data or ""), form.proof.data
    said = figure_checking.Said(value, Source(form.source.data), form.as_of.data, form.note.data)
    with ExitStack() as stack:
        received = None
        if upload is not None:
            folder = current_app.config["FILES"]
            context = files.receiving(folder, upload.stream, upload.filename, field="proof")
            received = stack.enter_context(context)
        version = form.version.data
        figure_checking.check_figure(
            person(), enterprise, (metric.code, year), said, version, received
        )


def opened_form(enterprise: Enterprise, year: int | None, metric: Metric) -> CheckForm:
    """Return the form, filled in with what is said so far; the strongest source first."""
    rows = [row for row in queries.figures_of(enterprise, [year]) if row.metric == metric.code]
    best = queries.standing(rows).get((metric.code, year))
    source = Source.CHECKED if best is None else best.source
    known = source if source in (Source.CHECKED, Source.OFFICIAL) else Source.CHECKED
    version = queries.figures_version(enterprise, year)
    day = date(year, 12, 31) if year else clock.today()
    return check_form(metric, best, version=version, source=known, as_of=day)


def refused_figure(
    enterprise: Enterprise, year: int | None, metric: Metric, form: CheckForm, refusal: Refused
) -> Answer:
    """Return the form with the refusal at its field."""
    if isinstance(refusal, actions.FiguresRefused):
        refusal = Refused(refusal.message, "value")
    form.refuse(refusal)
    if isinstance(refusal, ChangedSinceOpened):
        form.version.raw_data = None
        form.version.data = queries.figures_version(enterprise, year)
    return shown_figure(enterprise, year, metric, form, 422)


def shown_figure(
    enterprise: Enterprise, year: int | None, metric: Metric, form: CheckForm, status: int = 200
) -> Answer:
    """Return the page of one figure with its whole history."""
    purpose = actions.name_of(metric.code, year)
    page = render_template(
        "enterprises/figure_check.html",
        enterprise=enterprise,
        metric=metric,
        year=year,
        period=period_of(year),
        form=form,
        history=queries.history_of(enterprise, metric.code, year),
        proofs_of=evidence_by_purpose(enterprise).get(purpose, []),
        source_names=SOURCE_NAMES,
        words=words,
        evidence_words=evidence_words,
    )
    return page, status


def get_metric(period: str, code: str) -> tuple[int | None, Metric]:
    """Return the year and metric of an address; raises NotFound for what is never stated so."""
    year, found = get_year(period), queries.metrics().get(code)
    if found is None or (year is None) != (found.years == 0):
        raise NotFound
    return year, found

"""Officers' pages: what would become of the registry if a version of the rules held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.classification.actions import trials as actions
from portal.classification.bureau_views.titles import Answer, blueprint
from portal.classification.bureau_views.versions import compared_with
from portal.classification.forms.versions import TrialForm
from portal.classification.models.trials import RuleTrial
from portal.classification.models.versions import RuleVersion
from portal.classification.permits import check_reads_trials, check_rule_officer
from portal.classification.queries import trials as queries
from portal.classification.queries.version_pages import get_version_page, others_of_series
from portal.classification.terms.trials import (
    OUTCOME_NAMES,
    TRIAL_STATE_NAMES,
    VERDICT_NAMES,
    Outcome,
    TrialState,
)
from portal.classification.terms.versions import VersionState
from portal.classification.words.values import name_of
from portal.errors import Refused
from portal.web.csv import csv_response
from portal.web.filters import in_language, plain_number
from portal.web.pagination import asked_page, page_of

REFRESH = 5  # seconds
ON_A_PAGE = 50


@blueprint.route("/rules/<rule_slug>/try", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def try_version(rule_slug: str) -> Answer:
    """Choose what a version is compared with, and have it tried on the registry."""
    row = get_version_page(rule_slug).row
    check_rule_officer(person(), row.title_kind)
    others = others_of_series(row)
    form = offered(row, others)
    if not form.is_submitted():
        return shown_form(form, row)
    if not form.validate():
        return shown_form(form, row, 422)
    against = next(one for one in others if one.slug == form.against.data)
    try:
        trial = actions.start_trial(person(), row, against, form.on_day.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_form(form, get_version_page(rule_slug).row, 422)
    return redirect(url_for("classification_bureau.trial", trial_id=trial.id), 303)


def offered(row: RuleVersion, others: list[RuleVersion]) -> TrialForm:
    """Return the form with the versions one may compare with."""
    base = compared_with(row, others, request.args.get("with", ""))
    start = {"against": base.slug if base else "", "on_day": clock.today()}
    form = TrialForm(data=start)
    form.against.offer(
        [(one.slug, one.slug) for one in others if one.state == VersionState.IN_FORCE]
    )
    return form


def shown_form(form: TrialForm, row: RuleVersion, status: int = 200) -> Answer:
    """Return the page on which a trial begins."""
    return render_template("classification/try_version.html", form=form, row=row), status


@blueprint.get("/rules/trials/<int:trial_id>")
@officer(Right.RECOGNISE, Right.AUDIT)
def trial(trial_id: int) -> Response:
    """Show how far a trial is, and who would stand otherwise."""
    found = get_readable(trial_id)
    outcome = asked_outcome()
    counts = queries.counts_by_outcome(found.id)
    page = page_of(
        counts.get(outcome, 0) if outcome else sum(counts.values()), asked_page(), ON_A_PAGE
    )
    answer = make_response(
        render_template(
            "classification/trial.html",
            trial=found,
            outcome=outcome,
            counts=counts,
            page=page,
            rows=queries.page_of_rows(found.id, outcome, page.offset, page.size),
            running=found.state == TrialState.RUNNING,
            outcome_names=OUTCOME_NAMES,
            state_names=TRIAL_STATE_NAMES,
            verdict_names=VERDICT_NAMES,
            points=points_words,
            name_of=name_of,
            stays=stays(found),
            kept_until=kept_until(found),
        )
    )
    if found.state == TrialState.RUNNING:
        answer.headers["Refresh"] = str(REFRESH)
    return answer


def get_readable(trial_id: int) -> RuleTrial:
    """Return a trial the officer may read; raises NotFound, NotAllowed."""
    found = queries.get_trial(trial_id)
    check_reads_trials(person(), found.rule_version.title_kind)
    return found


def asked_outcome() -> str:
    """Return the outcome asked for, nothing when it is none of the known."""
    value = request.args.get("outcome", "")
    return value if value in set(Outcome) else ""


def kept_until(found: RuleTrial) -> datetime | None:
    """Return until when a finished trial is kept, None while it runs."""
    days = timedelta(days=current_app.config["RULE_TRIAL_DAYS"])
    return found.done_at + days if found.done_at else None


def stays(found: RuleTrial) -> list[tuple[str, int]]:
    """Return how many enterprises would stand as they do now, by verdict."""
    return [(name, found.counts.get(f"{name} {name}", 0)) for name in VERDICT_NAMES]


def points_words(low: float | None, high: float | None) -> str:
    """Return points, or their range, nothing where a version gives none."""
    if low is None or high is None:
        return ""
    ends = plain_number(low), plain_number(high)
    return ends[0] if low == high else f"{ends[0]}–{ends[1]}"


@blueprint.get("/rules/trials/<int:trial_id>.csv")
@officer(Right.RECOGNISE, Right.AUDIT)
def trial_csv(trial_id: int) -> Response:
    """Download who would stand otherwise, streamed."""
    found = get_readable(trial_id)
    outcome = asked_outcome()
    header = [
        _("Enterprise"),
        _("Credit code"),
        _("District or county"),
        _("What would change"),
        found.against.slug,
        found.rule_version.slug,
        _("Points by %(slug)s", slug=found.against.slug),
        _("Points by %(slug)s", slug=found.rule_version.slug),
        _("Criteria that decide it"),
        _("Sample"),
    ]
    return csv_response(f"trial-{trial_id}.csv", header, lines(trial_id, outcome))


def lines(trial_id: int, outcome: str) -> Iterator[list[Any]]:
    """Yield the lines of the download."""
    for row, name, uscc, is_sample, district in queries.every_row(trial_id, outcome):
        yield [
            name or _("No longer on record"),
            uscc or "",
            in_language(district) if district else "",
            str(OUTCOME_NAMES[Outcome(row.outcome)]),
            str(VERDICT_NAMES[row.before]),
            str(VERDICT_NAMES[row.after]),
            points_words(row.low_before, row.high_before),
            points_words(row.low_after, row.high_after),
            _("; ").join(name_of(reason) for reason in row.reasons),
            _("Sample") if is_sample else "",
        ]

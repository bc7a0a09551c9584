"""An application as officers review it: decide, score, declare a conflict of interest."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.audit import trail_of
from portal.casework.clocks import correction_due, due_after
from portal.casework.opinions import REPLY_NAMES
from portal.casework.queries import decisions_of, last_case
from portal.casework.score_forms import ConflictForm, score_form
from portal.casework.scoring import summary
from portal.casework.standing import standing_of
from portal.casework.terms import Matter
from portal.enterprises.terms.standing import OUTCOME_NAMES
from portal.errors import PortalError
from portal.recognition import permits, words
from portal.recognition.actions import reviews as actions
from portal.recognition.actions import scores as score_actions
from portal.recognition.bureau_views.frame import Answer, blueprint, get_seen, reader, recogniser
from portal.recognition.forms.reviews import DecisionForm
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries import reviews as queries
from portal.recognition.queries.applications import documents_in
from portal.recognition.queries.calls import departments_by_slug
from portal.recognition.queries.notices import objections_to
from portal.recognition.queries.reversals import reversals_of
from portal.recognition.queries.scores import counted_scores
from portal.recognition.rules.reversals import BECOMES
from portal.recognition.terms.acts import APPLICATION_ACTS
from portal.recognition.terms.applications import (
    APP_STATE_NAMES,
    REVIEWED,
    AppState,
    Step,
)
from portal.taxonomy.queries import get_department
from portal.web.forms import Form, VersionedForm, attempt
from portal.web.redirects import done

NAMES = {
    "state": APP_STATE_NAMES,
    "act": APPLICATION_ACTS,
    "reply": REPLY_NAMES,
    "outcome": OUTCOME_NAMES,
}
ANSWER_DAYS = 10  # working days proposed for the bodies asked


@blueprint.get("/applications/<int:application_id>")
@reader
def application(application_id: int) -> Answer:
    """Show an application with all that speaks for and against it."""
    return shown(get_seen(application_id))


def shown(found: RecognitionApplication, sent: Form | None = None) -> Answer:
    """Return the page of an application; with a form that came back its message and 422."""
    case = last_case(Matter.RECOGNITION, RecognitionApplication.__tablename__, found.id)
    assert case is not None
    standing = standing_of(person(), case)
    may_score = found.state in REVIEWED and not scoring_refusal(found)
    counted = counted_scores(found.id)
    page = render_template(
        "recognition/review.html",
        application=found,
        call=found.call,
        case=case,
        standing=standing,
        documents=documents_in(found),
        decisions=decisions_of(case),
        scores=queries.scores_of(found.id),
        conflicts=queries.conflicts_of(found.id),
        consultations=queries.consultations_of(found.id),
        summary=summary(found.call.sheet, [score.answers for score in counted]),
        counted=len(counted),
        events=trail_of(RecognitionApplication.__tablename__, found.id),
        decision_form=sent if isinstance(sent, DecisionForm) else decision_form(found),
        score_form=sent if may_score and is_score(sent) else score_page_form(found),
        conflict_form=sent if isinstance(sent, ConflictForm) else ConflictForm(formdata=None),
        form=sent or Form(),
        may_score=may_score,
        steps=found.steps,
        names=NAMES,
        own_conflict=queries.has_conflict(found.id, person().id),
        objections=objections_to(found.id),
        **further(found),
        words=words,
    )
    return page, 422 if sent else 200


def further(found: RecognitionApplication) -> dict[str, Any]:
    """Return the reversals proposed, and what else the officer may do from here."""
    asked, leads = reversals_of(found.id), permits.leads(person(), found.call.kind)
    on_notice = found.state in (AppState.NOTICED, AppState.CONTESTED)
    return {
        "reversals": asked,
        "may_reverse": leads and found.state in BECOMES and not any(one.is_open for one in asked),
        "may_record_objection": leads and on_notice,
    }


def is_score(sent: Form | None) -> bool:
    """Say whether a form that came back is the sheet."""
    return sent is not None and type(sent).__name__ == "ScoreForm"


def scoring_refusal(found: RecognitionApplication) -> str:
    """Return why the officer may not score, or ''."""
    try:
        score_actions.check_scorer(person(), found)
    except PortalError as refusal:
        return refusal.message
    return ""


def decision_form(found: RecognitionApplication, **how: Any) -> DecisionForm:
    """Return the form of a decision with what the state offers; days are proposed."""
    values: dict[str, Any] = {
        "version": found.version,
        "seen": str(queries.last_event()),
        "correct_by": correction_due(Matter.RECOGNITION),
        "due_on": due_after(ANSWER_DAYS).on,
        "bodies": list(found.call.bodies),
    }
    form = DecisionForm(**(how or {"formdata": None, "data": values}))
    form.offer(found.steps, departments_by_slug(found.call.bodies))
    return form


def score_page_form(found: RecognitionApplication) -> VersionedForm:
    """Return the sheet with what the officer gave before."""
    given = queries.find_score(found.id, person().id)
    values = {"version": found.version, **(given.answers if given else {})}
    values["remarks"] = given.opinion if given else ""
    return score_form(found.call.sheet)(formdata=None, data=values)


def review_url(application_id: int) -> str:
    """Return the address of an application's page."""
    return url_for("recognition_bureau.application", application_id=application_id)


@blueprint.post("/applications/<int:application_id>/decide")
@recogniser
def decide_application(application_id: int) -> Answer:
    """Do what the officer decided."""
    found = get_seen(application_id)
    form = decision_form(found, formdata=request.form)
    if not attempt(form, lambda: actions.decide(person(), found, said_in(form))):
        again = get_seen(application_id)
        form.offer_again(again.steps)
        return shown(again, form)
    return done(review_url(application_id), _("Decided"))


def said_in(form: DecisionForm) -> actions.Said:
    """Return what the form says."""
    bodies = form.bodies.data or [] if "bodies" in form else []
    return actions.Said(
        step=Step(form.decision.data),
        version=form.version.data,
        seen=form.seen_line,
        opinion=form.opinion.data or "",
        correct_by=form.correct_by.data,
        bodies=[get_department(slug) for slug in bodies],
        due_on=form.due_on.data if "due_on" in form else None,
    )


@blueprint.post("/applications/<int:application_id>/score")
@recogniser
def score_application(application_id: int) -> Answer:
    """Keep what the officer gives on the sheet."""
    found = get_seen(application_id)
    score_actions.check_scorer(person(), found)
    form = score_form(found.call.sheet)()
    answers = {line["id"]: form[line["id"]].data for line in found.call.sheet}
    act = partial(score_actions.score, person(), found)
    opinion = form["remarks"].data or ""
    if not attempt(form, lambda: act(form.version.data, answers, opinion)):
        return shown(get_seen(application_id), form)
    return done(review_url(application_id), _("Your score is kept"))


@blueprint.post("/applications/<int:application_id>/conflict")
@recogniser
def declare_conflict(application_id: int) -> Answer:
    """Declare a conflict of interest."""
    found, form = get_seen(application_id), ConflictForm()
    if not attempt(
        form, lambda: score_actions.declare_conflict(person(), found, form.conflict.data or "")
    ):
        return shown(get_seen(application_id), form)
    return done(review_url(application_id), _("Declared: another officer decides"))

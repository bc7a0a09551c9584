"""Reversing a decision: proposing it, and deciding on the proposal."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.casework.queries import last_case
from portal.casework.standing import standing_of
from portal.casework.terms import Matter
from portal.enterprises.terms.standing import OUTCOME_NAMES
from portal.errors import Refused
from portal.recognition import permits, words
from portal.recognition.actions import reversals as actions
from portal.recognition.bureau_views.frame import Answer, blueprint, get_seen, reader, recogniser
from portal.recognition.bureau_views.reviews import review_url
from portal.recognition.forms.reversals import AskForm, ConsentForm
from portal.recognition.models import RecognitionReversal
from portal.recognition.queries import reversals as queries
from portal.recognition.rules.reversals import BECOMES
from portal.recognition.terms.applications import APP_STATE_NAMES
from portal.web.forms import attempt
from portal.web.redirects import done


@blueprint.route("/applications/<int:application_id>/reverse", methods=["GET", "POST"])
@recogniser
def ask_reversal(application_id: int) -> Answer:
    """Propose to reverse the decision on an application."""
    found = get_seen(application_id)
    permits.check_lead(person(), found.call.kind)
    form = AskForm(data={"version": found.version})
    made: list[RecognitionReversal] = []

    def ask() -> None:
        made.append(actions.propose(person(), found, form.version.data, form.ground.data or ""))

    if form.is_submitted() and attempt(form, ask):
        said = _("A second officer is asked, and the enterprise is told")
        return done(reversal_url(made[0].id), said)
    page = render_template(
        "recognition/ask_reversal.html",
        application=get_seen(application_id),
        form=form,
        becomes=BECOMES,
        state_names=APP_STATE_NAMES,
        words=words,
    )
    return page, 422 if form.is_submitted() else 200


def reversal_url(reversal_id: int) -> str:
    """Return the address of a proposal."""
    return url_for("recognition_bureau.reversal", reversal_id=reversal_id)


def get_reversal(reversal_id: int) -> RecognitionReversal:
    """Return a proposal the officer may see; raises NotFound, NotAllowed."""
    found = queries.get_reversal(reversal_id)
    permits.check_may_see(person(), found.application)
    return found


@blueprint.get("/reversals/<int:reversal_id>")
@reader
def reversal(reversal_id: int) -> Answer:
    """Show what is proposed and, while it waits, the second officer's form."""
    return shown(get_reversal(reversal_id))


def shown(found: RecognitionReversal, sent: ConsentForm | None = None) -> Answer:
    """Return the page of a proposal; with a form that came back its message and 422."""
    case = last_case(Matter.REVERSAL, RecognitionReversal.__tablename__, found.id)
    assert case is not None
    page = render_template(
        "recognition/reversal.html",
        asked=found,
        application=found.application,
        form=sent or ConsentForm(formdata=None, data={"version": found.version}),
        case=case,
        standing=standing_of(person(), case),
        own=found.asked_by_id == person().id,
        becomes=BECOMES,
        outcome_names=OUTCOME_NAMES,
        state_names=APP_STATE_NAMES,
        words=words,
    )
    return page, 422 if sent else 200


@blueprint.post("/reversals/<int:reversal_id>/decide")
@recogniser
def decide_reversal(reversal_id: int) -> Answer:
    """Consent or decline as the second officer."""
    found, form = get_reversal(reversal_id), ConsentForm()

    def decide() -> None:
        if form.is_consent:
            actions.consent(person(), found, form.version.data)
        else:
            actions.decline(person(), found, form.version.data, form.opinion.data or "")

    if not attempt(form, decide):
        return shown(get_reversal(reversal_id), form)
    return done(review_url(found.application_id), _("Decided; the enterprise is told"))


@blueprint.post("/reversals/<int:reversal_id>/withdraw")
@recogniser
def withdraw_reversal(reversal_id: int) -> Answer:
    """Take one's own proposal back."""
    found = get_reversal(reversal_id)
    try:
        actions.withdraw(person(), found)
    except Refused as refusal:
        flash(refusal.message, "bad")
        return redirect(reversal_url(reversal_id), 303)
    return done(reversal_url(reversal_id), _("The request is taken back"))

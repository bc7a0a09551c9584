"""Notices and what follows them: publishing, objections, the decision."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import person
from portal.casework.queries import last_case
from portal.casework.standing import standing_of
from portal.casework.terms import Matter
from portal.errors import Refused
from portal.recognition import permits, words
from portal.recognition.actions import decisions
from portal.recognition.actions import notices as actions
from portal.recognition.bureau_views.calls import get_led
from portal.recognition.bureau_views.frame import Answer, blueprint, get_seen, reader, recogniser
from portal.recognition.bureau_views.reviews import review_url
from portal.recognition.forms.notices import AfterNoticeForm, HandleForm, NoticeForm
from portal.recognition.models import RecognitionApplication, RecognitionObjection
from portal.recognition.queries import notices as queries
from portal.recognition.queries.reviews import last_event
from portal.recognition.terms.applications import APP_STATE_NAMES
from portal.recognition.terms.notices import RESULT_NAMES, ObjectionResult
from portal.web.forms import attempt
from portal.web.redirects import done


@blueprint.route("/calls/<int:call_id>/notice", methods=["GET", "POST"])
@recogniser
def new_notice(call_id: int) -> Answer:
    """Publish proposed enterprises for the days of the call."""
    call = get_led(call_id)
    waiting = {str(one.id): one for one in queries.proposed(call)}
    form = NoticeForm(data={"applications": list(waiting)})
    form.applications.offer([(key, one.enterprise.name) for key, one in waiting.items()])

    def publish() -> None:
        chosen = [waiting[key] for key in form.applications.data]
        actions.publish_notice(person(), call, chosen, form.document_no.data or "")

    if form.is_submitted() and attempt(form, publish):
        return done(url_for("recognition_bureau.call", call_id=call_id), _("The notice is public"))
    page = render_template(
        "recognition/new_notice.html", call=get_led(call_id), form=form, waiting=waiting
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/applications/<int:application_id>/decision", methods=["GET", "POST"])
@recogniser
def decision(application_id: int) -> Answer:
    """Decide on an application after its notice."""
    found = get_seen(application_id)
    permits.check_lead(person(), found.call.kind)
    fresh = {"version": found.version, "seen": str(last_event()), "decided_on": clock.today()}
    form = AfterNoticeForm(data=fresh)
    if form.is_submitted() and attempt(form, lambda: decide(found, form)):
        return done(review_url(application_id), _("Decided; the enterprise is told"))
    page = render_template(
        "recognition/decision.html",
        application=get_seen(application_id),
        notice=queries.last_notice_of(application_id),
        form=form,
        state_names=APP_STATE_NAMES,
        words=words,
    )
    return page, 422 if form.is_submitted() else 200


def decide(found: RecognitionApplication, form: AfterNoticeForm) -> None:
    """Do what the form says."""
    text = form.seen.data or ""
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
    if form.verdict.data == "refuse":
        decisions.refuse(person(), found, form.version.data, seen, form.ground.data or "")
        return
    day: date = form.decided_on.data or clock.today()
    said = decisions.Decided(form.document_no.data or "", day, form.version.data, seen)
    decisions.recognise(person(), found, said)


def get_objection(objection_id: int) -> RecognitionObjection:
    """Return an objection for officers of the lead department; raises NotFound, NotAllowed."""
    found = queries.get_objection(objection_id)
    permits.check_may_see(person(), found.application)
    return found


@blueprint.get("/objections/<int:objection_id>")
@reader
def objection(objection_id: int) -> Answer:
    """Show an objection without who raised it, and the form to decide on it."""
    found = get_objection(objection_id)
    return shown(found, HandleForm(formdata=None, data={"version": found.version}))


def shown(
    found: RecognitionObjection,
    form: HandleForm,
    status: int = 200,
    who: actions.Objector | None = None,
) -> Answer:
    """Return the page of an objection."""
    case = last_case(Matter.OBJECTION, RecognitionObjection.__tablename__, found.id)
    assert case is not None
    page = render_template(
        "recognition/objection.html",
        objection=found,
        application=found.application,
        proofs=files.files_of(queries.OBJECTION, [found.id]),
        form=form,
        case=case,
        standing=standing_of(person(), case),
        who=who,
        result_names=RESULT_NAMES,
        words=words,
    )
    return page, status


@blueprint.post("/objections/<int:objection_id>/reveal")
@recogniser
def reveal_objector(objection_id: int) -> Answer:
    """Show who raised the objection, once, and write down that it was shown."""
    found = get_objection(objection_id)
    form = HandleForm(formdata=None, data={"version": found.version})
    try:
        who = actions.reveal(person(), found)
    except Refused as refusal:
        flash(refusal.message, "bad")
        return shown(get_objection(objection_id), form)
    return shown(get_objection(objection_id), form, who=who)


@blueprint.post("/objections/<int:objection_id>/handle")
@recogniser
def handle_objection(objection_id: int) -> Answer:
    """Decide on an objection."""
    found, form = get_objection(objection_id), HandleForm()
    act = partial(actions.handle, person(), found)

    def handle() -> None:
        act(form.version.data, ObjectionResult(form.result.data), form.answer.data or "")

    if not attempt(form, handle):
        return shown(get_objection(objection_id), form, 422)
    return done(request.path.removesuffix("/handle"), _("Decided; who raised it is told"))

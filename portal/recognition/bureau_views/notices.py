"""Publishing a notice, and the decision after it."""

from __future__ import annotations

from datetime import date

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person
from portal.recognition import permits, words
from portal.recognition.actions import decisions
from portal.recognition.actions import notices as actions
from portal.recognition.bureau_views.calls import get_led
from portal.recognition.bureau_views.frame import Answer, blueprint, get_seen, recogniser
from portal.recognition.bureau_views.reviews import review_url
from portal.recognition.forms.notices import AfterNoticeForm, NoticeForm
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries import notices as queries
from portal.recognition.queries.reviews import last_event
from portal.recognition.terms.applications import APP_STATE_NAMES
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
        noticed=queries.last_noticed(application_id),
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

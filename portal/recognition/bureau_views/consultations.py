"""A body's opinion: answering for it, or recording its answer on paper."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.casework.bureau_views.replies import ReplyPages, recorded
from portal.casework.opinions import REPLY_NAMES, ReplyKind
from portal.casework.replies import Paper
from portal.recognition import permits, words
from portal.recognition.actions import consultations as actions
from portal.recognition.bureau_views.frame import Answer, blueprint, reader, recogniser
from portal.recognition.forms.reviews import PaperConsultationForm, ReplyForm
from portal.recognition.models import RecognitionConsultation, RecognitionReply
from portal.recognition.queries.applications import documents_in
from portal.recognition.queries.reviews import get_consultation, get_reply
from portal.recognition.readers import REPLY
from portal.recognition.terms.applications import APP_STATE_NAMES
from portal.web.forms import attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files


def get_asked(consultation_id: int) -> RecognitionConsultation:
    """Return an opinion the officer may see; raises NotFound, NotAllowed."""
    found = get_consultation(consultation_id)
    permits.check_may_see(person(), found.application)
    return found


@blueprint.get("/consultations/<int:consultation_id>")
@reader
def consultation(consultation_id: int) -> Answer:
    """Show what is asked and, to who may answer, the form."""
    return shown(get_asked(consultation_id))


def shown(found: RecognitionConsultation, sent: ReplyForm | None = None) -> Answer:
    """Return the page of an opinion; with a form that came back its message and 422."""
    page = render_template(
        "recognition/consultation.html",
        asked=found,
        application=found.application,
        documents=documents_in(found.application),
        scans=files.files_of(REPLY, [found.reply.id]) if found.reply else [],
        form=sent or ReplyForm(formdata=None),
        answers=has_right(person(), Right.RECOGNISE, department_id=found.department_id),
        leads=permits.leads(person(), found.application.call.kind),
        reply_names=REPLY_NAMES,
        state_names=APP_STATE_NAMES,
        words=words,
    )
    return page, 422 if sent else 200


@blueprint.post("/consultations/<int:consultation_id>/reply")
@recogniser
def reply_consultation(consultation_id: int) -> Answer:
    """Answer for the body."""
    found, form = get_asked(consultation_id), ReplyForm()
    actions.check_body(person(), found)
    if not attempt(form, lambda: actions.reply(person(), found, said_in(form))):
        return shown(get_asked(consultation_id), form)
    return done(consultation_url(found.id), _("The opinion is with the department in charge"))


def said_in(form: ReplyForm | PaperConsultationForm) -> actions.Said:
    """Return the answer a form holds."""
    return actions.Said(ReplyKind(form.reply.data), form.ground.data or "")


@blueprint.route("/consultations/<int:consultation_id>/record", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@recogniser
def record_reply(consultation_id: int) -> Answer:
    """Record the body's answer on paper."""
    found = get_asked(consultation_id)
    permits.check_lead(person(), found.application.call.kind)
    form = PaperConsultationForm()

    def record(paper: Paper) -> None:
        actions.record_reply(person(), found, said_in(form), paper)

    if recorded(form, record):
        return done(consultation_url(consultation_id), _("Recorded: a second officer confirms it"))
    page = render_template(
        "recognition/record_reply.html", asked=get_asked(consultation_id), form=form
    )
    return page, 422 if form.is_submitted() else 200


def get_recorded(reply_id: int) -> RecognitionReply:
    """Return a reply this officer may confirm or reject; raises NotFound, NotAllowed."""
    found = get_reply(reply_id)
    permits.check_lead(person(), found.consultation.application.call.kind)
    return found


def names(found: RecognitionReply) -> dict[str, Any]:
    """Return what the page of a second officer names."""
    return {"asked": found.consultation, "application": found.consultation.application}


PAGES = ReplyPages(
    get_recorded,
    "recognition/confirming_reply.html",
    names,
    lambda found: consultation_url(found.consultation_id),
)


@blueprint.get("/replies/<int:reply_id>")
@recogniser
def confirming_reply(reply_id: int) -> Answer:
    """Show what was recorded of a reply on paper, to be compared with it."""
    return PAGES.shown(get_recorded(reply_id))


@blueprint.post("/replies/<int:reply_id>/confirm")
@recogniser
def confirm_reply(reply_id: int) -> Answer:
    """Confirm a recorded reply."""
    return PAGES.confirm(reply_id)


@blueprint.post("/replies/<int:reply_id>/reject")
@recogniser
def reject_reply(reply_id: int) -> Answer:
    """Void a recorded reply that does not agree."""
    return PAGES.reject(reply_id)


def consultation_url(consultation_id: int) -> str:
    """Return the address of an opinion's page."""
    return url_for("recognition_bureau.consultation", consultation_id=consultation_id)

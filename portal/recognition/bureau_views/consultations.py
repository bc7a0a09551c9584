"""A body's opinion: answering for it, or recording its answer on paper."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.casework.opinion_forms import PaperReplyForm, ReplyForm
from portal.casework.opinions import REPLY_NAMES, ReplyKind
from portal.files import Received
from portal.recognition import permits, words
from portal.recognition.actions import consultations as actions
from portal.recognition.bureau_views.frame import Answer, blueprint, reader, recogniser
from portal.recognition.models import RecognitionConsultation
from portal.recognition.queries.applications import documents_in
from portal.recognition.queries.reviews import get_consultation
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
        scans=files.files_of(REPLY, [found.id]),
        form=sent or ReplyForm(formdata=None, data={"version": found.version}),
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

    def reply() -> None:
        kind = ReplyKind(form.reply.data)
        actions.reply(person(), found, form.version.data, kind, form.ground.data or "")

    if not attempt(form, reply):
        return shown(get_asked(consultation_id), form)
    return done(consultation_url(found.id), _("The opinion is with the department in charge"))


@blueprint.route("/consultations/<int:consultation_id>/record", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@recogniser
def record_reply(consultation_id: int) -> Answer:
    """Record the body's answer on paper."""
    found = get_asked(consultation_id)
    permits.check_lead(person(), found.application.call.kind)
    form = PaperReplyForm(data={"version": found.version})
    if form.is_submitted() and attempt(form, lambda: record(found, form)):
        return done(consultation_url(consultation_id), _("The reply is on record"))
    page = render_template(
        "recognition/record_reply.html", asked=get_asked(consultation_id), form=form
    )
    return page, 422 if form.is_submitted() else 200


def record(found: RecognitionConsultation, form: PaperReplyForm) -> None:
    """Record what the form says, with its scan."""
    with receiving(form) as scan:
        paper = actions.Paper(form.replied_on.data, form.reference.data or "", scan)
        kind, ground = ReplyKind(form.reply.data), form.ground.data or ""
        actions.record_reply(person(), found, form.version.data, kind, ground, paper)


def receiving(form: PaperReplyForm) -> AbstractContextManager[Received]:
    """Return the context in which the scan may be kept."""
    upload = form.scan.data
    folder = current_app.config["FILES"]
    return files.receiving(folder, upload.stream, upload.filename, field="scan")


def consultation_url(consultation_id: int) -> str:
    """Return the address of an opinion's page."""
    return url_for("recognition_bureau.consultation", consultation_id=consultation_id)

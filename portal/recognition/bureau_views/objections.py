"""Objections: recording one that came in on paper, having it shown who objects, deciding."""

from __future__ import annotations

from functools import partial

from flask import current_app, flash, render_template, request
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import person
from portal.casework.objection_forms import PaperObjectionForm
from portal.casework.objectors import Objector, Paper
from portal.casework.queries import last_case
from portal.casework.standing import standing_of
from portal.casework.terms import Matter
from portal.errors import NotFound, Refused
from portal.recognition import permits, words
from portal.recognition.actions import objections as actions
from portal.recognition.bureau_views.frame import Answer, blueprint, get_seen, reader, recogniser
from portal.recognition.bureau_views.reviews import review_url
from portal.recognition.forms.notices import HandleForm
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionNotice,
    RecognitionObjection,
)
from portal.recognition.queries import notices as queries
from portal.recognition.readers import may_read_proof
from portal.recognition.terms.notices import RESULT_NAMES, ObjectionResult
from portal.web.forms import attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files


@blueprint.route("/applications/<int:application_id>/objection", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@recogniser
def record_objection(application_id: int) -> Answer:
    """Record an objection that came in on paper."""
    found = get_seen(application_id)
    permits.check_lead(person(), found.call.kind)
    notice = get_last_notice(application_id)
    form = PaperObjectionForm(data={"received_on": clock.today()})
    if form.is_submitted() and attempt(form, lambda: record(found, notice, form)):
        return done(
            review_url(application_id), _("The objection is on record; another examines it")
        )
    page = render_template(
        "recognition/record_objection.html",
        application=get_seen(application_id),
        notice=get_last_notice(application_id),
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def get_last_notice(application_id: int) -> RecognitionNotice:
    """Return the notice an application stands on last; raises NotFound."""
    notice = queries.last_notice_of(application_id)
    if notice is None:
        raise NotFound
    return notice


def record(
    found: RecognitionApplication, notice: RecognitionNotice, form: PaperObjectionForm
) -> None:
    """Record what the form says, with its scan."""
    upload, folder = form.proof.data, current_app.config["FILES"]
    who = Objector(form.name.data or "", form.contact.data or "")
    with files.receiving(folder, upload.stream, upload.filename, field="proof") as scan:
        paper = Paper(form.received_on.data, scan)
        actions.record_objection(person(), notice, found, who, form.statement.data or "", paper)


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
    who: Objector | None = None,
) -> Answer:
    """Return the page of an objection."""
    case = last_case(Matter.OBJECTION, RecognitionObjection.__tablename__, found.id)
    assert case is not None
    kept = files.files_of(queries.OBJECTION, [found.id])
    open_to = [file for file in kept if may_read_proof(person(), file)]
    page = render_template(
        "recognition/objection.html",
        objection=found,
        application=found.application,
        proofs=open_to,
        is_sealed=len(open_to) < len(kept),
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

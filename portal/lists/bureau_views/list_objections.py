"""Objections to a list on notice: recording one on paper, showing who objects, deciding."""

from __future__ import annotations

from flask import current_app, flash, render_template, url_for
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import person
from portal.casework.objectors import Objector, Paper
from portal.casework.queries import last_case
from portal.casework.standing import standing_of
from portal.casework.terms import Matter
from portal.errors import Refused
from portal.lists.actions import objections as actions
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.bureau_views.notices import room_url
from portal.lists.forms.steps import HandleForm, LetterForm
from portal.lists.models import NoticeObjection, ReleaseNotice
from portal.lists.permits import check_handler, check_overseer
from portal.lists.queries import notices as queries
from portal.lists.readers import may_read_proof
from portal.lists.terms.steps import RESULT_NAMES, ObjectionResult
from portal.web.forms import attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files


@blueprint.route("/notices/<int:notice_id>/objection", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@curator
def record_objection(notice_id: int) -> Answer:
    """Record an objection that came in on paper."""
    found = queries.get_notice(notice_id)
    check_handler(person(), found)
    form = LetterForm(data={"received_on": clock.today()})
    entries = queries.noticed_entries(found)
    whole = [("", _("The whole list"))]
    form.entry.offer(whole + [(str(number), entry["title_zh"]) for number, entry in entries])
    if form.is_submitted() and attempt(form, lambda: record(found, form)):
        said = _("The objection is on record; another examines it")
        return done(room_url(found.release_id), said)
    found = queries.get_notice(notice_id)
    page = render_template(
        "lists/record_objection.html",
        notice=found,
        release=found.release,
        edition=found.release.edition,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def record(found: ReleaseNotice, form: LetterForm) -> None:
    """Record what the form says, with its scan."""
    upload, folder = form.proof.data, current_app.config["FILES"]
    who = Objector(form.name.data or "", form.contact.data or "", form.organisation.data or "")
    entry = queries.get_noticed(found, int(form.entry.data)) if form.entry.data else None
    with files.receiving(folder, upload.stream, upload.filename, field="proof") as scan:
        paper = Paper(form.received_on.data, scan)
        statement = form.statement.data or ""
        actions.record_objection(person(), found, entry, who, statement, paper)


def get_objection(objection_id: int) -> NoticeObjection:
    """Return an objection for who follows the edition; raises NotFound, NotAllowed."""
    found = queries.get_objection(objection_id)
    check_overseer(person(), found.notice.release.edition)
    return found


@blueprint.get("/objections/<int:objection_id>")
@reader
def objection(objection_id: int) -> Answer:
    """Show an objection without who raised it, and the form to decide on it."""
    found = get_objection(objection_id)
    return shown(found, HandleForm(formdata=None, data={"version": found.version}))


def shown(
    found: NoticeObjection, form: HandleForm, status: int = 200, who: Objector | None = None
) -> Answer:
    """Return the page of an objection."""
    form.offer(found.entry is not None)
    case = last_case(Matter.LIST_OBJECTION, NoticeObjection.__tablename__, found.id)
    assert case is not None
    kept = files.files_of(queries.OBJECTION, [found.id])
    open_to = [file for file in kept if may_read_proof(person(), file)]
    page = render_template(
        "lists/objection.html",
        objection=found,
        name=queries.named(found),
        release=found.notice.release,
        edition=found.notice.release.edition,
        proofs=open_to,
        is_sealed=len(open_to) < len(kept),
        form=form,
        standing=standing_of(person(), case),
        who=who,
        result_names=RESULT_NAMES,
    )
    return page, status


@blueprint.post("/objections/<int:objection_id>/reveal")
@curator
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
@curator
def handle_objection(objection_id: int) -> Answer:
    """Decide on an objection."""
    found, form = get_objection(objection_id), HandleForm()
    form.offer(found.entry is not None)

    def handle() -> None:
        result, answer = ObjectionResult(form.result.data), form.answer.data or ""
        actions.handle(person(), found, form.version.data, result, answer)

    if not attempt(form, handle):
        return shown(get_objection(objection_id), form, 422)
    url = url_for("lists_bureau.objection", objection_id=objection_id)
    return done(url, _("Decided; who raised it is told"))

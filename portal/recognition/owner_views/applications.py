"""A member's applications: the open calls, beginning, filling in, submitting, withdrawing."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock, files
from portal.accounts.access import person, signed_in
from portal.classification.queries.certificates import certificates_of
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import memberships_of
from portal.enterprises.rules.roles import Doing, may
from portal.errors import NotAllowed, NotFound, Refused
from portal.files import Received
from portal.recognition import permits, words
from portal.recognition.actions import applications as actions
from portal.recognition.forms.applications import (
    DocumentForm,
    RemoveForm,
    StartForm,
    StatementForm,
    SubmitForm,
    WithdrawForm,
)
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.owner_views.frame import Answer, blueprint, get_editable, get_own
from portal.recognition.queries import applications as queries
from portal.recognition.queries import calls as call_queries
from portal.recognition.queries.renewals import renewals_of
from portal.recognition.terms.applications import APP_STATE_NAMES
from portal.web.filters import in_language
from portal.web.forms import Form
from portal.web.uploads import takes_files


@blueprint.get("")
@signed_in
def applications() -> Answer:
    """List a member's applications and the calls that are open."""
    own = {one.enterprise_id: one.enterprise for one in memberships_of(person())}
    return render_template(
        "recognition/applications.html",
        applications=queries.applications_of(own) if own else [],
        renewals=renewals_of(own.values()),
        calls=call_queries.open_calls(clock.today()),
        state_names=APP_STATE_NAMES,
        words=words,
    )


def applicants() -> list[Enterprise]:
    """Return the enterprises the person may apply for."""
    return [
        membership.enterprise
        for membership in memberships_of(person())
        if may(membership.role, Doing.SUBMIT)
    ]


@blueprint.route("/calls/<int:call_id>/apply", methods=["GET", "POST"])
@signed_in
def apply(call_id: int) -> Answer:
    """Choose the enterprise that applies, then begin its draft."""
    call = call_queries.get_call(call_id)
    own = applicants()
    if not own:
        raise NotAllowed(_("Only owners and editors of an enterprise may apply for it"))
    form, status = StartForm(), 200
    form.enterprise.offer(
        [("", _("Choose")), *((str(one.id), one.name or one.uscc) for one in own)]
    )
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                chosen = next(one for one in own if str(one.id) == form.enterprise.data)
                begun = actions.start(person(), call, chosen)
                return to_application(begun.id)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "recognition/apply.html", call=call_queries.get_call(call_id), form=form, words=words
    )
    return page, status


def to_application(application_id: int) -> Response:
    """Lead to an application's page."""
    address = url_for("recognition_owner.application", application_id=application_id)
    return redirect(address, 303)


@blueprint.get("/applications/<int:application_id>")
@signed_in
def application(application_id: int) -> Answer:
    """Show an application: what is to be done, or where it stands."""
    return shown(get_own(application_id))


def shown(found: RecognitionApplication, sent: Form | None = None, status: int = 200) -> Answer:
    """Return the page of an application; `sent` is the form that came back with a message."""
    statement = StatementForm(
        formdata=None, data={"version": found.version, "statement": found.statement}
    )
    upload, submission = DocumentForm(formdata=None), submit_form(found)
    if isinstance(sent, StatementForm):
        statement = sent
    elif isinstance(sent, DocumentForm):
        upload = sent
    elif isinstance(sent, SubmitForm):
        submission = sent
    offer_documents(upload, found.call)
    page = render_template(
        "recognition/application.html",
        application=found,
        call=found.call,
        certificates=certificates_of(found.title) if found.title else (),
        documents=queries.documents_in(found),
        statement=statement,
        upload=upload,
        submission=submission,
        form=sent or statement,
        state_names=APP_STATE_NAMES,
        may_edit=found.is_editable and permits.may_apply_for(person(), found.enterprise),
        may_withdraw=words.is_open(found) and permits.may_apply_for(person(), found.enterprise),
        words=words,
    )
    return page, status


def submit_form(found: RecognitionApplication) -> SubmitForm:
    """Return an empty form for handing in."""
    return SubmitForm(formdata=None, data={"version": found.version})


def offer_documents(form: DocumentForm, call: RecognitionCall) -> None:
    """Offer the documents of the call."""
    form.document.offer(
        [("", _("Choose")), *((one["slug"], in_language(one)) for one in call.documents)]
    )


@blueprint.post("/applications/<int:application_id>/save")
@signed_in
def save_application(application_id: int) -> Answer:
    """Keep the statement."""
    found, form = get_editable(application_id), StatementForm()
    try:
        if form.validate():
            actions.save(person(), found, form.version.data, form.statement.data or "")
            flash(_("Saved"), "good")
            return to_application(application_id)
    except Refused as refusal:
        form.refuse(refusal)
    return shown(get_own(application_id), form, 422)


@blueprint.post("/applications/<int:application_id>/documents/add")
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def add_document(application_id: int) -> Answer:
    """Keep a document."""
    found, form = get_editable(application_id), DocumentForm()
    offer_documents(form, found.call)
    try:
        if form.validate():
            with receiving(form) as received:
                actions.add_document(person(), found, form.document.data, received)
            flash(_("The file is kept"), "good")
            return to_application(application_id)
    except Refused as refusal:
        form.refuse(refusal)
    return shown(get_own(application_id), form, 422)


def receiving(form: DocumentForm) -> AbstractContextManager[Received]:
    """Return the context in which the uploaded file may be kept."""
    upload = form.proof.data
    folder = current_app.config["FILES"]
    return files.receiving(folder, upload.stream, upload.filename, field="proof")


@blueprint.route(
    "/applications/<int:application_id>/documents/<name>/remove", methods=["GET", "POST"]
)
@signed_in
def remove_document(application_id: int, name: str) -> Answer:
    """Say what is taken away, then do it."""
    found = get_editable(application_id)
    file, status = queries.get_document(found, name), 200
    form = RemoveForm(data={"version": found.version})
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                actions.remove_document(person(), found, form.version.data, file)
                flash(_("The file is removed"), "good")
                return to_application(application_id)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "recognition/remove_document.html",
        application=get_own(application_id),
        file=file,
        form=form,
        words=words,
    )
    return page, status


@blueprint.post("/applications/<int:application_id>/submit")
@signed_in
def submit_application(application_id: int) -> Answer:
    """Hand the application in."""
    found, form = get_editable(application_id), SubmitForm()
    hand_in = partial(actions.submit, person(), found)
    try:
        if form.validate():
            hand_in(form.version.data, declared=bool(form.declared.data))
            flash(_("The application is submitted; you will be told of each step"), "good")
            return to_application(application_id)
    except Refused as refusal:
        form.refuse(refusal)
    return shown(get_own(application_id), form, 422)


@blueprint.route("/applications/<int:application_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw_application(application_id: int) -> Answer:
    """Say what is lost, then take the application back."""
    found = get_editable(application_id)
    if not words.is_open(found):
        raise NotFound
    form, status = WithdrawForm(data={"version": found.version}), 200
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                actions.withdraw(person(), found, form.version.data)
                flash(_("The application is withdrawn"), "good")
                return to_application(application_id)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "recognition/withdraw.html", application=get_own(application_id), form=form, words=words
    )
    return page, status

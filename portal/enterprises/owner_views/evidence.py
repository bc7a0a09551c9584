"""A member's evidence: the files of a record, adding, replacing and removing them."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import files
from portal.accounts.access import person, signed_in
from portal.enterprises.actions import evidence as actions
from portal.enterprises.forms.evidence import EvidenceForm, IdentityPaperForm, ProofForm
from portal.enterprises.forms.figures import RemoveForm
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.figures import may_edit
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries import evidence as queries
from portal.enterprises.queries.figures import metrics
from portal.enterprises.rules.roles import Doing
from portal.enterprises.words import evidence as words
from portal.errors import Refused
from portal.files import Received, StoredFile
from portal.web.uploads import takes_files


@blueprint.get("/<int:enterprise_id>/evidence")
@signed_in
def evidence(enterprise_id: int) -> Answer:
    """List the record's files by what they prove, with the form to add one."""
    enterprise = get_for(enterprise_id, Doing.READ)
    form = EvidenceForm(data={"purpose": request.args.get("purpose", "")})
    return shown_evidence(enterprise, form)


@blueprint.post("/<int:enterprise_id>/evidence/add")
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def add_evidence(enterprise_id: int) -> Answer:
    """Keep a file for a field or figure."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    form = EvidenceForm()
    form.purpose.offer(words.offered(metrics()))
    if not form.validate():
        return shown_evidence(enterprise, form, 422)
    try:
        with receiving(form) as received:
            actions.add_evidence(person(), enterprise, form.purpose.data, received)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_evidence(get_for(enterprise_id, Doing.EDIT), form, 422)
    flash(_("The file is kept"), "good")
    return to_evidence(enterprise_id)


def receiving(form: ProofForm) -> AbstractContextManager[Received]:
    """Return the context in which the uploaded file may be kept."""
    upload = form.proof.data
    folder = current_app.config["FILES"]
    return files.receiving(folder, upload.stream, upload.filename, field="proof")


def shown_evidence(enterprise: Enterprise, form: EvidenceForm, status: int = 200) -> Answer:
    """Return the page of a record's files."""
    form.purpose.offer([("", _("Choose")), *words.offered(metrics())])
    since = queries.relied_on(enterprise)
    kept = queries.evidence_of(enterprise)
    page = render_template(
        "enterprises/evidence.html",
        enterprise=enterprise,
        form=form,
        groups=words.grouped(kept, metrics()),
        relied={f.name for f in kept if queries.is_relied_on(f, since, actions.PROVABLE)},
        may_edit=may_edit(enterprise),
        identity_paper=queries.IDENTITY_PAPER,
        days=current_app.config["IDENTITY_PAPER_DAYS"],
        words=words,
    )
    return page, status


@blueprint.route("/<int:enterprise_id>/evidence/identity-paper", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def identity_paper(enterprise_id: int) -> Answer:
    """Ask to cover the number, then take the scan of an identity paper."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    form, status = IdentityPaperForm(), 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                with receiving(form) as received:
                    longest = current_app.config["IDENTITY_PAPER_LONGEST_DAYS"]
                    actions.add_identity_paper(person(), enterprise, received, longest)
                flash(_("The scan is kept for the time said"), "good")
                return to_evidence(enterprise_id)
        except Refused as refusal:
            form.refuse(refusal)
    days = current_app.config["IDENTITY_PAPER_DAYS"]
    page = render_template(
        "enterprises/identity_paper.html", enterprise=enterprise, form=form, days=days
    )
    return page, status


@blueprint.route("/<int:enterprise_id>/evidence/<name>/replace", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def replace_evidence(enterprise_id: int, name: str) -> Answer:
    """Put a new file in the place of one."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    file, form, status = queries.get_evidence(enterprise, name), ProofForm(), 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                with receiving(form) as received:
                    actions.replace_evidence(person(), enterprise, file, received)
                flash(_("The file is replaced"), "good")
                return to_evidence(enterprise_id)
        except Refused as refusal:
            form.refuse(refusal)
    return shown_file("enterprises/evidence_replace.html", enterprise, file, form), status


@blueprint.route("/<int:enterprise_id>/evidence/<name>/remove", methods=["GET", "POST"])
@signed_in
def remove_evidence(enterprise_id: int, name: str) -> Answer:
    """Say what is lost, then remove a file."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    file, form, status = queries.get_evidence(enterprise, name), RemoveForm(), 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                actions.remove_evidence(person(), enterprise, file)
                flash(_("The file is removed"), "good")
                return to_evidence(enterprise_id)
        except Refused as refusal:
            form.refuse(refusal)
    return shown_file("enterprises/evidence_remove.html", enterprise, file, form), status


def shown_file(
    template: str, enterprise: Enterprise, file: StoredFile, form: ProofForm | RemoveForm
) -> str:
    """Return a page about one file."""
    proves = words.purpose_name(file.purpose, metrics())
    return render_template(template, enterprise=enterprise, file=file, form=form, proves=proves)


def to_evidence(enterprise_id: int) -> Response:
    """Lead back to the record's files."""
    return redirect(url_for("enterprises_owner.evidence", enterprise_id=enterprise_id), 303)

"""Raising an objection to an enterprise on a notice, and reading what became of it."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person, signed_in
from portal.casework.objection_forms import MOST_PROOFS, ObjectionForm
from portal.casework.objectors import Objector
from portal.errors import NotFound, Refused
from portal.recognition.actions import objections as actions
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionNotice,
    RecognitionObjection,
)
from portal.recognition.owner_views.frame import Answer, blueprint
from portal.recognition.queries import notices as queries
from portal.recognition.terms.notices import RESULT_NAMES
from portal.web.uploads import takes_files


@blueprint.route("/notices/<int:notice_id>/object/<int:application_id>", methods=["GET", "POST"])
@takes_files(MOST_PROOFS * files.LARGEST_EVIDENCE)
@signed_in
def object_to(notice_id: int, application_id: int) -> Answer:
    """Write an objection to one enterprise on a notice."""
    notice = queries.get_notice(notice_id)
    application = queries.get_noticed(notice, application_id).application
    form, status = ObjectionForm(), 200
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                made = raise_objection(form, notice, application)
                flash(_("Your objection is received; you will be told the result"), "good")
                address = url_for("recognition_owner.objection", objection_id=made.id)
                return redirect(address, 303)
        except Refused as refusal:
            form.refuse(refusal)
    again = queries.get_notice(notice_id)
    noticed = queries.get_noticed(again, application_id)
    page = render_template("recognition/object.html", notice=again, noticed=noticed, form=form)
    return page, status


def raise_objection(
    form: ObjectionForm, notice: RecognitionNotice, application: RecognitionApplication
) -> RecognitionObjection:
    """Raise the objection the form holds."""
    folder, uploads = current_app.config["FILES"], form.proof.data or []
    with files.receiving_all(folder, uploads, field="proof") as proofs:
        who = Objector(form.name.data or "", form.contact.data or "")
        statement = form.statement.data or ""
        return actions.object_to(person(), notice, application, who, statement, proofs)


@blueprint.get("/objections/<int:objection_id>")
@signed_in
def objection(objection_id: int) -> Answer:
    """Show who raised it an objection and its result; for others it does not exist."""
    found = queries.get_objection(objection_id)
    if found.person_id != person().id:
        raise NotFound
    return render_template(
        "recognition/own_objection.html", objection=found, result_names=RESULT_NAMES
    )

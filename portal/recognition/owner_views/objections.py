"""Raising an objection to an enterprise on a notice, and reading what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person, signed_in
from portal.casework.objection_forms import MOST_PROOFS, ObjectionForm
from portal.casework.objectors import Objector
from portal.casework.owner_views import check_own, raised
from portal.recognition.actions import objections as actions
from portal.recognition.models import RecognitionObjection
from portal.recognition.owner_views.frame import Answer, blueprint
from portal.recognition.queries import notices as queries
from portal.recognition.terms.notices import RESULT_NAMES
from portal.web.redirects import done
from portal.web.uploads import takes_files


@blueprint.route("/notices/<int:notice_id>/object/<int:application_id>", methods=["GET", "POST"])
@takes_files(MOST_PROOFS * files.LARGEST_EVIDENCE)
@signed_in
def object_to(notice_id: int, application_id: int) -> Answer:
    """Write an objection to one enterprise on a notice."""
    notice = queries.get_notice(notice_id)
    application = queries.get_noticed(notice, application_id).application
    form = ObjectionForm()

    def act(
        who: Objector, statement: str, proofs: Sequence[files.Received]
    ) -> RecognitionObjection:
        return actions.object_to(person(), notice, application, who, statement, proofs)

    if made := raised(form, act):
        url = url_for("recognition_owner.objection", objection_id=made.id)
        return done(url, _("Your objection is received; you will be told the result"))
    again = queries.get_notice(notice_id)
    noticed = queries.get_noticed(again, application_id)
    page = render_template("recognition/object.html", notice=again, noticed=noticed, form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/objections/<int:objection_id>")
@signed_in
def objection(objection_id: int) -> Answer:
    """Show who raised it an objection and its result."""
    found = queries.get_objection(objection_id)
    check_own(found)
    return render_template(
        "recognition/own_objection.html", objection=found, result_names=RESULT_NAMES
    )

"""Objections: recording one that came in on paper, having it shown who objects, deciding."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import person
from portal.casework.bureau_views.objections import ObjectionPages, recorded
from portal.casework.objection_forms import PaperObjectionForm
from portal.casework.objectors import Objector, Paper
from portal.errors import NotFound
from portal.recognition import permits
from portal.recognition.actions import objections as actions
from portal.recognition.bureau_views.frame import Answer, blueprint, get_seen, reader, recogniser
from portal.recognition.bureau_views.reviews import review_url
from portal.recognition.models import RecognitionNotice, RecognitionObjection
from portal.recognition.queries import notices as queries
from portal.recognition.terms.notices import RESULT_NAMES
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

    def record(who: Objector, statement: str, paper: Paper) -> None:
        actions.record_objection(person(), notice, found, who, statement, paper)

    if recorded(form, record):
        said = _("The objection is on record; another examines it")
        return done(review_url(application_id), said)
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


def get_objection(objection_id: int) -> RecognitionObjection:
    """Return an objection for officers of the lead department; raises NotFound, NotAllowed."""
    found = queries.get_objection(objection_id)
    permits.check_may_see(person(), found.application)
    return found


def names(found: RecognitionObjection) -> dict[str, Any]:
    """Return what the page names beside the objection."""
    return {"application": found.application}


PAGES = ObjectionPages(
    get_objection, "recognition/objection.html", names, lambda _found: RESULT_NAMES
)


@blueprint.get("/objections/<int:objection_id>")
@reader
def objection(objection_id: int) -> Answer:
    """Show an objection without who raised it, and the form to decide on it."""
    return PAGES.shown(get_objection(objection_id))


@blueprint.post("/objections/<int:objection_id>/reveal")
@recogniser
def reveal_objector(objection_id: int) -> Answer:
    """Show who raised the objection, once, and write down that it was shown."""
    return PAGES.reveal(objection_id)


@blueprint.post("/objections/<int:objection_id>/handle")
@recogniser
def handle_objection(objection_id: int) -> Answer:
    """Decide on an objection."""
    return PAGES.handle(objection_id)

"""Objections to a list on notice: recording one on paper, showing who objects, deciding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import person
from portal.casework.bureau_views.objections import ObjectionPages, recorded
from portal.casework.objectors import Objector, Paper
from portal.lists.actions import objections as actions
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.bureau_views.notices import room_url
from portal.lists.forms.steps import LetterForm
from portal.lists.models import NoticeObjection
from portal.lists.permits import check_handler, check_overseer
from portal.lists.queries import notices as queries
from portal.lists.terms.steps import RESULT_NAMES, ObjectionResult
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

    def record(who: Objector, statement: str, paper: Paper) -> None:
        entry = queries.get_noticed(found, int(form.entry.data)) if form.entry.data else None
        actions.record_objection(person(), found, entry, who, statement, paper)

    if recorded(form, record):
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


def get_objection(objection_id: int) -> NoticeObjection:
    """Return an objection for who follows the edition; raises NotFound, NotAllowed."""
    found = queries.get_objection(objection_id)
    check_overseer(person(), found.notice.release.edition)
    return found


def names(found: NoticeObjection) -> dict[str, Any]:
    """Return what the page names beside the objection."""
    release = found.notice.release
    return {"release": release, "edition": release.edition}


def results(found: NoticeObjection) -> Mapping[Any, object]:
    """Return the results there are for an entry, or for the whole list."""
    about_entry = found.entry is not None
    return {
        one: name
        for one, name in RESULT_NAMES.items()
        if about_entry or one != ObjectionResult.STRUCK
    }


PAGES = ObjectionPages(get_objection, "lists/objection.html", names, results)


@blueprint.get("/objections/<int:objection_id>")
@reader
def objection(objection_id: int) -> Answer:
    """Show an objection without who raised it, and the form to decide on it."""
    return PAGES.shown(get_objection(objection_id))


@blueprint.post("/objections/<int:objection_id>/reveal")
@curator
def reveal_objector(objection_id: int) -> Answer:
    """Show who raised the objection, once, and write down that it was shown."""
    return PAGES.reveal(objection_id)


@blueprint.post("/objections/<int:objection_id>/handle")
@curator
def handle_objection(objection_id: int) -> Answer:
    """Decide on an objection."""
    return PAGES.handle(objection_id)

"""Objecting to a list on notice, and reading what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person, signed_in
from portal.casework.objection_forms import MOST_PROOFS
from portal.casework.objectors import Objector
from portal.casework.owner_views import check_own, raised
from portal.enterprises.queries.members import memberships_of
from portal.lists.actions import objections as actions
from portal.lists.forms.steps import OwnObjectionForm
from portal.lists.models import NoticeObjection
from portal.lists.owner_views.frame import Answer, blueprint
from portal.lists.queries import notices as queries
from portal.lists.terms.steps import RESULT_NAMES
from portal.web.redirects import done
from portal.web.uploads import takes_files


@blueprint.route("/notices/<int:notice_id>/object", methods=["GET", "POST"])
@takes_files(MOST_PROOFS * files.LARGEST_EVIDENCE)
@signed_in
def object_to_list(notice_id: int) -> Answer:
    """Write an objection to a whole list."""
    return objecting(notice_id, None)


@blueprint.route("/notices/<int:notice_id>/object/<int:entry_id>", methods=["GET", "POST"])
@takes_files(MOST_PROOFS * files.LARGEST_EVIDENCE)
@signed_in
def object_to(notice_id: int, entry_id: int) -> Answer:
    """Write an objection to one entry on a notice."""
    return objecting(notice_id, entry_id)


def objecting(notice_id: int, entry_id: int | None) -> Answer:
    """Return the page of an objection, or go on once it is raised."""
    notice = queries.get_notice(notice_id)
    entry = queries.get_noticed(notice, entry_id) if entry_id is not None else None
    form = OwnObjectionForm()
    names = [held.enterprise.name for held in memberships_of(person())]
    form.organisation.offer([("", _("for myself")), *((name, name) for name in names)])

    def act(who: Objector, statement: str, proofs: Sequence[files.Received]) -> NoticeObjection:
        return actions.object_to(person(), notice, entry, who, statement, proofs)

    if made := raised(form, act):
        url = url_for("lists_owner.objection", objection_id=made.id)
        return done(url, _("Your objection is received; you will be told the result"))
    again = queries.get_notice(notice_id)
    title = dict(queries.noticed_entries(again)).get(entry_id or 0)
    page = render_template("lists/object.html", notice=again, entry=title, form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/objections/<int:objection_id>")
@signed_in
def objection(objection_id: int) -> Answer:
    """Show who raised it an objection and its result."""
    found = queries.get_objection(objection_id)
    check_own(found)
    return render_template(
        "lists/own_objection.html",
        objection=found,
        name=queries.named(found),
        result_names=RESULT_NAMES,
    )

"""The people a member names as contacts, who are asked first."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.enterprises.actions import contacts as actions
from portal.enterprises.forms.figures import RemoveForm
from portal.enterprises.forms.presence import ContactPersonForm
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.owner_views.presence import OWNER
from portal.enterprises.queries import presence as queries
from portal.enterprises.rules.roles import Doing
from portal.enterprises.views.presence import done, filled_in, shown
from portal.errors import Refused


@blueprint.route("/<int:enterprise_id>/contacts/ask", methods=["GET", "POST"])
@signed_in
def ask_contact(enterprise_id: int) -> Answer:
    """Ask a person whether they want to be named in public."""
    enterprise, form = get_for(enterprise_id, Doing.EDIT), ContactPersonForm()

    def ask() -> None:
        said = (form["name"].data, form.post.data, form.address.data, form.purpose.data)
        actions.ask_contact(person(), enterprise, *said)
        flash(_("The person has been asked; nothing is public before they agree"), "good")

    return filled_in(OWNER, enterprise, form, _("Ask the person"), ask)


@blueprint.post("/<int:enterprise_id>/contacts/<int:contact_id>/ask-again")
@signed_in
def ask_contact_again(enterprise_id: int, contact_id: int) -> Answer:
    """Send a person the question once more."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    contact = queries.get_contact(enterprise, contact_id)
    try:
        actions.ask_again(person(), enterprise, contact)
    except Refused as refusal:
        form = RemoveForm(formdata=None)
        form.refuse(refusal)
        return shown(OWNER, get_for(enterprise_id, Doing.EDIT), form, 422)
    flash(_("The person has been asked once more"), "good")
    return redirect(url_for("enterprises_owner.presence", enterprise_id=enterprise_id), 303)


@blueprint.post("/<int:enterprise_id>/contacts/<int:contact_id>/remove")
@signed_in
def remove_contact(enterprise_id: int, contact_id: int) -> Answer:
    """Take a named contact from the record."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    contact = queries.get_contact(enterprise, contact_id, also_ended=True)
    actions.remove_contact(person(), enterprise, contact)
    return done(OWNER, enterprise_id)

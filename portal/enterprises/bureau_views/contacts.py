"""The named contacts of a record: their state and history, who they are on demand only."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.enterprises.actions import contact_oversight as actions
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.bureau_views.review import get_reviewable
from portal.enterprises.forms.presence import ContactRemovalForm
from portal.enterprises.models import Enterprise, NamedContact
from portal.enterprises.queries import presence as queries
from portal.enterprises.terms.presence import CONTACT_STATE_NAMES
from portal.errors import Refused


@blueprint.get("/<int:enterprise_id>/contacts")
@officer(Right.REVIEW_ENTERPRISES)
def contacts(enterprise_id: int) -> Answer:
    """Show the named contacts; who has not agreed to be public stays covered."""
    enterprise = get_reviewable(enterprise_id)
    return shown_contacts(enterprise, queries.all_contacts(enterprise))


@blueprint.post("/<int:enterprise_id>/contacts/reveal")
@officer(Right.REVIEW_ENTERPRISES)
def reveal_contacts(enterprise_id: int) -> Answer:
    """Show once who the contacts are; that they were shown stands in the trail."""
    enterprise = get_reviewable(enterprise_id)
    named = actions.reveal_contacts(person(), enterprise)
    return shown_contacts(enterprise, named, revealed=True)


def shown_contacts(
    enterprise: Enterprise, named: Sequence[NamedContact], *, revealed: bool = False
) -> Answer:
    """Return the page; `revealed` shows also who did not agree to be public."""
    return render_template(
        "enterprises/bureau_contacts.html",
        enterprise=enterprise,
        contacts=named,
        revealed=revealed,
        covered=any(is_covered(enterprise, contact) for contact in named),
        is_covered=is_covered,
        state_names=CONTACT_STATE_NAMES,
    )


def is_covered(enterprise: Enterprise, contact: NamedContact) -> bool:
    """Say whether who it is stands not on the public profile: it is shown on demand only."""
    on_profile = contact.is_confirmed and enterprise.is_public and not contact.about
    return bool(contact.address) and not on_profile


@blueprint.route("/<int:enterprise_id>/contacts/<int:contact_id>/remove", methods=["GET", "POST"])
@officer(Right.REVIEW_ENTERPRISES)
def remove_contact(enterprise_id: int, contact_id: int) -> Answer:
    """Ask for the ground, then take a named contact from the record."""
    enterprise = get_reviewable(enterprise_id)
    contact = queries.get_contact(enterprise, contact_id, also_ended=True)
    form, status = ContactRemovalForm(), 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                actions.remove_as_officer(person(), enterprise, contact, form.ground.data)
                flash(_("The entry is removed; the enterprise and the person are told"), "good")
                return redirect(
                    url_for("enterprises_bureau.contacts", enterprise_id=enterprise_id), 303
                )
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "enterprises/contact_removal.html",
        enterprise=enterprise,
        contact=contact,
        form=form,
        state_names=CONTACT_STATE_NAMES,
    )
    return page, status

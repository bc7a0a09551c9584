"""A member's pages: registering, reading and editing a partner organisation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.access import person, signed_in
from portal.errors import Refused
from portal.partners import actions, queries
from portal.partners.forms import EditPartnerForm, NewPartnerForm
from portal.partners.terms import EDITABLE, FIELDS, KIND_NAMES, STANDING_NAMES

blueprint = Blueprint("partners_owner", __name__, url_prefix="/my/partners")
Answer = str | Response | tuple[str, int]


@blueprint.get("")
@signed_in
def partners() -> Answer:
    """List the organisations from outside that a person acts for."""
    return render_template(
        "partners/partners.html",
        partners=queries.partners_of(person()),
        kind_names=KIND_NAMES,
        standing_names=STANDING_NAMES,
    )


@blueprint.get("/new")
@signed_in
def new() -> Answer:
    """Show the form for registering an organisation."""
    return render_template("partners/new.html", form=NewPartnerForm(formdata=None), taken="")


@blueprint.post("/register")
@signed_in
def register() -> Answer:
    """Register an organisation; one of this city's registry is led to its request page."""
    form, taken = NewPartnerForm(), ""
    try:
        if form.validate():
            facts = {name: form[name].data for name in FIELDS}
            made = actions.register_partner(person(), facts)
            flash(_("The organisation is registered"), "good")
            return redirect(url_for("partners_owner.partner", partner_id=made.id), 303)
    except actions.InRegistry as refusal:
        taken = refusal.uscc
        form.refuse(refusal)
    except Refused as refusal:
        form.refuse(refusal)
    return render_template("partners/new.html", form=form, taken=taken), 422


@blueprint.get("/<int:partner_id>")
@signed_in
def partner(partner_id: int) -> Answer:
    """Show an organisation and what the bureau found."""
    return render_template(
        "partners/partner.html",
        partner=queries.get_own(person(), partner_id),
        kind_names=KIND_NAMES,
        standing_names=STANDING_NAMES,
    )


@blueprint.get("/<int:partner_id>/edit")
@signed_in
def edit(partner_id: int) -> Answer:
    """Show the form for changing an organisation."""
    found = queries.get_own(person(), partner_id)
    form = EditPartnerForm(formdata=None, obj=found)
    return render_template("partners/edit.html", partner=found, form=form)


@blueprint.post("/<int:partner_id>/save")
@signed_in
def save(partner_id: int) -> Answer:
    """Change an organisation."""
    found, form = queries.get_own(person(), partner_id), EditPartnerForm()
    try:
        if form.validate():
            facts = {name: form[name].data for name in EDITABLE}
            actions.edit_partner(person(), found, facts, form.version.data)
            flash(_("The organisation is saved"), "good")
            return redirect(url_for("partners_owner.partner", partner_id=partner_id), 303)
    except Refused as refusal:
        form.refuse(refusal)
    found = queries.get_own(person(), partner_id)
    return render_template("partners/edit.html", partner=found, form=form), 422

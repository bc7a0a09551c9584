"""Adding, confirming, changing and removing the mail addresses and phones one signs in with."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from portal import clock
from portal.accounts import access
from portal.accounts.access import person, signed_in
from portal.accounts.actions import identifiers as actions
from portal.accounts.actions import proofs
from portal.accounts.forms.account import CodeForm, IdentifierForm, PresentPasswordForm
from portal.accounts.models import Identifier
from portal.accounts.owner_views.frame import Answer, blueprint, to_account
from portal.accounts.queries.sign_ins import find_proof, get_identifier
from portal.accounts.terms import Purpose
from portal.accounts.views.frame import await_proof, awaited, shown_again
from portal.errors import NotFound, Refused
from portal.web.forms import Form


@blueprint.route("/identifiers/new", methods=["GET", "POST"])
@signed_in
def new_identifier() -> Answer:
    """Add a mail address or phone, or change one: `replaces` names the one to go."""
    form, replaced = IdentifierForm(), asked_to_replace()
    template = "accounts_owner/new_identifier.html"
    if request.method == "GET":
        return render_template(template, form=form, replaced=replaced)
    if not form.validate():
        return shown_again(template, form, replaced=replaced)
    try:
        token = actions.request_identifier(
            person(), form.account.data, form.present.data, access.origin(), replaced
        )
    except Refused as refusal:
        return shown_again(template, form, refusal, replaced=replaced)
    if token is None:
        return redirect(url_for("accounts.check_mail"), 303)
    await_proof(Purpose.ADD, token)
    return redirect(url_for("accounts_owner.identifier_code"), 303)


def asked_to_replace() -> Identifier | None:
    """Return the own identifier the address names; raises NotFound for any other."""
    number = request.args.get("replaces", type=int)
    return get_identifier(person(), number) if number else None


@blueprint.route("/identifiers/code", methods=["GET", "POST"])
@signed_in
def identifier_code() -> Answer:
    """Confirm a number by the code sent to it."""
    token, form = awaited(Purpose.ADD), CodeForm()
    if not token:
        return to_account()
    if request.method == "GET":
        return code_page(form)
    if not form.validate():
        return code_page(form), 422
    try:
        actions.confirm_added_by_code(person(), token, form.code.data)
    except Refused as refusal:
        form.refuse(refusal)
        return code_page(form), 422
    return added()


def code_page(form: Form) -> str:
    return render_template("accounts_owner/identifier_code.html", form=form)


@blueprint.post("/identifiers/code/again")
@signed_in
def identifier_code_again() -> Answer:
    """Send another code to the number to be added."""
    try:
        proofs.send_again(awaited(Purpose.ADD), Purpose.ADD, str(get_locale()), access.origin())
    except NotFound:
        return to_account()
    except Refused as refusal:
        return shown_again("accounts_owner/identifier_code.html", CodeForm(), refusal)
    flash(_("A new code is on its way; the last one no longer works"), "good")
    return redirect(url_for("accounts_owner.identifier_code"), 303)


@blueprint.route("/identifiers/confirm/<token>", methods=["GET", "POST"])
@signed_in
def confirm_identifier(token: str) -> Answer:
    """Confirm an address by the link mailed to it, signed in as who asked for it."""
    row = find_proof(token, Purpose.ADD, clock.now())
    if row is None or row.person_id != person().id:
        return render_template("accounts/link_spent.html", again="accounts_owner.account"), 404
    form = Form()
    template = "accounts_owner/confirm_identifier.html"
    if request.method == "GET":
        return render_template(template, form=form, subject=row.subject)
    try:
        actions.confirm_added(person(), token)
    except Refused as refusal:
        return shown_again(template, form, refusal, subject=row.subject)
    return added()


def added() -> Answer:
    """Say that the account is known by one more from now on."""
    session.pop("awaited", None)
    flash(_("Confirmed: you can sign in with it from now on"), "good")
    return to_account()


@blueprint.route("/identifiers/<int:identifier_id>/remove", methods=["GET", "POST"])
@signed_in
def remove_identifier(identifier_id: int) -> Answer:
    """Remove one of the own mail addresses or phones."""
    identifier, form = get_identifier(person(), identifier_id), PresentPasswordForm()
    template = "accounts_owner/remove_identifier.html"
    values: dict[str, Any] = {"subject": identifier.subject}
    if request.method == "GET":
        return render_template(template, form=form, **values)
    if not form.validate():
        return shown_again(template, form, **values)
    try:
        actions.remove_identifier(person(), identifier_id, form.present.data, access.origin())
    except Refused as refusal:
        return shown_again(template, form, refusal, **values)
    flash(_("Removed: nobody signs in with it any more"), "good")
    return to_account()

"""The account's page: what one is known by, password, second factor, sign-ins, language."""

from __future__ import annotations

from flask import current_app, flash, render_template, request
from flask_babel import gettext as _

from portal import clock
from portal.accounts import access
from portal.accounts.access import person, present_sign_in, signed_in
from portal.accounts.actions import language as language_actions
from portal.accounts.actions import reset as actions
from portal.accounts.actions import sign_in as sign_in_actions
from portal.accounts.browsers import words_for
from portal.accounts.forms.account import LanguageForm, PasswordForm
from portal.accounts.models import SignIn
from portal.accounts.owner_views.frame import Answer, blueprint, to_account
from portal.accounts.queries.people import is_officer
from portal.accounts.queries.sign_ins import (
    credentials_of,
    find_credential,
    identifiers_of,
    open_sign_ins,
)
from portal.accounts.terms import CredentialKind
from portal.accounts.views.frame import shown_again
from portal.errors import NotFound, Refused


@blueprint.get("")
@signed_in
def account() -> Answer:
    """Show a person what the portal holds for their signing in."""
    return account_page(LanguageForm(formdata=None, data={"language": person().language}))


def account_page(form: LanguageForm) -> str:
    return render_template(
        "accounts_owner/account.html",
        form=form,
        identifiers=identifiers_of(person()),
        authenticator=find_credential(person(), CredentialKind.TOTP),
        codes_left=len(credentials_of(person(), CredentialKind.RECOVERY_CODE)),
        is_officer=is_officer(person()),
        sign_ins=own_sign_ins(),
        present=present_sign_in(),
        words_for=words_for,
    )


def own_sign_ins() -> list[SignIn]:
    """Return the person's open sign-ins, the present one first."""
    now, config = clock.now(), current_app.config
    found = open_sign_ins(person(), now - config["SIGN_IN_IDLE"], now - config["SIGN_IN_LONGEST"])
    return sorted(found, key=lambda sign_in: sign_in.id != present_sign_in().id)


@blueprint.post("/language")
@signed_in
def language() -> Answer:
    """Choose the language of mails and SMS."""
    form = LanguageForm()
    if not form.validate():
        return account_page(form), 422
    language_actions.choose_language(person(), form.language.data)
    flash(_("Mails and SMS will come in this language"), "good")
    return to_account()


@blueprint.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> Answer:
    """Change the password; every other sign-in ends."""
    form = PasswordForm()
    template = "accounts_owner/password.html"
    if request.method == "GET":
        return render_template(template, form=form)
    if not form.validate():
        return shown_again(template, form)
    try:
        actions.change_password(
            person(),
            present_sign_in(),
            form.present.data,
            form.password.data,
            access.origin(),
        )
    except Refused as refusal:
        return shown_again(template, form, refusal)
    flash(_("The password is changed and every other sign-in has ended"), "good")
    return to_account()


@blueprint.post("/sign-ins/<int:sign_in_id>/end")
@signed_in
def end_sign_in(sign_in_id: int) -> Answer:
    """End one of the own sign-ins."""
    found = next((each for each in own_sign_ins() if each.id == sign_in_id), None)
    if found is None:
        raise NotFound
    sign_in_actions.end_sign_in(person(), found)
    flash(_("That sign-in has ended"), "good")
    return to_account()


@blueprint.post("/sign-ins/end-others")
@signed_in
def end_other_sign_ins() -> Answer:
    """End every own sign-in but this one."""
    sign_in_actions.end_sign_ins(person(), but=present_sign_in())
    flash(_("Every other sign-in has ended"), "good")
    return to_account()

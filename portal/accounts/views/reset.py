"""Pages for those who cannot sign in: by a mailed link, by a code, by an administrator."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from portal import clock
from portal.accounts import access
from portal.accounts.actions import recovery
from portal.accounts.actions import reset as actions
from portal.accounts.forms.account import RecoverForm, RequestResetForm, ResetByCodeForm, ResetForm
from portal.accounts.queries.sign_ins import find_proof
from portal.accounts.terms import Purpose
from portal.accounts.views.frame import Answer, await_proof, awaited, blueprint, shown_again
from portal.accounts.views.sign_up import sent_again
from portal.errors import NotFound, Refused


@blueprint.route("/reset", methods=["GET", "POST"])
def request_reset() -> Answer:
    """Ask for a reset link or code; the answer is the same whether or not there is an account."""
    form = RequestResetForm()
    if request.method == "GET":
        return render_template("accounts/request_reset.html", form=form)
    if not form.validate():
        return shown_again("accounts/request_reset.html", form)
    try:
        token = actions.request_reset(form.account.data, str(get_locale()), access.origin())
    except Refused as refusal:
        return shown_again("accounts/request_reset.html", form, refusal)
    if token is None:
        return redirect(url_for("accounts.check_mail"), 303)
    await_proof(Purpose.RESET, token)
    return redirect(url_for("accounts.reset_code"), 303)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Answer:
    """Set a new password by a mailed link; every other sign-in of this person ends."""
    form = ResetForm()
    if find_proof(token, Purpose.RESET, clock.now()) is None:
        return render_template("accounts/link_spent.html", again="accounts.request_reset"), 404
    if request.method == "GET":
        return render_template("accounts/reset.html", form=form)
    if not form.validate():
        return shown_again("accounts/reset.html", form)
    try:
        actions.reset_by_link(token, form.password.data)
    except Refused as refusal:
        return shown_again("accounts/reset.html", form, refusal)
    except NotFound:
        return render_template("accounts/link_spent.html", again="accounts.request_reset"), 404
    return set_anew()


@blueprint.route("/reset-code", methods=["GET", "POST"])
def reset_code() -> Answer:
    """Set a new password by the code sent to a phone."""
    token = awaited(Purpose.RESET)
    if not token:
        return redirect(url_for("accounts.request_reset"), 303)
    form = ResetByCodeForm()
    if request.method == "GET":
        return render_template("accounts/reset_code.html", form=form)
    if not form.validate():
        return shown_again("accounts/reset_code.html", form)
    try:
        actions.reset_by_code(token, form.code.data, form.password.data)
    except Refused as refusal:
        return shown_again("accounts/reset_code.html", form, refusal)
    return set_anew()


@blueprint.post("/reset-code/again")
def reset_code_again() -> Answer:
    """Send another code for setting a new password."""
    form = ResetByCodeForm()
    return sent_again(Purpose.RESET, "accounts.reset_code", "accounts.request_reset", form)


@blueprint.route("/recover", methods=["GET", "POST"])
def recover() -> Answer:
    """Set a new password by the code an administrator handed over."""
    form = RecoverForm()
    if request.method == "GET":
        return render_template("accounts/recover.html", form=form)
    if not form.validate():
        return shown_again("accounts/recover.html", form)
    try:
        recovery.recover(
            form.code.data,
            form.password.data,
            access.origin(),
            drop_factor=form.drop_factor.data,
        )
    except Refused as refusal:
        return shown_again("accounts/recover.html", form, refusal)
    return set_anew()


def set_anew() -> Answer:
    """Ask to sign in with the new password."""
    session.pop("awaited", None)
    flash(_("The password is changed: sign in with the new one"), "good")
    return redirect(url_for("accounts.sign_in"), 303)

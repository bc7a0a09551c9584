"""Pages of signing up and confirming."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from portal import clock
from portal.accounts import access
from portal.accounts.actions import proofs
from portal.accounts.actions import sign_up as actions
from portal.accounts.forms.account import CodeForm, ConfirmForm, SignUpForm
from portal.accounts.queries.sign_ins import find_proof
from portal.accounts.terms import Purpose
from portal.accounts.views.frame import Answer, await_proof, awaited, blueprint, shown_again
from portal.errors import NotFound, Refused
from portal.web.forms import Form
from portal.web.redirects import safe_next


@blueprint.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> Answer:
    """Ask for an account; the answer is the same whether or not there is one already."""
    form = SignUpForm()
    if request.method == "GET":
        return render_template("accounts/sign_up.html", form=form)
    if not form.validate():
        return shown_again("accounts/sign_up.html", form)
    language, origin = str(get_locale()), access.origin()
    try:
        token = actions.sign_up(form.account.data, form.password.data, language, origin)
    except Refused as refusal:
        return shown_again("accounts/sign_up.html", form, refusal)
    if token is None:
        return redirect(url_for("accounts.check_mail"), 303)
    await_proof(Purpose.SIGN_UP, token)
    return redirect(url_for("accounts.code"), 303)


@blueprint.get("/check-mail")
def check_mail() -> Answer:
    """Say that a mail is on its way, to whomever."""
    return render_template("accounts/check_mail.html")


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Answer:
    """Confirm an address with the password chosen at sign-up, then sign in."""
    if find_proof(token, Purpose.SIGN_UP, clock.now()) is None:
        return render_template("accounts/link_spent.html", again="accounts.sign_up"), 404
    form = ConfirmForm()
    if request.method == "GET":
        return render_template("accounts/confirm.html", form=form)
    if not form.validate():
        return shown_again("accounts/confirm.html", form)
    try:
        signed_in = actions.confirm_by_link(
            token, form.password.data, access.origin(), access.browser()
        )
    except Refused as refusal:
        return shown_again("accounts/confirm.html", form, refusal)
    access.begin(signed_in)
    flash(_("Your mail address is confirmed and you are signed in"), "good")
    return redirect(safe_next("/my/"), 303)


@blueprint.route("/code", methods=["GET", "POST"])
def code() -> Answer:
    """Confirm a number by the code sent to it, then sign in."""
    token = awaited(Purpose.SIGN_UP)
    if not token:
        return redirect(url_for("accounts.sign_up"), 303)
    form = CodeForm()
    if request.method == "GET":
        return render_template("accounts/code.html", form=form)
    if not form.validate():
        return shown_again("accounts/code.html", form)
    try:
        signed_in = actions.confirm_by_code(token, form.code.data, access.browser())
    except Refused as refusal:
        return shown_again("accounts/code.html", form, refusal)
    access.begin(signed_in)
    flash(_("Your mobile number is confirmed and you are signed in"), "good")
    return redirect(safe_next("/my/"), 303)


@blueprint.post("/code/again")
def code_again() -> Answer:
    """Send another code for signing up."""
    return sent_again(Purpose.SIGN_UP, "accounts.code", "accounts.sign_up", CodeForm())


def sent_again(purpose: Purpose, page: str, start: str, form: Form) -> Answer:
    """Send a new code and go back to its page, or to where it begins when none is awaited."""
    template = f"{page.replace('.', '/')}.html"
    try:
        proofs.send_again(awaited(purpose), purpose, str(get_locale()), access.origin())
    except NotFound:
        return redirect(url_for(start), 303)
    except Refused as refusal:
        return shown_again(template, form, refusal)
    flash(_("A new code is on its way; the last one no longer works"), "good")
    return redirect(url_for(page), 303)

"""Pages of signing up, in and out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts import access, actions, queries
from portal.accounts.forms import (
    ConfirmForm,
    RequestResetForm,
    ResetForm,
    SignInForm,
    SignUpForm,
)
from portal.accounts.terms import Purpose
from portal.errors import NotFound, Refused, Throttled
from portal.web.forms import Form
from portal.web.keeping import kept
from portal.web.redirects import safe_next

blueprint = Blueprint("accounts", __name__, url_prefix="/account")
Answer = str | Response | tuple[str, int]


def shown_again(template: str, form: Form, refusal: Refused | None = None) -> tuple[str, int]:
    """Return the page with its form and what is wrong: 422, or 429 when throttled."""
    if refusal is not None:
        form.refuse(refusal)
    status = 429 if isinstance(refusal, Throttled) else 422
    return render_template(template, form=form, kept=request.form.get("kept", "")), status


@blueprint.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> Answer:
    """Open an account; the answer is the same whether or not the address has one."""
    form = SignUpForm()
    if request.method == "GET":
        return render_template("accounts/sign_up.html", form=form)
    if not form.validate():
        return shown_again("accounts/sign_up.html", form)
    try:
        actions.sign_up(form.mail.data, form.password.data, str(get_locale()), access.origin())
    except Refused as refusal:
        return shown_again("accounts/sign_up.html", form, refusal)
    return redirect(url_for("accounts.check_mail"), 303)


@blueprint.get("/check-mail")
def check_mail() -> Answer:
    """Say that a mail is on its way, to whomever."""
    return render_template("accounts/check_mail.html")


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Answer:
    """Confirm an address with the password chosen at sign-up, then sign in."""
    if queries.find_link(actions.digest_of(token), Purpose.CONFIRM, clock.now()) is None:
        return render_template("accounts/link_spent.html", again="accounts.sign_up"), 404
    form = ConfirmForm()
    if request.method == "GET":
        return render_template("accounts/confirm.html", form=form)
    if not form.validate():
        return shown_again("accounts/confirm.html", form)
    try:
        signed_in = actions.confirm(token, form.password.data, access.origin())
    except Refused as refusal:
        return shown_again("accounts/confirm.html", form, refusal)
    access.begin(signed_in)
    flash(_("Your mail address is confirmed and you are signed in"), "good")
    return redirect(safe_next("/my/"), 303)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """Sign in and go where the person wanted to go."""
    form = SignInForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(start_page(), 303)
        form.next.data = request.args.get("next", "")
        return render_template("accounts/sign_in.html", form=form)
    template = "accounts/timed_out.html" if request.form.get("kept") else "accounts/sign_in.html"
    if not form.validate():
        return shown_again(template, form)
    try:
        token = actions.sign_in(form.mail.data, form.password.data, access.origin())
    except Refused as refusal:
        return shown_again(template, form, refusal)
    access.begin(token)
    typed = kept(request.form.get("kept", ""))
    if typed is not None:
        return render_template("accounts/send_again.html", path=typed[0], fields=typed[1])
    return redirect(safe_next(form.next.data, start_page()), 303)


def start_page() -> str:
    """Return where a signed-in person begins: the worklist or their own enterprises."""
    return "/bureau/worklist" if current_user.is_officer else "/my/"


@blueprint.post("/sign-out")
def sign_out() -> Answer:
    """End this browser's sign-in."""
    access.end()
    flash(_("You are signed out"), "good")
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/reset", methods=["GET", "POST"])
def request_reset() -> Answer:
    """Ask for a reset link; the answer is the same whether or not the address has an account."""
    form = RequestResetForm()
    if request.method == "GET":
        return render_template("accounts/request_reset.html", form=form)
    if not form.validate():
        return shown_again("accounts/request_reset.html", form)
    try:
        actions.request_reset(form.mail.data, access.origin())
    except Refused as refusal:
        return shown_again("accounts/request_reset.html", form, refusal)
    return redirect(url_for("accounts.check_mail"), 303)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Answer:
    """Set a new password; every other sign-in of this person ends."""
    form = ResetForm()
    if queries.find_link(actions.digest_of(token), Purpose.RESET, clock.now()) is None:
        return render_template("accounts/link_spent.html", again="accounts.request_reset"), 404
    if request.method == "GET":
        return render_template("accounts/reset.html", form=form)
    if not form.validate():
        return shown_again("accounts/reset.html", form)
    try:
        actions.reset_password(token, form.password.data)
    except Refused as refusal:
        return shown_again("accounts/reset.html", form, refusal)
    except NotFound:
        return render_template("accounts/link_spent.html", again="accounts.request_reset"), 404
    flash(_("The password is changed: sign in with the new one"), "good")
    return redirect(url_for("accounts.sign_in"), 303)

"""Pages of signing in, in one step or two, and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal import clock
from portal.accounts import access
from portal.accounts.actions import sign_in as actions
from portal.accounts.forms.account import SecondStepForm, SignInForm
from portal.accounts.queries.sign_ins import find_proof
from portal.accounts.terms import Purpose
from portal.accounts.views.frame import Answer, await_proof, awaited, blueprint, shown_again
from portal.errors import NotFound, Refused
from portal.web.keeping import kept
from portal.web.redirects import safe_next


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
        proved = actions.sign_in(
            form.account.data, form.password.data, access.origin(), access.browser()
        )
    except Refused as refusal:
        return shown_again(template, form, refusal)
    if proved.second_step:
        return ask_second_step(proved.token, form.next.data)
    access.begin(proved.token)
    return go_on(form.next.data)


def ask_second_step(token: str, wanted: str | None) -> Answer:
    """Ask for the second factor in a session that is nobody's yet, keeping what was typed."""
    access.end()
    await_proof(Purpose.SECOND_STEP, token)
    form = SecondStepForm(formdata=None, data={"next": wanted})
    return render_template(
        "accounts/second_step.html", form=form, kept=request.form.get("kept", "")
    )


@blueprint.route("/second-step", methods=["GET", "POST"])
def second_step() -> Answer:
    """Take the code of the second factor, then sign in."""
    token = awaited(Purpose.SECOND_STEP)
    if not token or find_proof(token, Purpose.SECOND_STEP, clock.now()) is None:
        return redirect(url_for("accounts.sign_in"), 303)
    form = SecondStepForm()
    if request.method == "GET":
        return render_template("accounts/second_step.html", form=form, kept="")
    if not form.validate():
        return shown_again("accounts/second_step.html", form)
    try:
        signed_in = actions.take_second_step(
            token, form.code.data, access.origin(), access.browser()
        )
    except Refused as refusal:
        return shown_again("accounts/second_step.html", form, refusal)
    except NotFound:
        return redirect(url_for("accounts.sign_in"), 303)
    access.begin(signed_in)
    return go_on(form.next.data)


def go_on(wanted: str | None) -> Answer:
    """Go where the person wanted to go, or offer to send what they had typed before."""
    typed = kept(request.form.get("kept", ""))
    if typed is not None:
        return render_template("accounts/send_again.html", path=typed[0], fields=typed[1])
    return redirect(safe_next(wanted, start_page()), 303)


def start_page() -> str:
    """Return where a signed-in person begins: the worklist or their own enterprises."""
    return "/bureau/worklist" if current_user.is_officer else "/my/"


@blueprint.post("/sign-out")
def sign_out() -> Answer:
    """End this browser's sign-in."""
    access.end()
    session.pop("awaited", None)
    flash(_("You are signed out"), "good")
    return redirect(url_for("accounts.sign_in"), 303)

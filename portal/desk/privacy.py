"""A person's own say over their data: the notice to accept, the data to take, the way out."""

from __future__ import annotations

import json

from flask import Response, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from portal import clock
from portal.accounts.access import origin, person, signed_in
from portal.accounts.actions import consents
from portal.desk.erasure import delete_account, reasons_against
from portal.desk.exports import record_own_data
from portal.desk.own_data import own_data
from portal.errors import Refused, Throttled
from portal.web.forms import Form, PlainHiddenField, Required, SecretField, TickField
from portal.web.present import present_request
from portal.web.redirects import safe_next

Answer = str | BaseResponse | tuple[str, int]
ASKED_UNDER = ("/my/", "/bureau/")
OPEN = ("/my/account/data", "/my/account/delete")


class ConsentForm(Form):
    """Accepting the notice in force."""

    version = PlainHiddenField()
    next = PlainHiddenField()
    agreed = TickField(
        _l("I have read this and agree that my personal information is handled as it says"),
        [Required(_l("Tick the box to agree; without it these pages stay closed"))],
    )


class DeleteForm(Form):
    """Deleting one's account."""

    present = SecretField(_l("Password"), [Required(_l("Enter the password"))])


def ask_for_consent() -> BaseResponse | None:
    """Lead somebody signed in who has not accepted the notice in force to it, once per sign-in
    and day looked up, before a page with a form opens; public pages and the way out stay open."""
    path = present_request().path
    if not path.startswith(ASKED_UNDER) or path.startswith(OPEN):
        return None
    if not current_user.is_authenticated or session.get("consented") == str(clock.today()):
        return None
    text = consents.current_text()
    if text is None or person().consented_to >= text.version:
        session["consented"] = str(clock.today())
        return None
    if request.method == "GET":
        return redirect(url_for("desk.consent", next=request.full_path.rstrip("?")), 303)
    # What somebody typed before a new version came into force is taken; the next page asks.
    return None if person().consented_to else redirect(url_for("desk.consent"), 303)


@signed_in
def consent() -> Answer:
    """Show the notice in force and take the acceptance."""
    text, form = consents.current_text(), ConsentForm()
    if text is None or person().consented_to >= text.version:
        return redirect(safe_next(request.args.get("next", ""), "/my/"), 303)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                consents.accept_consent(person(), int(form.version.data or 0))
                return redirect(safe_next(form.next.data, "/my/"), 303)
        except (Refused, ValueError) as refusal:
            form.refuse(refusal if isinstance(refusal, Refused) else Refused(str(refusal)))
    else:
        form.next.data = request.args.get("next", "")
    form.version.data = str(text.version)
    is_new = person().consented_to > 0
    return render_template("desk/consent.html", text=text, form=form, is_new=is_new), status


@signed_in
def data() -> Answer:
    """Say what the download holds, and what was accepted when."""
    return render_template("desk/data.html", consents=consents.consents_of(person()))


@signed_in
def download_data() -> Response:
    """Send everything held on the person as JSON."""
    record_own_data(person())
    text = json.dumps(own_data(person()), ensure_ascii=False, indent=1)
    response = Response(text + "\n", mimetype="application/json")
    name = f"my-data-{clock.today().isoformat()}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@signed_in
def delete() -> Answer:
    """Say what is lost and what stays, then delete the account by its password."""
    form, status = DeleteForm(), 200
    reasons = reasons_against(person())
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                delete_account(person(), form.present.data, origin())
                logout_user()
                session.clear()
                flash(_("Your account is deleted"), "good")
                return redirect("/", 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = 429 if isinstance(refusal, Throttled) else 422
    page = render_template(
        "desk/delete.html", form=form, reasons=reasons, site=current_app.extensions["site"]
    )
    return page, status

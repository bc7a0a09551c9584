"""Where the link of a named contact leads, or number and code: the person's own decision, without
an account."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for

from portal.accounts.access import origin
from portal.accounts.keys import digest_of
from portal.accounts.views.frame import shown_again
from portal.enterprises.actions import contacts as actions
from portal.enterprises.actions.contact_codes import enter_code
from portal.enterprises.forms.presence import AnswerForm, ContactCodeForm
from portal.enterprises.owner_views.frame import Answer
from portal.enterprises.queries import presence as queries
from portal.enterprises.terms.presence import ContactState
from portal.errors import NotFound, Refused

contact_links = Blueprint("enterprises_contact", __name__, url_prefix="/contacts")
BY_CODE = "by-code"  # stands in an address for the link whose code this browser has entered
ENTERED = "contact"  # where the session keeps that link's digest


@contact_links.route("/code", methods=["GET", "POST"])
def code() -> Answer:
    """Take number and code from an SMS; then what a link shows."""
    form = ContactCodeForm()
    if request.method == "GET":
        return render_template("enterprises/contact_code.html", form=form)
    if not form.validate():
        return shown_again("enterprises/contact_code.html", form)
    try:
        session[ENTERED] = enter_code(form.phone.data, form.code.data, origin())
    except Refused as refusal:
        return shown_again("enterprises/contact_code.html", form, refusal)
    return redirect(url_for("enterprises_contact.decision", token=BY_CODE), 303)


def digest_for(token: str) -> str:
    """Return the digest of a link, or of the one whose code was entered here."""
    return session.get(ENTERED, "") if token == BY_CODE else digest_of(token)


@contact_links.get("/<token>")
def decision(token: str) -> Answer:
    """Say exactly what would be public and where; offer to agree, decline or withdraw."""
    return shown(token, AnswerForm())


def shown(token: str, form: AnswerForm, status: int = 200) -> Answer:
    """Return the page of a link, or a page that says that it is spent."""
    try:
        contact = queries.get_by_digest(digest_for(token))
    except NotFound:
        return render_template("enterprises/contact_spent.html"), 404
    page = render_template(
        "enterprises/contact_decision.html",
        contact=contact,
        token=token,
        form=form,
        agreed=contact.state == ContactState.CONFIRMED,
    )
    return page, status


@contact_links.post("/<token>/agree")
def agree(token: str) -> Answer:
    """Make the contact public, as its person decided."""
    form = AnswerForm()
    if not form.validate():
        return shown(token, form, 422)
    try:
        contact = actions.confirm_contact(digest_for(token))
    except NotFound:
        return render_template("enterprises/contact_spent.html"), 404
    except Refused as refusal:
        form.refuse(refusal)
        return shown(token, form, 422)
    session.pop(ENTERED, None)
    return render_template("enterprises/contact_answered.html", agreed=True, contact=contact)


@contact_links.post("/<token>/take-back")
def take_back(token: str) -> Answer:
    """Decline, or withdraw what was agreed to."""
    form = AnswerForm()
    if not form.validate():
        return shown(token, form, 422)
    try:
        contact = actions.take_back(digest_for(token))
    except NotFound:
        return render_template("enterprises/contact_spent.html"), 404
    session.pop(ENTERED, None)
    return render_template("enterprises/contact_answered.html", agreed=False, contact=contact)

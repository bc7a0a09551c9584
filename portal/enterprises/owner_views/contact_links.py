"""Where the link of a named contact leads: the person's own decision, without an account."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.enterprises.actions import contacts as actions
from portal.enterprises.forms.presence import AnswerForm
from portal.enterprises.owner_views.frame import Answer
from portal.enterprises.queries import presence as queries
from portal.enterprises.terms.presence import ContactState
from portal.errors import NotFound, Refused

contact_links = Blueprint("enterprises_contact", __name__, url_prefix="/contacts")


@contact_links.get("/<token>")
def decision(token: str) -> Answer:
    """Say exactly what would be public and where; offer to agree, decline or withdraw."""
    return shown(token, AnswerForm())


def shown(token: str, form: AnswerForm, status: int = 200) -> Answer:
    """Return the page of a link, or a page that says that it is spent."""
    try:
        contact = queries.get_by_token(token)
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
        contact = actions.confirm_contact(token)
    except NotFound:
        return render_template("enterprises/contact_spent.html"), 404
    except Refused as refusal:
        form.refuse(refusal)
        return shown(token, form, 422)
    return render_template("enterprises/contact_answered.html", agreed=True, contact=contact)


@contact_links.post("/<token>/take-back")
def take_back(token: str) -> Answer:
    """Decline, or withdraw what was agreed to."""
    form = AnswerForm()
    if not form.validate():
        return shown(token, form, 422)
    try:
        contact = actions.take_back(token)
    except NotFound:
        return render_template("enterprises/contact_spent.html"), 404
    return render_template("enterprises/contact_answered.html", agreed=False, contact=contact)

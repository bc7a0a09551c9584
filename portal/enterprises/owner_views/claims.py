"""Asking to act for an enterprise that is on record, and an owner's decision on it."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person, signed_in
from portal.enterprises.actions import claims as actions
from portal.enterprises.actions.claim_letters import letter_of
from portal.enterprises.forms.claims import ClaimDecisionForm, ClaimForm
from portal.enterprises.models import Claim, Enterprise
from portal.enterprises.owner_views.access import get_for, role_in
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.owner_views.members import members_url
from portal.enterprises.queries import claims as queries
from portal.enterprises.queries.records import find_taken
from portal.enterprises.rules.roles import Doing
from portal.enterprises.terms.record import Role
from portal.errors import NotFound, Refused
from portal.web.uploads import takes_files


@blueprint.route("/claims/<uscc>", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def claim(uscc: str) -> Answer:
    """Ask to act for an enterprise on record; its name is shown only if it is public."""
    enterprise = find_taken(uscc)
    if enterprise is None:
        raise NotFound
    form = ClaimForm()
    if request.method == "GET" or queries.find_open_claim(person(), enterprise.id) is not None:
        return shown_claim(enterprise, form)
    if not form.validate():
        return shown_claim(enterprise, form, 422)
    try:
        send_claim(enterprise, form)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_claim(enterprise, form, 422)
    return redirect(request.path, 303)


@blueprint.post("/claims/<uscc>/withdraw")
@signed_in
def withdraw_claim(uscc: str) -> Answer:
    """Take back one's own request that nobody has decided."""
    enterprise = find_taken(uscc)
    if enterprise is None:
        raise NotFound
    made = queries.find_open_claim(person(), enterprise.id)
    try:
        if made is None:
            raise Refused(_("There is no undecided request to take back"))
        actions.withdraw(person(), made)
        flash(_("Your request is taken back and its letter is deleted"), "good")
    except Refused as refusal:
        flash(refusal.message, "warn")
    return redirect(url_for("enterprises_owner.claim", uscc=uscc), 303)


def send_claim(enterprise: Enterprise, form: ClaimForm) -> None:
    """Receive the letter and make the request."""
    folder, sent = current_app.config["FILES"], form.letter.data
    with files.receiving(folder, sent.stream, sent.filename, field="letter") as received:
        actions.claim(person(), enterprise, form.statement.data, received)


def shown_claim(enterprise: Enterprise, form: ClaimForm, status: int = 200) -> Answer:
    """Return the page of a request; it says nothing about members or who decides."""
    page = render_template(
        "enterprises/claim.html",
        enterprise=enterprise,
        form=form,
        claim=queries.find_open_claim(person(), enterprise.id),
        member=role_in(enterprise.id) is not None,
    )
    return page, status


@blueprint.get("/<int:enterprise_id>/requests/<int:claim_id>")
@signed_in
def member_request(enterprise_id: int, claim_id: int) -> Answer:
    """Show a request to an owner, with the letter."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_claim_on(enterprise_id, claim_id)
    return shown_request(found, ClaimDecisionForm())


@blueprint.post("/<int:enterprise_id>/requests/<int:claim_id>/decide")
@signed_in
def decide_request(enterprise_id: int, claim_id: int) -> Answer:
    """Let the person in, or refuse."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_claim_on(enterprise_id, claim_id)
    form = ClaimDecisionForm()
    if not form.validate():
        return shown_request(found, form, 422)
    role = Role(form.role.data) if form.role.data else None
    try:
        accepted = form.accepted.data == "yes"
        actions.decide_as_owner(person(), found, accepted, role, form.ground.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_request(queries.get_claim_on(enterprise_id, claim_id), form, 422)
    flash(_("The request is decided, and the person is told"), "good")
    return redirect(members_url(enterprise_id), 303)


def shown_request(found: Claim, form: ClaimDecisionForm, status: int = 200) -> Answer:
    """Return an owner's page of a request."""
    page = render_template(
        "enterprises/member_request.html",
        enterprise=found.enterprise,
        claim=found,
        letter=letter_of(found),
        form=form,
        open=found.decided_at is None and found.with_bureau_since is None,
    )
    return page, status

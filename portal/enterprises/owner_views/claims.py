"""Asking to act for an enterprise that is on record."""

from __future__ import annotations

from flask import redirect, render_template, request

from portal.accounts.access import person, signed_in
from portal.enterprises.actions import claims as actions
from portal.enterprises.forms.claims import ClaimForm
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries.members import find_membership, find_open_claim
from portal.enterprises.queries.records import find_taken
from portal.errors import NotFound, Refused


@blueprint.route("/claims/<uscc>", methods=["GET", "POST"])
@signed_in
def claim(uscc: str) -> Answer:
    """Ask to act for an enterprise on record; its name is shown only if it is public."""
    enterprise = find_taken(uscc)
    if enterprise is None:
        raise NotFound
    form = ClaimForm()
    member = find_membership(person(), enterprise.id)
    made = find_open_claim(person(), enterprise.id)
    status = 200
    if request.method == "POST" and made is None:
        status = 422
        try:
            if form.validate():
                actions.claim(person(), enterprise, form.statement.data)
                return redirect(request.path, 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "enterprises/claim.html", enterprise=enterprise, form=form, claim=made, member=member
    )
    return page, status

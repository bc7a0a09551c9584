"""Deciding for the bureau on requests to act for an enterprise."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.casework import Matter
from portal.casework.queries import last_case
from portal.casework.reasons import reasons_for
from portal.casework.standing import standing_of
from portal.enterprises.actions import claims as actions
from portal.enterprises.actions import review
from portal.enterprises.actions.claim_letters import letter_of
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.forms.claims import ClaimDecisionForm
from portal.enterprises.models import Claim
from portal.enterprises.queries import claims as queries
from portal.enterprises.queries.members import count_members, count_owners
from portal.enterprises.terms.record import Role
from portal.errors import Refused


@blueprint.get("/claims/<int:claim_id>")
@officer(Right.REVIEW_ENTERPRISES)
def claim(claim_id: int) -> Answer:
    """Show a request to act for an enterprise."""
    return shown_claim(get_claim(claim_id), decision_form())


@blueprint.post("/claims/<int:claim_id>/decide")
@officer(Right.REVIEW_ENTERPRISES)
def decide_claim(claim_id: int) -> Answer:
    """Accept or refuse a request."""
    found = get_claim(claim_id)
    form = decision_form()
    if not form.validate():
        return shown_claim(found, form, 422)
    role = Role(form.role.data) if form.role.data else None
    try:
        accepted = form.accepted.data == "yes"
        actions.decide_as_officer(person(), found, accepted, role, form.worded(form.ground.data))
    except Refused as refusal:
        form.refuse(refusal)
        return shown_claim(get_claim(claim_id), form, 422)
    flash(_("The request is decided, and the person is told"), "good")
    return redirect(url_for("desk.worklist"), 303)


def decision_form() -> ClaimDecisionForm:
    """Return the decision's form with the common sentences."""
    form = ClaimDecisionForm()
    form.offer_common(reasons_for(Matter.CLAIM).get("", []))
    return form


def get_claim(claim_id: int) -> Claim:
    """Return a claim the officer may decide on; raises NotFound, NotAllowed."""
    found = queries.get_claim(claim_id)
    review.check_reviewer(person(), found.enterprise)
    return found


def shown_claim(found: Claim, form: ClaimDecisionForm, status: int = 200) -> Answer:
    """Return the page of a request; the letter is for officers once the bureau decides."""
    case = last_case(Matter.CLAIM, Claim.__tablename__, found.id)
    page = render_template(
        "enterprises/claim_review.html",
        claim=found,
        form=form,
        letter=letter_of(found) if found.with_bureau_since else None,
        members=count_members(found.enterprise_id),
        owners=count_owners(found.enterprise_id),
        case=case,
        standing=standing_of(person(), case) if case else None,
        waits_for_owner="" if found.with_bureau_since else actions.owner_words(found),
    )
    return page, status

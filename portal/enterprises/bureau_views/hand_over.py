"""Who acts for a record, and handing it over by a code in a letter."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.enterprises.actions import hand_over as actions
from portal.enterprises.actions import review
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.forms.hand_over import CodeDecisionForm
from portal.enterprises.models import Enterprise
from portal.enterprises.queries import recording as queries
from portal.enterprises.queries.members import count_members, count_owners
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.record import ORIGIN_NAMES, TAKES_THE_CODE, Origin
from portal.errors import NotFound, Refused
from portal.web.requests import public_url


@blueprint.get("/<int:enterprise_id>/hand-over")
@officer(Right.REVIEW_ENTERPRISES)
def hand_over(enterprise_id: int) -> Answer:
    """Show how many act for a record, and the codes issued for it."""
    return shown_hand_over(get_on_record(enterprise_id), CodeDecisionForm())


def get_on_record(enterprise_id: int) -> Enterprise:
    """Return a record the officer may hand over; raises NotFound, NotAllowed."""
    enterprise = get_enterprise(enterprise_id)
    if enterprise.state not in TAKES_THE_CODE:
        raise NotFound
    review.check_reviewer(person(), enterprise)
    return enterprise


def shown_hand_over(enterprise: Enterprise, form: CodeDecisionForm, status: int = 200) -> Answer:
    """Return the page; the code itself is never on it."""
    known = queries.find_open_code(enterprise.id)
    page = render_template(
        "enterprises/hand_over.html",
        enterprise=enterprise,
        form=form,
        origin=ORIGIN_NAMES[Origin(enterprise.origin)],
        members=count_members(enterprise.id),
        owners=count_owners(enterprise.id),
        code=known if known and known.expires_at > clock.now() else None,
        codes=queries.codes_of(enterprise.id),
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/hand-over/issue")
@officer(Right.REVIEW_ENTERPRISES)
def issue_code(enterprise_id: int) -> Answer:
    """Issue a code and show its letter, this once: sending the form again is refused."""
    enterprise = get_on_record(enterprise_id)
    form = CodeDecisionForm()
    try:
        code = actions.issue_code(person(), enterprise)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_hand_over(get_on_record(enterprise_id), form, 422)
    return render_template(
        "enterprises/hand_over_letter.html",
        enterprise=get_on_record(enterprise_id),
        code=code,
        issued=queries.codes_of(enterprise_id)[0],
        address=public_url(url_for("enterprises_owner.hand_over")),
    )


@blueprint.post("/<int:enterprise_id>/hand-over/void")
@officer(Right.REVIEW_ENTERPRISES)
def void_code(enterprise_id: int) -> Answer:
    """Make the open code useless."""
    enterprise = get_on_record(enterprise_id)
    form = CodeDecisionForm()
    try:
        actions.void_code(person(), enterprise)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_hand_over(get_on_record(enterprise_id), form, 422)
    flash(_("The code is voided: the letter is worthless now"), "good")
    return redirect(url_for("enterprises_bureau.hand_over", enterprise_id=enterprise_id), 303)

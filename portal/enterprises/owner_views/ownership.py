"""Offering the ownership of a record to another member, and answering the offer."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template
from flask_babel import gettext as _

from portal import city
from portal.accounts.access import person, signed_in
from portal.accounts.models import Person
from portal.enterprises.actions import ownership as actions
from portal.enterprises.forms.invitations import AnswerForm
from portal.enterprises.models import Membership, OwnershipOffer
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.owner_views.members import members_url
from portal.enterprises.queries import invitations as queries
from portal.enterprises.queries.members import get_member
from portal.enterprises.rules.roles import Doing
from portal.errors import NotFound, Refused


@blueprint.get("/<int:enterprise_id>/members/<int:membership_id>/ownership")
@signed_in
def ownership(enterprise_id: int, membership_id: int) -> Answer:
    """Ask before the ownership is offered, saying what follows."""
    get_for(enterprise_id, Doing.MANAGE)
    return shown_ownership(get_member(enterprise_id, membership_id), AnswerForm())


def shown_ownership(found: Membership, form: AnswerForm, status: int = 200) -> Answer:
    """Return the page that asks before offering."""
    page = render_template(
        "enterprises/ownership.html",
        enterprise=found.enterprise,
        member=found,
        form=form,
        days=city.joining().ownership_offer_days,
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/members/<int:membership_id>/offer-ownership")
@signed_in
def offer_ownership(enterprise_id: int, membership_id: int) -> Answer:
    """Offer the ownership to a member."""
    get_for(enterprise_id, Doing.MANAGE)
    found = get_member(enterprise_id, membership_id)
    form = AnswerForm()
    try:
        actions.offer(person(), found)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_ownership(get_member(enterprise_id, membership_id), form, 422)
    flash(_("The ownership is offered, and the member is told"), "good")
    return redirect(members_url(enterprise_id), 303)


@blueprint.get("/<int:enterprise_id>/ownership-offers/<int:offer_id>")
@signed_in
def ownership_offer(enterprise_id: int, offer_id: int) -> Answer:
    """Show an offer to the two it concerns."""
    get_for(enterprise_id, Doing.READ)
    return shown_offer(get_offer(enterprise_id, offer_id), AnswerForm())


def get_offer(enterprise_id: int, offer_id: int) -> OwnershipOffer:
    """Return an offer the person gave or got; raises NotFound."""
    found = queries.get_offer(enterprise_id, offer_id)
    if person().id not in (found.from_id, found.to_id):
        raise NotFound
    return found


def shown_offer(found: OwnershipOffer, form: AnswerForm, status: int = 200) -> Answer:
    """Return the page of an offer."""
    page = render_template(
        "enterprises/ownership_offer.html",
        enterprise=found.enterprise,
        offer=found,
        form=form,
        is_open=actions.is_open(found),
        is_taker=found.to_id == person().id,
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/ownership-offers/<int:offer_id>/accept")
@signed_in
def accept_ownership(enterprise_id: int, offer_id: int) -> Answer:
    """Become the owner."""
    words = _("You are now the owner of the enterprise's record; both sides are told")
    return answer(enterprise_id, offer_id, actions.accept, words)


@blueprint.post("/<int:enterprise_id>/ownership-offers/<int:offer_id>/decline")
@signed_in
def decline_ownership(enterprise_id: int, offer_id: int) -> Answer:
    """Say no to an offer."""
    words = _("The offer is declined, and the owner is told")
    return answer(enterprise_id, offer_id, actions.decline, words)


@blueprint.post("/<int:enterprise_id>/ownership-offers/<int:offer_id>/withdraw")
@signed_in
def withdraw_ownership(enterprise_id: int, offer_id: int) -> Answer:
    """Take one's offer back."""
    words = _("The offer is withdrawn, and the member is told")
    return answer(enterprise_id, offer_id, actions.withdraw, words)


def answer(
    enterprise_id: int,
    offer_id: int,
    act: Callable[[Person, OwnershipOffer], None],
    words: str,
) -> Answer:
    """Do one thing with an offer and return to the members, or show why it was refused."""
    get_for(enterprise_id, Doing.READ)
    found = get_offer(enterprise_id, offer_id)
    form = AnswerForm()
    try:
        act(person(), found)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_offer(get_offer(enterprise_id, offer_id), form, 422)
    flash(words, "good")
    return redirect(members_url(enterprise_id), 303)

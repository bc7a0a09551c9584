"""Inviting people to act for an enterprise, and the page an invitation leads to."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal import city, clock
from portal.accounts.access import person, signed_in
from portal.accounts.keys import digest_of
from portal.audit import SYSTEM
from portal.enterprises.actions import invitations as actions
from portal.enterprises.forms.invitations import AnswerForm, InvitationForm
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import get_for, role_in
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.owner_views.members import members_url
from portal.enterprises.queries import invitations as queries
from portal.enterprises.rules.joining import spent_words
from portal.enterprises.rules.roles import ROLE_DUTIES, Doing
from portal.enterprises.terms.record import Role
from portal.errors import Refused


@blueprint.get("/<int:enterprise_id>/invitation")
@signed_in
def invitation(enterprise_id: int) -> Answer:
    """Show the form to invite somebody."""
    return shown_invitation(get_for(enterprise_id, Doing.MANAGE), InvitationForm())


def shown_invitation(enterprise: Enterprise, form: InvitationForm, status: int = 200) -> Answer:
    """Return the page with the form."""
    page = render_template(
        "enterprises/invitation.html",
        enterprise=enterprise,
        form=form,
        days=city.joining().invitation_days,
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/invite")
@signed_in
def invite(enterprise_id: int) -> Answer:
    """Invite somebody by mail or SMS."""
    enterprise = get_for(enterprise_id, Doing.MANAGE)
    form = InvitationForm()
    if not form.validate():
        return shown_invitation(enterprise, form, 422)
    try:
        actions.invite(person(), enterprise, form.address.data, Role(form.role.data))
    except Refused as refusal:
        form.refuse(refusal)
        return shown_invitation(get_for(enterprise_id, Doing.MANAGE), form, 422)
    flash(_("The invitation is on its way"), "good")
    return redirect(members_url(enterprise_id), 303)


@blueprint.post("/<int:enterprise_id>/invitations/<int:invitation_id>/invite-again")
@signed_in
def invite_again(enterprise_id: int, invitation_id: int) -> Answer:
    """Send an invitation again with a new link."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_invitation(enterprise_id, invitation_id)
    try:
        actions.invite_again(person(), found)
        flash(_("The invitation is sent again; the old link no longer works"), "good")
    except Refused as refusal:
        flash(refusal.message, "bad")
    return redirect(members_url(enterprise_id), 303)


@blueprint.post("/<int:enterprise_id>/invitations/<int:invitation_id>/withdraw")
@signed_in
def withdraw_invitation(enterprise_id: int, invitation_id: int) -> Answer:
    """Take an invitation back."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_invitation(enterprise_id, invitation_id)
    try:
        actions.withdraw(person(), found)
        flash(_("The invitation is withdrawn; its link no longer works"), "good")
    except Refused as refusal:
        flash(refusal.message, "bad")
    return redirect(members_url(enterprise_id), 303)


@blueprint.get("/invitations/<token>")
def invited(token: str) -> Answer:
    """Say who invites to what, to whoever holds the link; signing in comes after that."""
    return shown_invited(token, AnswerForm())


def shown_invited(token: str, form: AnswerForm, status: int = 200) -> Answer:
    """Return the page of an invitation, or why it can no longer be accepted."""
    found = queries.get_invited(digest_of(token))
    here = url_for("enterprises_owner.invited", token=token)
    role = role_in(found.enterprise_id) if current_user.is_authenticated else None
    page = render_template(
        "enterprises/invited.html",
        invitation=found,
        form=form,
        token=token,
        duty=ROLE_DUTIES[Role(found.role)],
        spent=spent_words(found.outcome, found.ended_at, found.expires_at, clock.now()),
        is_member=role is not None,
        sign_in_url=url_for("accounts.sign_in", next=here),
    )
    return page, status


@blueprint.post("/invitations/<token>/decline")
def decline_invitation(token: str) -> Answer:
    """Turn an invitation down; nobody needs an account for that."""
    form = AnswerForm()
    try:
        if not form.validate():
            return shown_invited(token, form, 422)
        actions.decline(person() if current_user.is_authenticated else SYSTEM, token)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_invited(token, form, 422)
    return render_template("enterprises/invitation_declined.html")


@blueprint.post("/invitations/<token>/accept")
@signed_in
def accept_invitation(token: str) -> Answer:
    """Become a member of the enterprise the link is about."""
    form = AnswerForm()
    try:
        membership = actions.accept(person(), token)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_invited(token, form, 422)
    flash(_("You may now act for the enterprise"), "good")
    place = url_for("enterprises_owner.tasks", enterprise_id=membership.enterprise_id)
    return redirect(place, 303)

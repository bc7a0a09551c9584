"""The members of an enterprise: who they are, their roles, leaving and removing."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person, signed_in
from portal.enterprises.actions import members as actions
from portal.enterprises.forms.members import LeaveForm, RemovalForm, RoleForm
from portal.enterprises.models import Membership
from portal.enterprises.owner_views.access import get_for, role_in
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries import members as queries
from portal.enterprises.queries.claims import claims_before_owner
from portal.enterprises.queries.invitations import open_invitations, open_offers
from portal.enterprises.rules.roles import ROLE_NAMES, Doing, lost_with
from portal.enterprises.terms.record import Role
from portal.errors import ChangedSinceOpened, Refused
from portal.web.forms import VersionedForm


@blueprint.get("/<int:enterprise_id>/members")
@signed_in
def members(enterprise_id: int) -> Answer:
    """List who acts for the enterprise, with role and since when."""
    enterprise = get_for(enterprise_id, Doing.READ)
    return render_template(
        "enterprises/members.html",
        enterprise=enterprise,
        members=queries.members_of(enterprise.id),
        claims=claims_before_owner(enterprise.id),
        invitations=open_invitations(enterprise.id),
        offers=open_offers(enterprise.id, clock.now()),
        now=clock.now(),
        role_names=ROLE_NAMES,
        me=person().id,
    )


@blueprint.get("/<int:enterprise_id>/members/<int:membership_id>")
@signed_in
def member(enterprise_id: int, membership_id: int) -> Answer:
    """Show one member with the form to change the role."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_member(enterprise_id, membership_id)
    return shown_member(found, RoleForm(data={"role": found.role, "version": found.version}))


def shown_member(found: Membership, form: RoleForm, status: int = 200) -> Answer:
    """Return a member's page."""
    page = render_template(
        "enterprises/member.html",
        enterprise=found.enterprise,
        member=found,
        form=form,
        role_names=ROLE_NAMES,
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/members/<int:membership_id>/change-role")
@signed_in
def change_role(enterprise_id: int, membership_id: int) -> Answer:
    """Give a member another role."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_member(enterprise_id, membership_id)
    form = RoleForm()
    if not form.validate():
        return shown_member(found, form, 422)
    try:
        actions.change_role(person(), found, Role(form.role.data), form.version.data)
    except Refused as refusal:
        found = queries.get_member(enterprise_id, membership_id)
        renew(form, refusal, found.version)
        return shown_member(found, form, 422)
    flash(_("The role is changed, and the member is told"), "good")
    return redirect(members_url(enterprise_id), 303)


def renew(form: VersionedForm, refusal: Refused, version: int) -> None:
    """Show a refusal; an out-of-date form takes the present version, so that it can be sent."""
    form.refuse(refusal)
    if isinstance(refusal, ChangedSinceOpened):
        form.version.raw_data = None
        form.version.data = version


@blueprint.get("/<int:enterprise_id>/members/<int:membership_id>/removal")
@signed_in
def removal(enterprise_id: int, membership_id: int) -> Answer:
    """Ask before a member is removed, saying what the person loses."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_member(enterprise_id, membership_id)
    return shown_removal(found, RemovalForm(data={"version": found.version}))


def shown_removal(found: Membership, form: RemovalForm, status: int = 200) -> Answer:
    """Return the page that asks before removing."""
    page = render_template(
        "enterprises/removal.html",
        enterprise=found.enterprise,
        member=found,
        form=form,
        lost=lost_with(found.role),
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/members/<int:membership_id>/remove")
@signed_in
def remove_member(enterprise_id: int, membership_id: int) -> Answer:
    """End a membership."""
    get_for(enterprise_id, Doing.MANAGE)
    found = queries.get_member(enterprise_id, membership_id)
    form = RemovalForm()
    if not form.validate():
        return shown_removal(found, form, 422)
    try:
        actions.remove(person(), found, form.version.data)
    except Refused as refusal:
        found = queries.get_member(enterprise_id, membership_id)
        renew(form, refusal, found.version)
        return shown_removal(found, form, 422)
    flash(_("The member is removed and told"), "good")
    return redirect(members_url(enterprise_id), 303)


@blueprint.get("/<int:enterprise_id>/leaving")
@signed_in
def leaving(enterprise_id: int) -> Answer:
    """Ask before somebody leaves, saying what they lose."""
    return shown_leaving(enterprise_id, LeaveForm())


def shown_leaving(enterprise_id: int, form: LeaveForm, status: int = 200) -> Answer:
    """Return the page that asks before leaving."""
    page = render_template(
        "enterprises/leaving.html",
        enterprise=get_for(enterprise_id, Doing.READ),
        form=form,
        lost=lost_with(role_in(enterprise_id) or Role.VIEWER),
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/leave")
@signed_in
def leave(enterprise_id: int) -> Answer:
    """End one's own membership."""
    enterprise = get_for(enterprise_id, Doing.READ)
    form = LeaveForm()
    if not form.validate():
        return shown_leaving(enterprise_id, form, 422)
    try:
        actions.leave(person(), enterprise)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_leaving(enterprise_id, form, 422)
    flash(_("You have left the enterprise"), "good")
    return redirect(url_for("desk.home"), 303)


def members_url(enterprise_id: int) -> str:
    """Return the address of the members' page."""
    return url_for("enterprises_owner.members", enterprise_id=enterprise_id)

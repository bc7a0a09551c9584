"""A member's places, and what the enterprise makes and needs."""

from __future__ import annotations

from portal.accounts.access import signed_in
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.figures import may_edit
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.rules.roles import Doing
from portal.enterprises.views import presence as pages

OWNER = pages.Side("enterprises_owner", "layouts/owner.html", "enterprises/presence.html", may_edit)


@blueprint.get("/<int:enterprise_id>/presence")
@signed_in
def presence(enterprise_id: int) -> Answer:
    """Show places, what is made and needed, and named contacts."""
    return pages.shown(OWNER, get_for(enterprise_id, Doing.READ))


@blueprint.route("/<int:enterprise_id>/sites/add", methods=["GET", "POST"])
@signed_in
def add_site(enterprise_id: int) -> Answer:
    """Add a place."""
    return pages.add_site(OWNER, get_for(enterprise_id, Doing.EDIT))


@blueprint.route("/<int:enterprise_id>/sites/<int:site_id>/edit", methods=["GET", "POST"])
@signed_in
def edit_site(enterprise_id: int, site_id: int) -> Answer:
    """Correct a place."""
    return pages.edit_site(OWNER, get_for(enterprise_id, Doing.EDIT), site_id)


@blueprint.post("/<int:enterprise_id>/sites/<int:site_id>/end")
@signed_in
def end_site(enterprise_id: int, site_id: int) -> Answer:
    """Take a place from the record."""
    return pages.end_site(OWNER, get_for(enterprise_id, Doing.EDIT), site_id)


@blueprint.route("/<int:enterprise_id>/items/add", methods=["GET", "POST"])
@signed_in
def add_item(enterprise_id: int) -> Answer:
    """Add something made or needed."""
    return pages.add_item(OWNER, get_for(enterprise_id, Doing.EDIT))


@blueprint.route("/<int:enterprise_id>/items/<int:item_id>/edit", methods=["GET", "POST"])
@signed_in
def edit_item(enterprise_id: int, item_id: int) -> Answer:
    """Correct something made or needed."""
    return pages.edit_item(OWNER, get_for(enterprise_id, Doing.EDIT), item_id)


@blueprint.post("/<int:enterprise_id>/items/<int:item_id>/end")
@signed_in
def end_item(enterprise_id: int, item_id: int) -> Answer:
    """Take something made or needed from the record."""
    return pages.end_item(OWNER, get_for(enterprise_id, Doing.EDIT), item_id)

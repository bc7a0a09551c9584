"""An officer's page of a record's places, and of what the enterprise makes and needs."""

from __future__ import annotations

from portal.accounts.access import officer
from portal.accounts.terms import Right
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.bureau_views.review import get_reviewable
from portal.enterprises.models import Enterprise
from portal.enterprises.rules.states import CLOSED
from portal.enterprises.views import presence as pages


def may_edit(enterprise: Enterprise) -> bool:
    """Say whether an officer who may see a record may edit this part of it now."""
    return enterprise.state not in CLOSED


OFFICER = pages.Side(
    "enterprises_bureau", "layouts/bureau.html", "enterprises/bureau_presence.html", may_edit
)


@blueprint.get("/<int:enterprise_id>/presence")
@officer(Right.REVIEW_ENTERPRISES)
def presence(enterprise_id: int) -> Answer:
    """Show places, and what is made and needed."""
    return pages.shown(OFFICER, get_reviewable(enterprise_id))


@blueprint.route("/<int:enterprise_id>/sites/add", methods=["GET", "POST"])
@officer(Right.REVIEW_ENTERPRISES)
def add_site(enterprise_id: int) -> Answer:
    """Add a place."""
    return pages.add_site(OFFICER, get_reviewable(enterprise_id))


@blueprint.route("/<int:enterprise_id>/sites/<int:site_id>/edit", methods=["GET", "POST"])
@officer(Right.REVIEW_ENTERPRISES)
def edit_site(enterprise_id: int, site_id: int) -> Answer:
    """Correct a place."""
    return pages.edit_site(OFFICER, get_reviewable(enterprise_id), site_id)


@blueprint.post("/<int:enterprise_id>/sites/<int:site_id>/end")
@officer(Right.REVIEW_ENTERPRISES)
def end_site(enterprise_id: int, site_id: int) -> Answer:
    """Take a place from the record."""
    return pages.end_site(OFFICER, get_reviewable(enterprise_id), site_id)


@blueprint.route("/<int:enterprise_id>/items/add", methods=["GET", "POST"])
@officer(Right.REVIEW_ENTERPRISES)
def add_item(enterprise_id: int) -> Answer:
    """Add something made or needed."""
    return pages.add_item(OFFICER, get_reviewable(enterprise_id))


@blueprint.route("/<int:enterprise_id>/items/<int:item_id>/edit", methods=["GET", "POST"])
@officer(Right.REVIEW_ENTERPRISES)
def edit_item(enterprise_id: int, item_id: int) -> Answer:
    """Correct something made or needed."""
    return pages.edit_item(OFFICER, get_reviewable(enterprise_id), item_id)


@blueprint.post("/<int:enterprise_id>/items/<int:item_id>/end")
@officer(Right.REVIEW_ENTERPRISES)
def end_item(enterprise_id: int, item_id: int) -> Answer:
    """Take something made or needed from the record."""
    return pages.end_item(OFFICER, get_reviewable(enterprise_id), item_id)

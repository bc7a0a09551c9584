"""What happened to a record, for its members."""

from __future__ import annotations

from flask import render_template

from portal.accounts.access import signed_in
from portal.audit import trail_of
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.rules.roles import Doing


@blueprint.get("/<int:enterprise_id>/trail")
@signed_in
def trail(enterprise_id: int) -> Answer:
    """Show what happened to the record; officers appear as their office."""
    enterprise = get_for(enterprise_id, Doing.READ)
    return render_template(
        "enterprises/trail.html",
        enterprise=enterprise,
        events=trail_of("enterprise", enterprise_id),
    )

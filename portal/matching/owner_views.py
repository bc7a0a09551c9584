"""What may belong together, for those it concerns: publishers and members."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.accounts.access import person, signed_in
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.places import places_of
from portal.enterprises.rules.roles import Doing
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.errors import NotFound
from portal.lists.owner_views.frame import entry_url
from portal.lists.queries.own import get_own_entry
from portal.lists.terms.kinds import Kind
from portal.matching.suggesting import enterprises_for, opportunities_for
from portal.matching.words import reason_words

blueprint = Blueprint("matching_owner", __name__, url_prefix="/my")


@blueprint.get("/entries/<int:entry_id>/enterprises")
@signed_in
def entry_enterprises(entry_id: int) -> str:
    """Show the publisher of an opportunity which enterprises may take it up, and why."""
    found = get_own_entry(person(), entry_id)
    if found.subtype.kind != Kind.OPPORTUNITY:
        raise NotFound
    return render_template(
        "matching/entry_enterprises.html",
        entry=found,
        layout="layouts/owner.html" if found.enterprise_id else "layouts/bureau.html",
        back=entry_url(found.id),
        suggested=enterprises_for(found),
        reason_words=reason_words,
    )


@blueprint.get("/enterprises/<int:enterprise_id>/opportunities")
@signed_in
def opportunities(enterprise_id: int) -> str:
    """Show an enterprise's members which open opportunities it may take up, and why."""
    enterprise = get_for(enterprise_id, Doing.READ)
    if enterprise.state not in IN_THE_REGISTRY:
        raise NotFound
    return render_template(
        "matching/opportunities.html",
        enterprise=enterprise,
        places=places_of(enterprise),
        suggested=opportunities_for(enterprise),
        reason_words=reason_words,
    )

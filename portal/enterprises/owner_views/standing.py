"""A member's page of the record's standing: its states, and the answer to what is asked for."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.enterprises.actions import standing as actions
from portal.enterprises.forms.standing import StatementForm
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries import standing as queries
from portal.enterprises.rules.roles import Doing
from portal.enterprises.rules.states import WITH_PERIODS
from portal.enterprises.terms.record import STATE_NAMES
from portal.enterprises.terms.standing import ACT_NAMES, KIND_NAMES, OUTCOME_NAMES
from portal.errors import NotFound, Refused


@blueprint.get("/<int:enterprise_id>/standing")
@signed_in
def standing(enterprise_id: int) -> Answer:
    """Show where the record stood since when, and what is asked for now."""
    return shown_standing(get_record(enterprise_id), StatementForm())


@blueprint.post("/<int:enterprise_id>/standing/answer")
@signed_in
def answer_standing(enterprise_id: int) -> Answer:
    """Send the enterprise's statement on what is asked for."""
    enterprise = get_record(enterprise_id, Doing.EDIT)
    asked, form = queries.find_open(enterprise_id), StatementForm()
    if not form.validate():
        return shown_standing(enterprise, form, 422)
    try:
        if asked is None:
            raise Refused(_("This has been decided already: open the record to see how"))
        actions.state(person(), asked, form.statement.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_standing(get_record(enterprise_id), form, 422)
    flash(_("The statement is with the officers"), "good")
    return redirect(url_for("enterprises_owner.standing", enterprise_id=enterprise_id), 303)


def get_record(enterprise_id: int, doing: Doing = Doing.READ) -> Enterprise:
    """Return the member's record once it was ever in the registry; raises NotFound."""
    enterprise = get_for(enterprise_id, doing)
    if enterprise.state not in WITH_PERIODS:
        raise NotFound
    return enterprise


def shown_standing(enterprise: Enterprise, form: StatementForm, status: int = 200) -> Answer:
    """Return the page."""
    page = render_template(
        "enterprises/own_standing.html",
        enterprise=enterprise,
        form=form,
        open=queries.find_open(enterprise.id),
        requests=queries.requests_of(enterprise.id),
        periods=queries.periods_of(enterprise.id),
        act_names=ACT_NAMES,
        kind_names=KIND_NAMES,
        outcome_names=OUTCOME_NAMES,
        state_names=STATE_NAMES,
    )
    return page, status

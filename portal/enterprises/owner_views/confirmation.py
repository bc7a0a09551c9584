"""The yearly question whether everything is still true."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.enterprises.actions import confirmation as actions
from portal.enterprises.forms.confirmation import ConfirmationForm
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.owner_views.registration import shown_groups, tasks_url
from portal.enterprises.rules import states as state_rules
from portal.enterprises.rules.roles import Doing
from portal.enterprises.terms.record import STATE_NAMES, STEP_NAMES, Step
from portal.errors import NotFound, Refused


@blueprint.get("/<int:enterprise_id>/confirmation")
@signed_in
def confirmation(enterprise_id: int) -> Answer:
    """Show every fact with the way to change it, and the one act that confirms them all."""
    enterprise = get_confirmable(enterprise_id)
    return shown_confirmation(enterprise, ConfirmationForm(data={"version": enterprise.version}))


@blueprint.post("/<int:enterprise_id>/confirmation/confirm")
@signed_in
def confirm(enterprise_id: int) -> Answer:
    """Confirm that everything is still true."""
    enterprise = get_confirmable(enterprise_id, Doing.EDIT)
    form = ConfirmationForm()
    if not form.validate():
        return shown_confirmation(enterprise, form, 422)
    try:
        actions.confirm(person(), enterprise, form.version.data)
    except Refused as refusal:
        enterprise = get_confirmable(enterprise_id)
        again = ConfirmationForm(formdata=None, data={"version": enterprise.version})
        again.refuse(refusal)
        return shown_confirmation(enterprise, again, 422)
    flash(_("Thank you: the record is confirmed for the coming year"), "good")
    return redirect(tasks_url(enterprise_id), 303)


def get_confirmable(enterprise_id: int, doing: Doing = Doing.READ) -> Enterprise:
    """Return the member's record once it was ever in the registry; raises NotFound, NotAllowed."""
    enterprise = get_for(enterprise_id, doing)
    if enterprise.state not in state_rules.WITH_PERIODS:
        raise NotFound
    return enterprise


def shown_confirmation(enterprise: Enterprise, form: ConfirmationForm, status: int = 200) -> Answer:
    """Return the page."""
    page = render_template(
        "enterprises/confirmation.html",
        enterprise=enterprise,
        form=form,
        open=enterprise.state in state_rules.IN_THE_REGISTRY,
        groups=shown_groups(enterprise),
        change_urls={step: change_url(enterprise, step) for step in Step},
        step_names=STEP_NAMES,
        state_names=STATE_NAMES,
    )
    return page, status


def change_url(enterprise: Enterprise, step: Step) -> str:
    """Return where a fact of a step is changed: edited, or reported when it is locked."""
    if step not in state_rules.OPEN_STEPS:
        return url_for("enterprises_owner.report_change", enterprise_id=enterprise.id)
    return url_for("enterprises_owner.edit_step", enterprise_id=enterprise.id, step=step)

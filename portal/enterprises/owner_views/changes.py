"""A member's pages of changes: what was reported, until when, and the report itself."""

from __future__ import annotations

from contextlib import nullcontext

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import person, signed_in
from portal.enterprises.actions import changes as actions
from portal.enterprises.filling.changes import compared, report_form, report_of
from portal.enterprises.forms.changes import ChangeWithdrawalForm, ReportForm
from portal.enterprises.models import ChangeRequest, Enterprise
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries import changes as queries
from portal.enterprises.rules.changes import REPORTED
from portal.enterprises.rules.roles import Doing
from portal.enterprises.rules.states import IN_THE_REGISTRY, WITH_PERIODS
from portal.enterprises.terms.changes import (
    CHANGE_STATE_NAMES,
    ITEM_NAMES,
    REASON_NAMES,
    ChangeState,
)
from portal.errors import NotFound, Refused
from portal.web.filters import in_language
from portal.web.uploads import takes_files


@blueprint.get("/<int:enterprise_id>/changes")
@signed_in
def changes(enterprise_id: int) -> Answer:
    """Show what was reported and what is to be reported by when."""
    enterprise = get_record(enterprise_id, Doing.READ)
    reports = queries.changes_of(enterprise.id)
    return render_template(
        "enterprises/changes.html",
        enterprise=enterprise,
        reports=[(change, compared(change, in_language)) for change in reports],
        open=queries.find_open_change(enterprise.id),
        may_report=enterprise.state in IN_THE_REGISTRY,
        withdrawal=ChangeWithdrawalForm(),
        today=clock.today(),
        field_names=ITEM_NAMES,
        reason_names=REASON_NAMES,
        state_names=CHANGE_STATE_NAMES,
    )


@blueprint.get("/<int:enterprise_id>/changes/report")
@signed_in
def report_change(enterprise_id: int) -> Answer:
    """Show the report of a change, with the reasons of a return at their fields."""
    enterprise = get_record(enterprise_id, Doing.EDIT)
    change = queries.find_open_change(enterprise.id)
    form = report_form(enterprise, change, in_language)
    for name, why in (change.reasons if change else {}).items():
        form[name].errors = [why]
    return shown_report(enterprise, change, form)


@blueprint.post("/<int:enterprise_id>/changes/send")
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def send_change(enterprise_id: int) -> Answer:
    """Report the change with its evidence, or keep it to be reported later."""
    enterprise = get_record(enterprise_id, Doing.EDIT)
    change = queries.find_open_change(enterprise.id)
    form = report_form(enterprise, change, in_language)
    if not form.validate():
        return shown_report(enterprise, change, form, 422)
    try:
        keep_report(enterprise, form)
    except Refused as refusal:
        form.refuse(refusal)
        enterprise = get_record(enterprise_id, Doing.EDIT)
        return shown_report(enterprise, queries.find_open_change(enterprise.id), form, 422)
    return redirect(url_for("enterprises_owner.changes", enterprise_id=enterprise_id), 303)


def keep_report(enterprise: Enterprise, form: ReportForm) -> None:
    """Do what the pressed button asks for; raises Refused."""
    version, told = form.version.data, report_of(form)
    upload = form.evidence.data
    folder = current_app.config["FILES"]
    taken = (
        files.receiving(folder, upload.stream, upload.filename, field="evidence")
        if upload
        else nullcontext()
    )
    with taken as received:
        if "later" in request.form:
            actions.note(person(), enterprise, version, told, received)
            flash(_("Kept: hand in the report with its evidence in time"), "good")
            return
        change = actions.report(person(), enterprise, version, told, received)
    flash(_("The change is with the bureau, number %(number)s", number=change.number), "good")


@blueprint.post("/<int:enterprise_id>/changes/withdraw")
@signed_in
def withdraw_change(enterprise_id: int) -> Answer:
    """Take back a report the bureau does not hold."""
    enterprise = get_record(enterprise_id, Doing.EDIT)
    change, form = queries.find_open_change(enterprise.id), ChangeWithdrawalForm()
    if change is None or not form.validate():
        flash(_("There is no report to take back"), "warn")
    else:
        try:
            actions.withdraw(person(), change, form.version.data)
            flash(_("The report is taken back"), "good")
        except Refused as refusal:
            flash(refusal.message, "warn")
    return redirect(url_for("enterprises_owner.changes", enterprise_id=enterprise_id), 303)


def get_record(enterprise_id: int, doing: Doing) -> Enterprise:
    """Return the member's record once it was ever in the registry; raises NotFound."""
    enterprise = get_for(enterprise_id, doing)
    if enterprise.state not in WITH_PERIODS:
        raise NotFound
    return enterprise


def shown_report(
    enterprise: Enterprise, change: ChangeRequest | None, form: ReportForm, status: int = 200
) -> Answer:
    """Return the page of the report."""
    page = render_template(
        "enterprises/report_change.html",
        enterprise=enterprise,
        change=change,
        form=form,
        waiting=change is not None and change.state == ChangeState.SUBMITTED,
        fields=REPORTED,
        field_names=ITEM_NAMES,
        evidence=queries.evidence_of(change) if change else [],
        may_report=enterprise.state in IN_THE_REGISTRY,
        today=clock.today(),
    )
    return page, status

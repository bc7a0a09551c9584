"""Entering a record in an enterprise's place: the same steps and checks as its own."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.enterprises import facts
from portal.enterprises.actions import recording as actions
from portal.enterprises.actions import registration
from portal.enterprises.actions.writers import check_recorder
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.filling import steps
from portal.enterprises.forms.registration import StartForm, StepForm, SubmitForm
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.registration import (
    get_step,
    open_reasons,
    say_cleaned,
    shown_groups,
    task_states,
)
from portal.enterprises.queries.members import count_members
from portal.enterprises.queries.recording import records_begun
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.rules import record as rules
from portal.enterprises.terms.record import STEP_NAMES, Origin, Step
from portal.errors import ChangedSinceOpened, NotFound, Refused
from portal.web.filters import in_language


@blueprint.get("/new")
@officer(Right.REVIEW_ENTERPRISES)
def new_record() -> Answer:
    """Explain entering a record for an enterprise, with those begun."""
    return shown_new(StartForm())


def shown_new(form: StartForm, status: int = 200) -> Answer:
    """Return the page from which a record is begun."""
    page = render_template("enterprises/new_record.html", form=form, begun=records_begun(person()))
    return page, status


@blueprint.post("/start")
@officer(Right.REVIEW_ENTERPRISES)
def start_record() -> Answer:
    """Open an empty record and go to its first step."""
    form = StartForm()
    try:
        enterprise = actions.start_record(person())
    except Refused as refusal:
        form.refuse(refusal)
        return shown_new(form, 422)
    return redirect(step_url(enterprise.id, Step.IDENTITY), 303)


@blueprint.get("/<int:enterprise_id>/record")
@officer(Right.REVIEW_ENTERPRISES)
def record(enterprise_id: int) -> Answer:
    """Show a record being entered, with what is missing and the way to send it off."""
    enterprise = get_recordable(enterprise_id)
    return shown_record(enterprise, SubmitForm(data={"version": enterprise.version}))


def get_recordable(enterprise_id: int) -> Enterprise:
    """Return a record the bureau is entering; raises NotFound for any other, NotAllowed."""
    enterprise = get_enterprise(enterprise_id)
    if enterprise.origin != Origin.BUREAU or not enterprise.is_editable:
        raise NotFound
    if count_members(enterprise.id):
        raise NotFound
    check_recorder(person(), enterprise)
    return enterprise


def shown_record(enterprise: Enterprise, form: SubmitForm, status: int = 200) -> Answer:
    """Return the page of a record being entered."""
    page = render_template(
        "enterprises/record.html",
        enterprise=enterprise,
        form=form,
        groups=shown_groups(enterprise),
        task_states=task_states(enterprise),
        step_names=STEP_NAMES,
        incomplete=rules.incomplete_steps(facts.facts_of(enterprise)),
    )
    return page, status


@blueprint.get("/<int:enterprise_id>/record/<step>")
@officer(Right.REVIEW_ENTERPRISES)
def record_step(enterprise_id: int, step: str) -> Answer:
    """Show one step's form, with the reasons of a return at their fields."""
    enterprise = get_recordable(enterprise_id)
    form = steps.step_form(get_step(step), enterprise, in_language)
    for name, why in open_reasons(enterprise).items():
        if name in form:
            form[name].errors = [why]
    return shown_record_step(enterprise, get_step(step), form)


def shown_record_step(
    enterprise: Enterprise, step: Step, form: StepForm, status: int = 200
) -> Answer:
    """Return a step's page."""
    page = render_template(
        "enterprises/record_step.html",
        enterprise=enterprise,
        step=step,
        form=form,
        step_names=STEP_NAMES,
        task_states=task_states(enterprise),
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/record/<step>/save")
@officer(Right.REVIEW_ENTERPRISES)
def save_record_step(enterprise_id: int, step: str) -> Answer:
    """Save one step and go on, or back to the record when it is to be filled in later."""
    enterprise, at = get_recordable(enterprise_id), get_step(step)
    form = steps.step_form(at, enterprise, in_language)
    if "later" in request.form:
        form.forgive_empty()
    if not form.validate():
        return shown_record_step(enterprise, at, form, 422)
    values = steps.values_of(at, form)
    try:
        registration.save_step(person(), enterprise, at, values, form.version.data)
    except Refused as refusal:
        return refused_step(enterprise_id, at, form, refusal)
    say_cleaned(form)
    flash(_("Saved"), "good")
    following = list(Step)[list(Step).index(at) + 1 :]
    if "later" in request.form or not following:
        return redirect(url_for("enterprises_bureau.record", enterprise_id=enterprise_id), 303)
    return redirect(step_url(enterprise_id, following[0]), 303)


def refused_step(enterprise_id: int, step: Step, form: StepForm, refusal: Refused) -> Answer:
    """Return the step with the refusal; an out-of-date form takes the present version."""
    form.refuse(refusal)
    enterprise = get_recordable(enterprise_id)
    if isinstance(refusal, ChangedSinceOpened):
        form.version.raw_data = None
        form.version.data = enterprise.version
    return shown_record_step(enterprise, step, form, 422)


@blueprint.post("/<int:enterprise_id>/record/submit")
@officer(Right.REVIEW_ENTERPRISES)
def submit_record(enterprise_id: int) -> Answer:
    """Send the record to another officer for verification."""
    enterprise = get_recordable(enterprise_id)
    form = SubmitForm()
    if not form.validate():
        return shown_record(enterprise, form, 422)
    try:
        submission = registration.submit(person(), enterprise, form.version.data)
    except Refused as refusal:
        enterprise = get_recordable(enterprise_id)
        again = SubmitForm(formdata=None, data={"version": enterprise.version})
        again.refuse(refusal)
        return shown_record(enterprise, again, 422)
    flash(_("%(number)s: sent to another officer", number=submission.number), "good")
    return redirect(url_for("enterprises_bureau.review", enterprise_id=enterprise_id), 303)


def step_url(enterprise_id: int, step: Step) -> str:
    """Return a step's address."""
    return url_for("enterprises_bureau.record_step", enterprise_id=enterprise_id, step=step)

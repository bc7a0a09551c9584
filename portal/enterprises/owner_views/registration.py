"""A member's registration: the task list, the steps, checking and submitting."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.enterprises import facts
from portal.enterprises.actions import registration as actions
from portal.enterprises.filling import steps
from portal.enterprises.forms.registration import StartForm, StepForm, SubmitForm
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries.completeness import completeness_of
from portal.enterprises.queries.duplicates import same_key
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.queries.reviews import last_submission, submissions_of
from portal.enterprises.rules import record as rules
from portal.enterprises.rules import states as state_rules
from portal.enterprises.rules.completeness import SECTION_NAMES
from portal.enterprises.rules.roles import Doing
from portal.enterprises.terms.record import (
    FIELD_NAMES,
    PRIVATE,
    STATE_NAMES,
    STEP_NAMES,
    Decision,
    State,
    Step,
)
from portal.errors import ChangedSinceOpened, NotFound, Refused
from portal.web.filters import in_language


@blueprint.get("/new")
@signed_in
def new() -> Answer:
    """Explain what registering takes, with the button that opens a draft."""
    return render_template("enterprises/new.html", form=StartForm())


@blueprint.post("/start")
@signed_in
def start() -> Answer:
    """Open a draft and go to its first step."""
    form = StartForm()
    try:
        enterprise = actions.start_draft(person())
    except Refused as refusal:
        form.refuse(refusal)
        return render_template("enterprises/new.html", form=form), 422
    return redirect(step_url(enterprise, Step.IDENTITY), 303)


@blueprint.get("/<int:enterprise_id>")
@signed_in
def tasks(enterprise_id: int) -> Answer:
    """Show the tasks of a registration, or the record once it cannot be edited."""
    enterprise = get_for(enterprise_id, Doing.READ)
    return render_template(
        "enterprises/tasks.html",
        enterprise=enterprise,
        submissions=submissions_of(enterprise.id),
        task_states=task_states(enterprise),
        step_names=STEP_NAMES,
        state_names=STATE_NAMES,
        field_names=FIELD_NAMES,
        groups=shown_groups(enterprise),
        open_steps=[s for s in Step if state_rules.may_edit(State(enterprise.state), s)],
        completeness=completeness_of(enterprise),
        section_names=SECTION_NAMES,
        private={str(FIELD_NAMES[name]) for name in PRIVATE},
    )


def task_states(enterprise: Enterprise) -> dict[Step, str]:
    """Return how each step stands: returned, complete, started or empty."""
    values, returned = facts.facts_of(enterprise), returned_steps(enterprise)
    return {step: task_state(step, values, returned) for step in Step}


def task_state(step: Step, values: dict[str, object], returned: set[Step]) -> str:
    """Return how one step stands."""
    if step in returned:
        return "returned"
    if not rules.missing_in(step, values):
        return "complete"
    return "started" if rules.is_started(step, values) else "empty"


def returned_steps(enterprise: Enterprise) -> set[Step]:
    """Return the steps with a field the officer returned and the member has not changed."""
    reasons = open_reasons(enterprise)
    return {step for step in Step if any(name in reasons for name in rules.fields_of(step))}


def open_reasons(enterprise: Enterprise) -> dict[str, str]:
    """Return the reasons of the last return for fields still as they were sent."""
    last = last_submission(enterprise.id)
    if not enterprise.is_editable or last is None or last.decision != Decision.RETURN:
        return {}
    changed = rules.differences(last.facts, facts.frozen_facts(enterprise))
    return {name: why for name, why in last.reasons.items() if name not in changed}


def shown_groups(enterprise: Enterprise) -> list[tuple[Step, list[tuple[str, object]]]]:
    """Return each step with its (label, value) pairs as a person reads them."""
    return [
        (
            step,
            [(str(FIELD_NAMES[name]), shown(enterprise, name)) for name in rules.fields_of(step)],
        )
        for step in Step
    ]


def shown(enterprise: Enterprise, name: str) -> object:
    """Return a fact as a person reads it."""
    return facts.shown(getattr(enterprise, name), in_language)


@blueprint.get("/<int:enterprise_id>/steps/<step>")
@signed_in
def edit_step(enterprise_id: int, step: str) -> Answer:
    """Show one step's form."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    if not state_rules.may_edit(State(enterprise.state), get_step(step)):
        flash(state_rules.why_not_edit(State(enterprise.state)), "warn")
        return redirect(tasks_url(enterprise_id), 303)
    form = steps.step_form(get_step(step), enterprise, in_language)
    return shown_step(enterprise, get_step(step), form)


@blueprint.post("/<int:enterprise_id>/steps/<step>/save")
@signed_in
def save_step(enterprise_id: int, step: str) -> Answer:
    """Save one step and go on, or back to the tasks when it is to be filled in later."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    at = get_step(step)
    form = steps.step_form(at, enterprise, in_language)
    later = "later" in request.form
    if later:
        form.forgive_empty()
    if not form.validate():
        return shown_step(enterprise, at, form, 422)
    try:
        actions.save_step(person(), enterprise, at, steps.values_of(at, form), form.version.data)
    except actions.CodeTaken as taken:
        return redirect(url_for("enterprises_owner.claim", uscc=taken.uscc), 303)
    except Refused as refusal:
        return refused_step(enterprise_id, at, form, refusal)
    say_cleaned(form)
    if at == Step.IDENTITY:
        say_near_names(enterprise)
    flash(_("Saved"), "good")
    done = later or not enterprise.is_editable
    return redirect(tasks_url(enterprise_id) if done else next_url(enterprise_id, at), 303)


def say_cleaned(form: StepForm) -> None:
    """Tell the member when the code was put right, so that no change is silent."""
    if "uscc" in form and form["uscc"].was_cleaned and form["uscc"].data:
        flash(_("The credit code was written as %(code)s", code=form["uscc"].data), "")


def say_near_names(enterprise: Enterprise) -> None:
    """Tell the member of public records of nearly the same name; others are not revealed."""
    for near in same_key(enterprise, public_only=True):
        flash(
            _(
                "A record of nearly this name is in the registry: %(name)s (%(uscc)s)."
                " If it is yours, ask to act for it instead of registering again",
                name=near.name,
                uscc=near.uscc,
            ),
            "warn",
        )


def refused_step(enterprise_id: int, step: Step, form: StepForm, refusal: Refused) -> Answer:
    """Return the step with the refusal; an out-of-date form takes the present version."""
    form.refuse(refusal)
    enterprise = get_enterprise(enterprise_id)
    if isinstance(refusal, ChangedSinceOpened):
        form.version.raw_data = None
        form.version.data = enterprise.version
        for name in refusal.changes:
            if name in form:
                now = shown(enterprise, name)
                form[name].errors = [_("Changed meanwhile to: %(value)s", value=now)]
    return shown_step(enterprise, step, form, 422)


def shown_step(enterprise: Enterprise, step: Step, form: StepForm, status: int = 200) -> Answer:
    """Return a step's page; reasons of a return stand at their fields."""
    reasons = open_reasons(enterprise)
    if request.method == "GET":
        for name, why in reasons.items():
            if name in form:
                form[name].errors = [why]
    page = render_template(
        "enterprises/edit_step.html",
        enterprise=enterprise,
        step=step,
        form=form,
        step_names=STEP_NAMES,
        task_states=task_states(enterprise),
        private=PRIVATE,
        open_steps=[s for s in Step if state_rules.may_edit(State(enterprise.state), s)],
    )
    return page, status


@blueprint.get("/<int:enterprise_id>/check")
@signed_in
def check(enterprise_id: int) -> Answer:
    """Show all answers before they are sent."""
    enterprise = get_for(enterprise_id, Doing.SUBMIT)
    if not enterprise.is_editable:
        return redirect(tasks_url(enterprise_id), 303)
    return shown_check(enterprise, SubmitForm(data={"version": enterprise.version}))


def shown_check(enterprise: Enterprise, form: SubmitForm, status: int = 200) -> Answer:
    """Return the check page."""
    page = render_template(
        "enterprises/check.html",
        enterprise=enterprise,
        form=form,
        groups=shown_groups(enterprise),
        step_names=STEP_NAMES,
        incomplete=rules.incomplete_steps(facts.facts_of(enterprise)),
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/submit")
@signed_in
def submit(enterprise_id: int) -> Answer:
    """Send the record for verification."""
    enterprise = get_for(enterprise_id, Doing.SUBMIT)
    form = SubmitForm()
    if not form.validate():
        return shown_check(enterprise, form, 422)
    try:
        actions.submit(person(), enterprise, form.version.data)
    except actions.CodeTaken as taken:
        return redirect(url_for("enterprises_owner.claim", uscc=taken.uscc), 303)
    except Refused as refusal:
        again = SubmitForm(formdata=None, data={"version": enterprise.version})
        again.refuse(refusal)
        return shown_check(get_enterprise(enterprise_id), again, 422)
    return redirect(url_for("enterprises_owner.submitted", enterprise_id=enterprise_id), 303)


@blueprint.get("/<int:enterprise_id>/submitted")
@signed_in
def submitted(enterprise_id: int) -> Answer:
    """Confirm the submission with its number and what happens next."""
    enterprise = get_for(enterprise_id, Doing.READ)
    submission = last_submission(enterprise_id)
    if submission is None:
        raise NotFound
    return render_template(
        "enterprises/submitted.html", enterprise=enterprise, submission=submission
    )


def get_step(name: str) -> Step:
    """Return the step of an address; raises NotFound."""
    if name not in set(Step):
        raise NotFound
    return Step(name)


def step_url(enterprise: Enterprise, step: Step) -> str:
    """Return a step's address."""
    return url_for("enterprises_owner.edit_step", enterprise_id=enterprise.id, step=step)


def tasks_url(enterprise_id: int) -> str:
    """Return the task list's address."""
    return url_for("enterprises_owner.tasks", enterprise_id=enterprise_id)


def next_url(enterprise_id: int, step: Step) -> str:
    """Return the address of the step after this one, or of the check page after the last."""
    following = list(Step)[list(Step).index(step) + 1 :]
    if following:
        return url_for(
            "enterprises_owner.edit_step", enterprise_id=enterprise_id, step=following[0]
        )
    return url_for("enterprises_owner.check", enterprise_id=enterprise_id)

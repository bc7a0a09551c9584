"""An officer's pages of a record's standing: its states, asking for an act, deciding on one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.casework import Matter
from portal.casework.queries import last_case
from portal.casework.reasons import reasons_for
from portal.casework.standing import standing_of
from portal.enterprises.actions import review
from portal.enterprises.actions import standing as actions
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.forms.standing import AskForm, ConsentForm, WithdrawalForm
from portal.enterprises.models import Enterprise, StandingRequest
from portal.enterprises.queries import standing as queries
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.rules import standing as rules
from portal.enterprises.rules.states import WITH_PERIODS
from portal.enterprises.terms.record import STATE_NAMES, State
from portal.enterprises.terms.standing import ACT_NAMES, KIND_NAMES, OUTCOME_NAMES, Act
from portal.errors import NotFound, Refused
from portal.web.forms import attempt
from portal.web.redirects import done

NAMES = {
    "act_names": ACT_NAMES,
    "kind_names": KIND_NAMES,
    "outcome_names": OUTCOME_NAMES,
    "state_names": STATE_NAMES,
}


@blueprint.get("/<int:enterprise_id>/standing")
@officer(Right.REVIEW_ENTERPRISES)
def standing(enterprise_id: int) -> Answer:
    """Show the states of a record and what may be asked for."""
    enterprise = get_record(enterprise_id)
    return shown_standing(enterprise, AskForm(data={"version": enterprise.version}))


@blueprint.post("/<int:enterprise_id>/standing/ask")
@officer(Right.REVIEW_ENTERPRISES)
def ask(enterprise_id: int) -> Answer:
    """Ask a second officer to consent to an act."""
    enterprise = get_record(enterprise_id)
    form = AskForm()
    form.offer(rules.acts_open(State(enterprise.state)))
    form.offer_common(common_grounds())
    asked: list[StandingRequest] = []
    if not attempt(form, lambda: asked.append(asked_by(form, enterprise))):
        return shown_standing(get_record(enterprise_id), form, 422)
    url = url_for("enterprises_bureau.standing_request", request_id=asked[0].id)
    return done(url, _("A second officer is asked, and the enterprise is told"))


def asked_by(form: AskForm, enterprise: Enterprise) -> StandingRequest:
    """Ask for what the form says."""
    act, ground = Act(form.act.data), form.worded(form.ground.data)
    return actions.ask(
        person(), enterprise, form.version.data, act, kind=form.kind.data, ground=ground
    )


@blueprint.get("/standing/<int:request_id>")
@officer(Right.REVIEW_ENTERPRISES)
def standing_request(request_id: int) -> Answer:
    """Show what was asked for, the enterprise's answer and, while it waits, the decision."""
    found = get_request(request_id)
    return shown_request(found, consent_form(found, {"version": found.version}))


@blueprint.post("/standing/<int:request_id>/decide")
@officer(Right.REVIEW_ENTERPRISES)
def decide_standing(request_id: int) -> Answer:
    """Consent or decline as the second officer."""
    found = get_request(request_id)
    form = consent_form(found)
    if not attempt(form, lambda: decide(found, form)):
        return shown_request(get_request(request_id), form, 422)
    return done(standing_url(found.enterprise_id), _("Decided; the enterprise is told"))


def decide(found: StandingRequest, form: ConsentForm) -> None:
    """Do what the second officer decided."""
    if form.is_consent:
        actions.consent(person(), found, form.version.data, urgent=form.urgent.data)
    else:
        actions.decline(person(), found, form.version.data, form.worded(form.opinion.data))


def standing_url(enterprise_id: int) -> str:
    """Return the address of a record's standing."""
    return url_for("enterprises_bureau.standing", enterprise_id=enterprise_id)


@blueprint.post("/standing/<int:request_id>/withdraw")
@officer(Right.REVIEW_ENTERPRISES)
def withdraw_standing(request_id: int) -> Answer:
    """Take one's own request back."""
    found = get_request(request_id)
    try:
        actions.withdraw(person(), found)
    except Refused as refusal:
        flash(refusal.message, "warn")
        return redirect(url_for("enterprises_bureau.standing_request", request_id=request_id), 303)
    return done(standing_url(found.enterprise_id), _("The request is taken back"))


def common_grounds() -> list[str]:
    """Return the sentences officers use often when they ask for an act."""
    found = (reasons_for(matter).get("", []) for matter in (Matter.SUSPENSION, Matter.REMOVAL))
    return list(dict.fromkeys(text for texts in found for text in texts))


def consent_form(found: StandingRequest, data: dict[str, Any] | None = None) -> ConsentForm:
    """Return the second officer's form with the sentences often used when declining."""
    form = ConsentForm(data=data)
    form.offer_common(reasons_for(actions.MATTERS[Act(found.act)]).get("decline", []))
    return form


def get_record(enterprise_id: int) -> Enterprise:
    """Return a record that was ever in the registry and lies in the officer's district."""
    enterprise = get_enterprise(enterprise_id)
    if enterprise.state not in WITH_PERIODS:
        raise NotFound
    review.check_reviewer(person(), enterprise)
    return enterprise


def get_request(request_id: int) -> StandingRequest:
    """Return a request about a record the officer may see."""
    found = queries.get_request(request_id)
    review.check_reviewer(person(), found.enterprise)
    return found


def shown_standing(enterprise: Enterprise, form: AskForm, status: int = 200) -> Answer:
    """Return the page of a record's standing."""
    acts = rules.acts_open(State(enterprise.state))
    form.offer(acts)
    form.offer_common(common_grounds())
    page = render_template(
        "enterprises/standing.html",
        enterprise=enterprise,
        form=form,
        acts=acts,
        open=queries.find_open(enterprise.id),
        requests=queries.requests_of(enterprise.id),
        periods=queries.periods_of(enterprise.id),
        events=trail_of("enterprise", enterprise.id),
        **NAMES,
    )
    return page, status


def shown_request(found: StandingRequest, form: ConsentForm, status: int = 200) -> Answer:
    """Return the page of a request."""
    case = last_case(actions.MATTERS[Act(found.act)], StandingRequest.__tablename__, found.id)
    page = render_template(
        "enterprises/standing_request.html",
        case=case,
        standing=standing_of(person(), case) if case else None,
        asked=found,
        enterprise=found.enterprise,
        form=form,
        own=found.asked_by_id == person().id,
        withdrawal=WithdrawalForm(),
        **NAMES,
    )
    return page, status

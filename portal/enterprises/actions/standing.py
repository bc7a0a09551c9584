"""Suspending, lifting, removing: one officer asks, the enterprise may answer, another decides."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
from portal.casework import (
    Case,
    Contents,
    Matter,
    check_may_decide,
    close_case,
    conflict_rule,
    open_case,
    write_letter,
)
from portal.casework.queries import get_case_about
from portal.database import action
from portal.enterprises.actions.members import check_editor
from portal.enterprises.actions.records import check_version, enter_state
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.models import Enterprise, StandingRequest
from portal.enterprises.queries import standing as queries
from portal.enterprises.rules import standing as rules
from portal.enterprises.terms.record import State
from portal.enterprises.terms.standing import Act, Outcome
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.taxonomy.queries import calendar

MATTERS = {Act.SUSPEND: Matter.SUSPENSION, Act.LIFT: Matter.SUSPENSION, Act.REMOVE: Matter.REMOVAL}
WITHDRAWN = Outcome.WITHDRAWN
AHEAD = timedelta(days=60)  # far enough to count a few working days over any holiday


@action
def ask(
    actor: Person, enterprise: Enterprise, version: int, act: Act, *, kind: str = "", ground: str
) -> StandingRequest:
    """Ask for a suspension, its lifting or a removal; the enterprise is told at once.

    Raises NotAllowed, Refused (also while another request waits), ChangedSinceOpened.
    """
    check_reviewer(actor, enterprise)
    check_version(enterprise, version)
    rules.check_ask(State(enterprise.state), act, kind, ground)
    if queries.find_open(enterprise.id) is not None:
        raise Refused(_("Another request for this record waits for its decision: see that first"))
    kind = kind if act == Act.REMOVE else ""
    request = StandingRequest(
        enterprise_id=enterprise.id,
        act=act,
        kind=kind,
        ground=ground.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.id,
        asked_for=office(actor),
        answer_by=answer_by() if rules.hears_the_enterprise(act, kind) else None,
    )
    db.session.add(request)
    db.session.flush()
    open_case(
        actor,
        MATTERS[act],
        request,
        label=enterprise.name,
        enterprise_id=enterprise.id,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    )
    write_down(actor, f"ask_{act}", request, request.asked_for, request.ground)
    tell_members(enterprise, "standing_asked", act=act, ground=request.ground)
    return request


def answer_by() -> date:
    """Return the last day on which the enterprise is waited for."""
    today = clock.today()
    return calendar(today, today + AHEAD).add(today, rules.ANSWER_DAYS).on


@action
def state(actor: Person, request: StandingRequest, statement: str) -> None:
    """Answer for the enterprise, once. Raises NotAllowed, Refused."""
    check_editor(actor, request.enterprise)
    check_open(request)
    if request.stated_at is not None:
        raise Refused(_("The enterprise has answered already: its statement is with the officers"))
    if not statement.strip():
        raise Refused(_("Write what the second officer should know"), "statement")
    request.statement, request.stated_at = statement.strip(), clock.now()
    request.stated_by_id = actor.id
    audit.record(actor, "state_standing", request.enterprise)


@action
def consent(actor: Person, request: StandingRequest, version: int, *, urgent: bool = False) -> None:
    """Do what another officer asked for. `urgent` when it cannot wait for the enterprise.

    Raises NotAllowed for one's own request, Refused, ChangedSinceOpened.
    """
    case = check_decidable(actor, request, version)
    rules.check_heard(request.stated_at is not None, request.answer_by, clock.today(), urgent)
    enterprise, act = request.enterprise, Act(request.act)
    request.before = enterprise.state
    after = {Act.SUSPEND: State.SUSPENDED, Act.REMOVE: State.REMOVED}.get(act)
    enter_state(
        actor,
        enterprise,
        after or queries.state_before_suspension(enterprise.id),
        act=act,
        note=request.ground,
        office=office(actor),
        changes={"kind": (None, request.kind)} if request.kind else None,
    )
    close(actor, request, case, Outcome.CONSENTED)


@action
def decline(actor: Person, request: StandingRequest, version: int, opinion: str) -> None:
    """Refuse what another officer asked for, with words. Raises as `consent`."""
    case = check_decidable(actor, request, version)
    rules.check_decline(opinion)
    request.opinion = opinion.strip()
    write_down(actor, f"decline_{request.act}", request, office(actor), request.opinion)
    close(actor, request, case, Outcome.DECLINED)


@action
def withdraw(actor: Person, request: StandingRequest) -> None:
    """Take one's own request back. Raises NotAllowed for another's, Refused once decided."""
    if request.asked_by_id != actor.id:
        raise NotAllowed(_("Only the officer who asked for this may take it back"))
    check_open(request)
    write_down(actor, f"withdraw_{request.act}", request, office(actor), "")
    close(actor, request, get_case(request), Outcome.WITHDRAWN)


def check_decidable(actor: Person, request: StandingRequest, version: int) -> Case:
    """Return the request's case; raise unless the actor, who did not ask, may decide it now."""
    check_open(request)
    case = get_case(request)
    check_may_decide(actor, case)
    check_reviewer(actor, request.enterprise)
    if request.version != version:
        raise ChangedSinceOpened(_("The enterprise has answered since you opened this: read it"))
    return case


def check_open(request: StandingRequest) -> None:
    """Raise Refused once a request is decided."""
    if not request.is_open:
        raise Refused(_("This has been decided already: open the record to see how"))


def get_case(request: StandingRequest) -> Case:
    """Return the open case of a request; raises NotFound."""
    return get_case_about(MATTERS[Act(request.act)], request)


def close(actor: Person, request: StandingRequest, case: Case, outcome: Outcome) -> None:
    """Write down what became of a request and tell the enterprise."""
    request.outcome, request.decided_at = outcome, clock.now()
    request.decided_by_id, request.decided_for = actor.id, office(actor)
    letter = write_letter(actor, case, contents(request, outcome)) if outcome != WITHDRAWN else None
    close_case(actor, case, outcome)
    tell_members(
        request.enterprise,
        "standing_decided",
        act=request.act,
        outcome=outcome,
        letter=letter.id if letter else 0,
    )


def contents(request: StandingRequest, outcome: Outcome) -> Contents:
    """Return what the letter says: the act and its ground, or that nothing changes."""
    if outcome == Outcome.CONSENTED:
        return Contents(request.act, request.ground)
    return Contents(outcome)


def write_down(actor: Person, act: str, request: StandingRequest, office: str, note: str) -> None:
    """Add a line to the record's trail."""
    changes = {"kind": (None, request.kind)} if request.kind else {}
    audit.record(actor, act, request.enterprise, changes, note=note, office=office)


def office(actor: Person) -> str:
    """Return the office an officer acts for here."""
    found = office_of(actor, Right.REVIEW_ENTERPRISES)
    return found.name_zh if found else ""


@conflict_rule
def check_not_asked_by(actor: Person, case: Case) -> None:
    """Raise NotAllowed for whoever asked for what the case is about."""
    if case.subject_kind != StandingRequest.__tablename__:
        return
    request = db.session.get(StandingRequest, case.subject_id)
    if request is not None and request.asked_by_id == actor.id:
        raise NotAllowed(_("You asked for this yourself: a second officer decides on it"))

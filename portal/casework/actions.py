"""What happens to a case: opened, moved on, stopped, taken, released, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypedDict, Unpack

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.audit import Actor
from portal.casework import clocks, permits
from portal.casework.models import Case, CaseDecision
from portal.casework.procedures import Step, procedure_of
from portal.casework.queries import find_case, find_open, get_case, has_officers_of_place
from portal.casework.terms import By, Matter
from portal.database import action
from portal.errors import NotAllowed, PortalError, Refused
from portal.extensions import db


class Subject(Protocol):
    """Any row a case may be about."""

    __tablename__: str

    @property
    def id(self) -> Any: ...


class About(TypedDict, total=False):
    """Whom a case concerns and where it belongs, by id; its number in the worklist."""

    enterprise_id: int | None
    district_id: int | None
    zone_id: int | None
    department_id: int | None
    number: str


@action
def open_case(
    actor: Actor,
    matter: str,
    subject: Subject,
    *,
    label: str,
    stage: str = "",
    **about: Unpack[About],
) -> Case:
    """Open the case of a row, or return the one that is open already.

    It begins in its matter's first stage for which there is anybody, unless `stage` is given.
    `label` names in the worklist what it is about.
    """
    case = find_case(matter, subject.__tablename__, subject.id)
    if case is not None:
        return case
    case = Case(
        matter=str(Matter(matter)),
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        label=label[:200],
        stage=stage or first_step(matter, about.get("district_id"), about.get("zone_id")).stage,
        opened_at=clock.now(),
        **about,
    )
    clocks.start(case)
    db.session.add(case)
    db.session.flush()
    audit.record(actor, "open_case", case, {"stage": (None, case.stage)})
    return case


def first_step(matter: str, district_id: int | None, zone_id: int | None) -> Step:
    """Return the first stage of a matter; one for officers of a place without any is left out."""
    procedure = procedure_of(matter)
    for step in procedure.steps[:-1]:
        if step.by != By.PLACE or has_officers_of_place(procedure.right, district_id, zone_id):
            return step
    return procedure.steps[-1]


@action
def redirect_case(
    case: Case, *, label: str, number: str, district_id: int | None, zone_id: int | None
) -> None:
    """Bring up to date what a case is called and where it belongs, as after a correction.

    When it moved to a place without officers of its own, it goes on to the next stage.
    """
    case.label, case.number = label[:200], number
    case.district_id, case.zone_id = district_id, zone_id
    procedure = procedure_of(case.matter)
    if procedure.step(case.stage).by == By.PLACE:
        step = first_step(case.matter, district_id, zone_id)
        if step.stage != case.stage:
            case.stage = step.stage
            clocks.start(case)


@action
def advance(
    actor: Person, case: Case, stage: str, outcome: str = "passed", *, note: str = ""
) -> None:
    """Note the actor's decision in this stage and hand the case on to the next one."""
    procedure_of(case.matter).step(stage)
    note_decision(actor, case, outcome, note=note)
    audit.record(
        actor, "advance_case", case, {"stage": (case.stage, stage)}, office=office_in(actor, case)
    )
    case.stage = stage
    clocks.start(case)
    leave(case)


@action
def stop_clock(case: Case) -> None:
    """Stop the clock while the enterprise is to act; nobody holds the case meanwhile."""
    if case.is_open and not case.is_stopped:
        clocks.stop(case)
        leave(case)


@action
def resume_clock(case: Case) -> None:
    """Let the clock run again with the working days that were left."""
    if case.is_open and case.is_stopped:
        clocks.run(case)


@action
def note_decision(actor: Actor, case: Case, outcome: str, *, note: str = "") -> CaseDecision:
    """Keep who decided what in the present stage; the note is read by officers only."""
    decision = CaseDecision(
        case_id=case.id,
        stage=case.stage,
        outcome=outcome,
        note=note,
        decided_at=clock.now(),
        decided_by_id=actor.actor_id,
        decided_for=office_in(actor, case),
    )
    db.session.add(decision)
    return decision


@action
def close_case(actor: Actor, case: Case, outcome: str, *, note: str = "") -> None:
    """Note the last decision and close the case."""
    note_decision(actor, case, outcome, note=note)
    case.closed_at, case.outcome = clock.now(), outcome
    audit.record(
        actor, "close_case", case, {"outcome": (None, outcome)}, office=office_in(actor, case)
    )
    leave(case)


@action
def take(actor: Person, case: Case) -> None:
    """Take a case, so that nobody else decides on it meanwhile; taking again keeps it longer.

    Raises NotAllowed, Refused when somebody else holds it.
    """
    permits.check_may_decide(actor, case)
    hold(actor, case, "take_case")


@action
def take_over(actor: Person, case: Case) -> None:
    """Take a case from who holds it; only officers whose right holds in the whole city may."""
    if not permits.is_head(actor, case):
        raise NotAllowed(_("Only an officer whose right holds in the whole city may take it over"))
    if permits.holder(case) is None:
        raise Refused(_("Nobody holds this any more: take it instead"))
    permits.check_may_take(actor, case, stepping_in=True)
    hold(actor, case, "take_over_case")


@action
def release(actor: Person, case: Case) -> None:
    """Give a taken case back; raises Refused unless the actor holds it."""
    if case.taken_by_id != actor.id:
        raise Refused(_("You do not hold this"))
    audit.record(
        actor, "release_case", case, {"taken_by": (actor.id, None)}, office=office_in(actor, case)
    )
    leave(case)


def take_all(actor: Person, numbers: Sequence[int]) -> list[tuple[Case, str]]:
    """Take several cases, each by itself; return each with why it could not be taken, or ''."""
    return each_by_itself(actor, numbers, take)


def release_all(actor: Person, numbers: Sequence[int]) -> list[tuple[Case, str]]:
    """Give several cases back, each by itself; return each with why it could not be, or ''."""
    return each_by_itself(actor, numbers, release)


def each_by_itself(
    actor: Person, numbers: Sequence[int], act: Callable[[Person, Case], None]
) -> list[tuple[Case, str]]:
    """Do one act to every case the actor may see; others are passed over in silence."""
    done = []
    for number in numbers:
        case = find_open(number)
        if case is None or not permits.rights_over(actor, case):
            continue
        try:
            act(actor, case)
        except PortalError as refusal:
            done.append((get_case(number), refusal.message))
        else:
            done.append((case, ""))
    return done


def hold(actor: Person, case: Case, act: str) -> None:
    """Let the actor hold the case from now on."""
    if case.taken_by_id != actor.id:
        audit.record(
            actor,
            act,
            case,
            {"taken_by": (case.taken_by_id, actor.id)},
            office=office_in(actor, case),
        )
    case.taken_by, case.taken_at = actor, clock.now()
    case.taken_for = office_in(actor, case)


def leave(case: Case) -> None:
    """Let nobody hold the case."""
    case.taken_by, case.taken_at, case.taken_for = None, None, ""


def office_in(actor: Actor, case: Case) -> str:
    """Return the office an officer acts for in a case, empty for the portal itself."""
    if not isinstance(actor, Person):
        return ""
    held = permits.rights_over(actor, case)
    found = held[0].department if held else office_of(actor, procedure_of(case.matter).right)
    return found.name_zh if found else ""

"""What officers decide until an application is proposed: first review, review, opinions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Person
from portal.audit import SYSTEM
from portal.casework import (
    Case,
    Contents,
    Matter,
    Stage,
    advance,
    check_may_decide,
    close_case,
    note_decision,
    open_case,
    opinions,
    stop_clock,
    write_letter,
)
from portal.casework.actions import leave
from portal.casework.queries import get_case_about
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.recognition import permits
from portal.recognition.actions.applications import enter
from portal.recognition.actions.consultations import end_consultations
from portal.recognition.actions.seen import check_unchanged
from portal.recognition.actions.telling import recognisers_of, tell_members, tell_officers
from portal.recognition.models import RecognitionApplication, RecognitionConsultation
from portal.recognition.queries import applications as queries
from portal.recognition.queries.reviews import consultations_of
from portal.recognition.queries.scores import counted_scores
from portal.recognition.rules import applications as rules
from portal.recognition.rules.reviews import check_enough_scores
from portal.recognition.terms.applications import AppState, Step
from portal.taxonomy.models import Department


@dataclass(frozen=True)
class Said:
    """What an officer decided, with what that needs; `seen` is the line of the trail the page
    was opened on."""

    step: Step
    version: int
    seen: int
    opinion: str = ""
    correct_by: date | None = None
    bodies: Sequence[Department] = ()
    due_on: date | None = None


@action
def decide(actor: Person, application: RecognitionApplication, said: Said) -> None:
    """Do what an officer whose turn it is decided.

    Raises NotAllowed (not their turn, their own enterprise, a conflict of interest, or a second
    opinion on what they decided before), Refused, ChangedSinceOpened naming what changed.
    """
    case = case_of(application)
    check_turn(actor, application, case)
    check_unchanged(actor, application, said.version, said.seen)
    if said.step not in application.steps:
        raise Refused(_("The application has moved on since you opened it: open its page again"))
    STEPS[said.step](actor, application, case, said)


def case_of(application: RecognitionApplication) -> Case:
    """Return the open case of an application; raises NotFound once it has ended."""
    return get_case_about(Matter.RECOGNITION, application)


def check_turn(actor: Person, application: RecognitionApplication, case: Case) -> None:
    """Raise NotAllowed or Refused unless the case is the actor's to decide now."""
    permits.check_may_see(actor, application)
    check_may_decide(actor, case)
    if case.stage != Stage.FIRST_REVIEW:
        permits.check_lead(actor, application.call.kind)


def pass_on(actor: Person, application: RecognitionApplication, case: Case, said: Said) -> None:
    """Hand the application on to the department in charge."""
    advance(actor, case, Stage.REVIEW, note=said.opinion.strip())
    case.department_id = application.call.kind.lead_department_id
    enter(actor, application, AppState.REVIEW, "pass_application", office=permits.office(actor))
    tell_members(application, "passed")


def send_back(actor: Person, application: RecognitionApplication, case: Case, said: Said) -> None:
    """Return the application to the enterprise until a day; it lapses when that is missed."""
    rules.check_words(said.opinion, "opinion")
    if said.correct_by is None:
        raise Refused(_("Name the last day for the correction"), "correct_by")
    rules.check_correction_day(said.correct_by, clock.today())
    words = said.opinion.strip()
    note_decision(actor, case, "return", note=words)
    write_letter(actor, case, Contents("return", words, answer_by=said.correct_by))
    stop_clock(case)
    application.correct_by = said.correct_by
    enter(
        actor,
        application,
        AppState.RETURNED,
        "return_application",
        ground=words,
        office=permits.office(actor),
    )
    tell_members(application, "returned", day=said.correct_by.isoformat())


def decline(actor: Person, application: RecognitionApplication, case: Case, said: Said) -> None:
    """End the application without recognition, with words."""
    rules.check_words(said.opinion, "opinion")
    words = said.opinion.strip()
    end_consultations(actor, application)
    end_declined(actor, application, case, words)


def end_declined(
    actor: Person, application: RecognitionApplication, case: Case, words: str
) -> None:
    """Close the case and the application without recognition, with a letter and the words."""
    renews = application.renews_id is not None
    write_letter(actor, case, Contents("not_renewed" if renews else "refuse", words))
    close_case(actor, case, "declined", note=words)
    application.decided_on, application.decided_by_id = clock.today(), actor.id
    application.decided_for = permits.office(actor)
    enter(
        actor,
        application,
        AppState.DECLINED,
        "decline_application",
        ground=words,
        office=application.decided_for,
    )
    tell_members(application, "not_renewed" if renews else "declined")


def ask_bodies(actor: Person, application: RecognitionApplication, case: Case, said: Said) -> None:
    """Ask the chosen bodies for their opinion until a day."""
    call = application.call
    check_enough_scores(len(counted_scores(application.id)), call.scores_needed)
    if not said.bodies:
        raise Refused(_("Choose at least one body"), "bodies")
    if said.due_on is None:
        raise Refused(_("Name the day until which the bodies answer"), "due_on")
    opinions.check_due(said.due_on, clock.today())
    note_decision(actor, case, "consult", note=said.opinion.strip())
    for body in said.bodies:
        ask_body(actor, application, body, said.due_on)
    leave(case)
    enter(
        actor,
        application,
        AppState.CONSULTING,
        "consult_application",
        office=permits.office(actor),
    )


def ask_body(
    actor: Person, application: RecognitionApplication, body: Department, due_on: date
) -> None:
    """Ask one body, with a case on its officers' worklist."""
    if any(one.department_id == body.id for one in consultations_of(application.id)):
        return
    asked = RecognitionConsultation(
        application_id=application.id,
        department_id=body.id,
        asked_at=clock.now(),
        due_on=due_on,
    )
    db.session.add(asked)
    db.session.flush()
    await_reply(actor, asked)
    tell_officers(
        recognisers_of(body.id), application, "asked", consultation=asked.id, day=due_on.isoformat()
    )


def await_reply(actor: Person, asked: RecognitionConsultation) -> None:
    """Open the case of an opinion for the officers of the body that is asked."""
    application = asked.application
    case = open_case(
        actor,
        Matter.CONSULTATION,
        asked,
        label=application.enterprise.name,
        number=application.number or "",
        enterprise_id=application.enterprise_id,
        department_id=asked.department_id,
    )
    case.due_on = case.order_on = asked.due_on


def propose(actor: Person, application: RecognitionApplication, case: Case, said: Said) -> None:
    """Propose the recognition, or the renewal, which goes straight to its decision."""
    rules.check_words(said.opinion, "opinion")
    words = said.opinion.strip()
    if application.renews_id is not None:
        advance(actor, case, Stage.DECISION, "proposed", note=words)
    else:
        check_reviewed(application)
        end_consultations(actor, application)
        note_decision(actor, case, "proposed", note=words)
        leave(case)
    enter(
        actor, application, AppState.PROPOSED, "propose_application", office=permits.office(actor)
    )


def check_reviewed(application: RecognitionApplication) -> None:
    """Raise Refused until enough scores are in, and the bodies asked have answered or their day
    has passed."""
    call = application.call
    check_enough_scores(len(counted_scores(application.id)), call.scores_needed)
    asked = consultations_of(application.id)
    waiting = [(one.department.name_zh, one.due_on) for one in asked if one.reply is None]
    unread = [one.department.name_zh for one in asked if one.reply and not one.reply.is_in_force]
    opinions.check_replies(waiting, unread, clock.today())


STEPS: dict[Step, Callable[[Person, RecognitionApplication, Case, Said], None]] = {
    Step.PASS_ON: pass_on,
    Step.RETURN: send_back,
    Step.DECLINE: decline,
    Step.ASK_BODIES: ask_bodies,
    Step.PROPOSE: propose,
}


@action
def lapse_missed() -> int:
    """Let returned applications lapse whose day for the correction has passed; return how many."""
    found = queries.missed(clock.today())
    for application in found:
        case = case_of(application)
        end_consultations(SYSTEM, application)
        close_case(SYSTEM, case, "lapsed")
        application.decided_on = clock.today()
        enter(SYSTEM, application, AppState.LAPSED, "lapse_application")
        tell_members(application, "lapsed")
    return len(found)

"""What officers do with a submission: admit, return or refuse it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import audit, city, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.casework import (
    Case,
    Contents,
    Matter,
    Stage,
    advance,
    check_may_decide,
    close_case,
    note_decision,
    office_in,
    stop_clock,
    write_letter,
)
from portal.casework.clocks import correction_due
from portal.database import action, next_number
from portal.enterprises.actions.cases import await_verification, case_of
from portal.enterprises.actions.records import check_version, enter_state, note_confirmed
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.models import Enterprise, Submission
from portal.enterprises.queries.members import find_membership
from portal.enterprises.queries.reviews import last_submission
from portal.enterprises.rules import record as rules
from portal.enterprises.terms.record import FIELDS, Decision, State
from portal.errors import NotAllowed, Refused


@dataclass(frozen=True)
class Opinion:
    """What an officer decided, with a reason per field to correct and the words to the member."""

    decision: Decision
    reasons: dict[str, str]
    ground: str
    answer_by: date | None = None


def check_reviewer(actor: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed without the right for this district or for one's own enterprise."""
    if not has_right(
        actor,
        Right.REVIEW_ENTERPRISES,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    ):
        raise NotAllowed(_("Only officers who review enterprises of this district may do this"))
    if find_membership(actor, enterprise.id) is not None:
        raise NotAllowed(_("You belong to this enterprise: another officer decides on it"))


@action
def decide(
    actor: Person,
    enterprise: Enterprise,
    version: int,
    decision: Decision,
    *,
    reasons: Mapping[str, str],
    ground: str,
    answer_by: date | None = None,
) -> Submission:
    """Pass on, admit, return (with a reason per field, to be corrected by a day, that of the
    fixtures when none is given) or refuse (with a ground) a submission.

    Raises NotAllowed, Refused (also naming who has decided already), ChangedSinceOpened.
    """
    check_reviewer(actor, enterprise)
    submission = last_submission(enterprise.id)
    if submission is None or enterprise.state != State.SUBMITTED:
        raise Refused(decided_words(submission))
    check_version(enterprise, version)
    case = case_of(enterprise) or await_verification(actor, enterprise, submission)
    check_may_decide(actor, case)
    opinion = Opinion(
        decision, kept_reasons(decision, reasons), ground.strip(), last_day(decision, answer_by)
    )
    rules.check_decision(decision, case.stage, opinion.reasons, opinion.ground)
    if decision == Decision.PASS:
        pass_on(actor, enterprise, case, opinion.ground)
    else:
        conclude(actor, enterprise, case, submission, opinion)
    return submission


def kept_reasons(decision: Decision, reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons of a return without blanks, in the fields' order; none otherwise."""
    if decision != Decision.RETURN:
        return {}
    return {name: reasons[name].strip() for name in FIELDS if reasons.get(name, "").strip()}


def last_day(decision: Decision, asked: date | None) -> date | None:
    """Return the day by which a return is to be corrected; raises Refused for one not to come."""
    if decision != Decision.RETURN:
        return None
    if asked is not None and asked <= clock.today():
        raise Refused(_("The day by which to correct must be still to come"), "answer_by")
    return asked or correction_due(Matter.VERIFICATION)


def pass_on(actor: Person, enterprise: Enterprise, case: Case, note: str) -> None:
    """Hand a registration on to the city's review; the note is for officers only."""
    audit.record(actor, "pass_first_review", enterprise, office=office_in(actor, case))
    advance(actor, case, Stage.SECOND_REVIEW, Decision.PASS, note=note)


def conclude(
    actor: Person, enterprise: Enterprise, case: Case, submission: Submission, opinion: Opinion
) -> None:
    """Write a decision to its submission, bring the record into its state, tell its people."""
    submission.decision = opinion.decision
    submission.reasons, submission.ground = opinion.reasons, opinion.ground
    submission.decided_at, submission.decided_by_id = clock.now(), actor.id
    submission.decided_for = office_in(actor, case)
    if opinion.decision == Decision.ADMIT:
        give_admission_number(enterprise)
    letter = write_letter(
        actor,
        case,
        Contents(opinion.decision, opinion.ground, opinion.reasons, opinion.answer_by),
    )
    enter_state(
        actor,
        enterprise,
        rules.NEXT_STATE[opinion.decision],
        act=opinion.decision,
        note=opinion.ground,
        office=submission.decided_for,
        changes={"letter": (None, letter.number)},
    )
    if opinion.decision == Decision.RETURN:
        note_decision(actor, case, opinion.decision, note=opinion.ground)
        stop_clock(case)
    else:
        close_case(actor, case, opinion.decision, note=opinion.ground)
    tell_members(
        enterprise,
        "decision",
        number=submission.number,
        decision=opinion.decision,
        letter=letter.id,
        answer_by=opinion.answer_by.isoformat() if opinion.answer_by else "",
    )


def decided_words(submission: Submission | None) -> str:
    """Return the sentence that tells a second officer who has decided."""
    if submission is None or submission.decided_by is None:
        return _("This record is not waiting for a decision")
    return _(
        "%(name)s of %(office)s has already decided on %(number)s: open the record to see it",
        name=submission.decided_by.display_name,
        office=submission.decided_for,
        number=submission.number,
    )


def give_admission_number(enterprise: Enterprise) -> None:
    """Give the record its admission number and today as its day of admission."""
    today = clock.today()
    enterprise.admitted_on = today
    enterprise.admission_no = city.number(
        "admission", year=today.year, serial=next_number(f"admission-{today.year}")
    )
    note_confirmed(enterprise)

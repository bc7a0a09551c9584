"""Reversing a decision: one officer proposes it with the reason, another consents."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework import (
    Case,
    Contents,
    Matter,
    Stage,
    check_may_decide,
    close_case,
    conflict_rule,
    open_case,
    write_letter,
)
from portal.casework.queries import get_case_about
from portal.classification.actions.granting import take_back_title
from portal.classification.queries.granted import find_present
from portal.database import action
from portal.enterprises.terms.standing import Outcome
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.recognition import permits
from portal.recognition.actions.applications import check_version, enter
from portal.recognition.actions.eligibility import check_active
from portal.recognition.actions.telling import tell_members
from portal.recognition.models import RecognitionApplication, RecognitionReversal
from portal.recognition.queries.reversals import find_open_reversal
from portal.recognition.rules import reversals as rules
from portal.recognition.rules.applications import check_words
from portal.recognition.terms.applications import AppState


@action
def propose(
    actor: Person, application: RecognitionApplication, version: int, ground: str
) -> RecognitionReversal:
    """Propose to reverse the decision on an application; the enterprise is told at once.

    Raises NotAllowed, Refused also while another proposal waits, ChangedSinceOpened.
    """
    check_officer(actor, application)
    check_version(application, version)
    rules.check_reversible(application.state)
    if find_open_reversal(application.id) is not None:
        raise Refused(_("A reversal waits for its second officer: see that first"))
    check_words(ground)
    made = RecognitionReversal(
        application=application,
        state=application.state,
        ground=ground.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.id,
        asked_for=permits.office(actor),
    )
    db.session.add(made)
    db.session.flush()
    await_second(actor, made)
    note(actor, "propose_reversal", made, made.ground)
    tell_members(application, "reversal_proposed")
    return made


def check_officer(actor: Person, application: RecognitionApplication) -> None:
    """Raise NotAllowed unless the actor recognises for the department in charge, impartially."""
    permits.check_lead(actor, application.call.kind)
    permits.check_impartial(actor, application)


def await_second(actor: Person, reversal: RecognitionReversal) -> None:
    """Lay the proposal before the other officers of the department."""
    application = reversal.application
    open_case(
        actor,
        Matter.REVERSAL,
        reversal,
        label=application.enterprise.name,
        number=application.number or "",
        enterprise_id=application.enterprise_id,
        department_id=application.call.kind.lead_department_id,
    )


@action
def consent(actor: Person, reversal: RecognitionReversal, version: int) -> None:
    """Reverse the decision another officer named: a title it granted is known to hold no longer,
    a refusal or lapse is reviewed once more.

    Raises NotAllowed for who proposed it or took the decision, Refused, ChangedSinceOpened.
    """
    case = check_decidable(actor, reversal, version)
    application = reversal.application
    after = rules.BECOMES[application.state]
    if after == AppState.REVIEW:
        check_active(application.enterprise)
    elif application.title is not None:
        take_back(actor, application, reversal.ground)
    write_letter(actor, case, Contents(str(after), reversal.ground))
    close(actor, reversal, case, Outcome.CONSENTED)
    acts = {AppState.REVERSED: "reverse_application", AppState.REVIEW: "reopen_application"}
    office = permits.office(actor)
    enter(actor, application, after, acts[after], ground=reversal.ground, office=office)
    if after == AppState.REVIEW:
        review_again(actor, application)
    tell_members(application, "reversed" if after == AppState.REVERSED else "reopened")


def take_back(actor: Person, application: RecognitionApplication, ground: str) -> None:
    """End what is known of the title that was granted, by its present row: a merge of records
    may have moved it since."""
    assert application.title is not None
    title = find_present(application.title)
    if title is not None:
        take_back_title(actor, title, ground)


def review_again(actor: Person, application: RecognitionApplication) -> None:
    """Lay a reopened application before the department in charge."""
    application.decided_on = application.decided_by_id = application.correct_by = None
    application.decided_for = ""
    enterprise = application.enterprise
    open_case(
        actor,
        Matter.RECOGNITION,
        application,
        stage=Stage.REVIEW,
        label=enterprise.name,
        number=application.number or "",
        enterprise_id=enterprise.id,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
        department_id=application.call.kind.lead_department_id,
    )


@action
def decline(actor: Person, reversal: RecognitionReversal, version: int, opinion: str) -> None:
    """Let the decision stand, with words for who proposed to reverse it. Raises as `consent`."""
    case = check_decidable(actor, reversal, version)
    rules.check_decline(opinion)
    reversal.opinion = opinion.strip()
    note(actor, "decline_reversal", reversal, reversal.opinion)
    write_letter(actor, case, Contents(Outcome.DECLINED))
    close(actor, reversal, case, Outcome.DECLINED)
    tell_members(reversal.application, "reversal_declined")


@action
def withdraw(actor: Person, reversal: RecognitionReversal) -> None:
    """Take one's own proposal back. Raises NotAllowed for another's, Refused once decided."""
    if reversal.asked_by_id != actor.id:
        raise NotAllowed(_("Only the officer who asked for this may take it back"))
    check_open(reversal)
    note(actor, "withdraw_reversal", reversal)
    close(actor, reversal, get_case_about(Matter.REVERSAL, reversal), Outcome.WITHDRAWN)
    tell_members(reversal.application, "reversal_declined")


def check_decidable(actor: Person, reversal: RecognitionReversal, version: int) -> Case:
    """Return the case of a proposal; raise unless the actor may decide on it now."""
    check_open(reversal)
    case = get_case_about(Matter.REVERSAL, reversal)
    check_officer(actor, reversal.application)
    check_may_decide(actor, case)
    if reversal.version != version or reversal.application.state != reversal.state:
        raise ChangedSinceOpened(
            _("The application was changed since you opened it: look at it again and repeat")
        )
    return case


def check_open(reversal: RecognitionReversal) -> None:
    """Raise Refused once a proposal is decided."""
    if not reversal.is_open:
        raise Refused(_("This has been decided already"))


def close(actor: Person, reversal: RecognitionReversal, case: Case, outcome: Outcome) -> None:
    """Write down what became of a proposal."""
    reversal.outcome, reversal.decided_at = outcome, clock.now()
    reversal.decided_by_id, reversal.decided_for = actor.id, permits.office(actor)
    close_case(actor, case, outcome)


def note(actor: Person, act: str, reversal: RecognitionReversal, words: str = "") -> None:
    """Add a line to the trail of the application."""
    changes = {"reversal": (None, reversal.id)}
    office = permits.office(actor)
    audit.record(actor, act, reversal.application, changes, note=words, office=office)


@conflict_rule
def check_second_officer(actor: Person, case: Case) -> None:
    """Raise NotAllowed for who proposed the reversal the case is about, or decided before."""
    if case.subject_kind != RecognitionReversal.__tablename__:
        return
    reversal = db.session.get(RecognitionReversal, case.subject_id)
    if reversal is not None:
        application = reversal.application
        rules.check_second(actor.id, reversal.asked_by_id, application.decided_by_id)
        permits.check_impartial(actor, application)

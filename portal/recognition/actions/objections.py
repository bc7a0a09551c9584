"""Objections to an enterprise on a notice: raised in the portal or on paper, sealed, decided on."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.casework import (
    Case,
    Matter,
    check_may_decide,
    close_case,
    conflict_rule,
    find_case,
    open_case,
)
from portal.casework.notices import check_running
from portal.casework.objectors import Objector, Paper, sealed, unsealed
from portal.database import action
from portal.enterprises.queries.members import find_membership
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received
from portal.recognition import permits
from portal.recognition.actions.applications import enter
from portal.recognition.actions.reviews import case_of, end_declined
from portal.recognition.actions.telling import tell_lead, tell_members
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionNotice,
    RecognitionObjection,
)
from portal.recognition.queries.notices import OBJECTION
from portal.recognition.rules.applications import check_words
from portal.recognition.terms.applications import AppState
from portal.recognition.terms.notices import ObjectionResult, ProofKind

SEAL = "recognition-objection"


@action
def object_to(
    actor: Person,
    notice: RecognitionNotice,
    application: RecognitionApplication,
    who: Objector,
    statement: str,
    proofs: Sequence[Received] = (),
) -> RecognitionObjection:
    """Object to one enterprise while its notice runs; this stops that enterprise alone.

    Raises NotAllowed for its own members, Refused.
    """
    if find_membership(actor, application.enterprise_id) is not None:
        raise NotAllowed(_("You act for this enterprise: an objection is for others to raise"))
    check_running(notice.starts_on, notice.ends_on, clock.today())
    made = objection_to(notice, application, who, statement)
    made.person_id = actor.id
    receive(audit.SYSTEM, made)
    for proof in proofs:
        files.keep(audit.SYSTEM, proof, OBJECTION, made.id, purpose=ProofKind.PROOF)
    tell(actor, "objection", event="received", name=application.enterprise.name, objection=made.id)
    return made


@action
def record_objection(
    actor: Person,
    notice: RecognitionNotice,
    application: RecognitionApplication,
    who: Objector,
    statement: str,
    paper: Paper,
) -> RecognitionObjection:
    """Record an objection that came in on paper while the notice ran, as an officer of the
    department in charge; another examines it.

    Raises NotAllowed, Refused at the day it came in.
    """
    permits.check_lead(actor, application.call.kind)
    permits.check_impartial(actor, application)
    if paper.received_on > clock.today():
        raise Refused(_("This date is still to come: check it"), "received_on")
    check_running(notice.starts_on, notice.ends_on, paper.received_on, "received_on")
    made = objection_to(notice, application, who, statement)
    made.recorded_by_id, made.came_on = actor.id, paper.received_on
    receive(actor, made)
    files.keep(actor, paper.scan, OBJECTION, made.id, purpose=ProofKind.LETTER)
    return made


def objection_to(
    notice: RecognitionNotice,
    application: RecognitionApplication,
    who: Objector,
    statement: str,
) -> RecognitionObjection:
    """Return an objection, its identity sealed; raises Refused once the enterprise is off."""
    if application.state not in (AppState.NOTICED, AppState.CONTESTED):
        raise Refused(_("This enterprise is no longer on the notice"))
    return RecognitionObjection(
        notice_id=notice.id,
        application_id=application.id,
        sealed_secret=sealed(SEAL, who),
        statement=statement.strip(),
        received_at=clock.now(),
    )


def receive(actor: audit.Actor, made: RecognitionObjection) -> None:
    """Keep an objection, stop its enterprise and tell those concerned; in an action. What a
    person raises in the portal stands in the trail as received, without them."""
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "receive_objection", made)
    application = made.application
    await_examination(actor, made)
    if application.state == AppState.NOTICED:
        enter(audit.SYSTEM, application, AppState.CONTESTED, "contest_application")
    tell_lead(application, "contested")
    tell_members(application, "contested")


def await_examination(actor: audit.Actor, objection: RecognitionObjection) -> None:
    """Open the case of an objection for the lead department; it names nobody."""
    application = objection.application
    open_case(
        actor,
        Matter.OBJECTION,
        objection,
        label=application.enterprise.name,
        number=application.number or "",
        enterprise_id=application.enterprise_id,
        department_id=application.call.kind.lead_department_id,
    )


@action
def reveal(actor: Person, objection: RecognitionObjection) -> Objector:
    """Return who objects; each showing stands in the trail. Raises NotAllowed."""
    permits.check_lead(actor, objection.application.call.kind)
    permits.check_impartial(actor, objection.application)
    audit.record(actor, "reveal_objector", objection, office=permits.office(actor))
    return unsealed(SEAL, objection.sealed_secret)


@action
def handle(
    actor: Person,
    objection: RecognitionObjection,
    version: int,
    result: ObjectionResult,
    answer: str,
) -> None:
    """Decide on an objection and tell who raised it and the enterprise.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    application = objection.application
    case = find_case(Matter.OBJECTION, RecognitionObjection.__tablename__, objection.id)
    if objection.version != version or case is None:
        raise ChangedSinceOpened(_("This objection was decided on already: open it again"))
    permits.check_lead(actor, application.call.kind)
    permits.check_impartial(actor, application)
    check_may_decide(actor, case)
    check_words(answer, "answer")
    objection.result, objection.answer = str(result), answer.strip()
    objection.handled_at, objection.handled_by_id = clock.now(), actor.id
    objection.handled_for = permits.office(actor)
    audit.record(actor, "handle_objection", objection, {"result": (None, str(result))})
    close_case(actor, case, str(result), note=objection.answer)
    db.session.flush()
    if result == ObjectionResult.UPHELD:
        strike(actor, application, objection.answer)
    elif not open_objections(application.id) and application.state == AppState.CONTESTED:
        enter(actor, application, AppState.NOTICED, "resume_notice", office=objection.handled_for)
        tell_members(application, "resumed")
    tell_objector(objection, result)


def tell_objector(objection: RecognitionObjection, result: ObjectionResult) -> None:
    """Owe who objected in the portal a letter; who wrote on paper is answered on paper."""
    if objection.person_id is None:
        return
    objector = db.session.get_one(Person, objection.person_id)
    name = objection.application.enterprise.name
    tell(objector, "objection", event=str(result), name=name, objection=objection.id)


def open_objections(application_id: int) -> bool:
    """Say whether an application has an objection that was not decided on."""
    found = db.session.query(RecognitionObjection.id).filter(
        RecognitionObjection.application_id == application_id,
        RecognitionObjection.handled_at.is_(None),
    )
    return found.first() is not None


def strike(actor: Person, application: RecognitionApplication, words: str) -> None:
    """End the application of an enterprise against whom an objection holds."""
    if application.state != AppState.CONTESTED:
        return
    end_declined(actor, application, case_of(application), words)


@conflict_rule
def check_examiner(actor: Person, case: Case) -> None:
    """Raise NotAllowed for who raised or recorded the objection the case is about."""
    if case.subject_kind != RecognitionObjection.__tablename__:
        return
    objection = db.session.get(RecognitionObjection, case.subject_id)
    if objection is None:
        return
    if actor.id in (objection.person_id, objection.recorded_by_id):
        raise NotAllowed(
            _("You raised or recorded this objection yourself: another officer examines it")
        )
    permits.check_impartial(actor, objection.application)

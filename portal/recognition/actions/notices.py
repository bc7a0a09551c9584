"""Publishing a notice, objecting to an enterprise on it, and handling the objection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts import keys
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.casework import (
    Matter,
    Stage,
    advance,
    check_may_decide,
    close_case,
    find_case,
    open_case,
)
from portal.database import action, mark_public_change
from portal.enterprises.queries.members import find_membership
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received
from portal.recognition import permits
from portal.recognition.actions.applications import enter
from portal.recognition.actions.reviews import case_of, check_turn, end_declined
from portal.recognition.actions.telling import tell_lead, tell_members
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionCall,
    RecognitionNotice,
    RecognitionNoticed,
    RecognitionObjection,
)
from portal.recognition.queries.notices import OBJECTION
from portal.recognition.rules.applications import check_words
from portal.recognition.rules.notices import check_running
from portal.recognition.terms.applications import AppState
from portal.recognition.terms.notices import ObjectionResult
from portal.taxonomy.queries import calendar

SEAL = "recognition-objection"


@dataclass(frozen=True)
class Objector:
    """Who objects, as they say; kept sealed."""

    name: str
    contact: str


@action
def publish_notice(
    actor: Person,
    call: RecognitionCall,
    applications: Sequence[RecognitionApplication],
    document_no: str,
) -> RecognitionNotice:
    """Publish the proposed enterprises from today for the working days the call names.

    Raises NotAllowed, Refused when none is chosen or one is no longer proposed.
    """
    permits.check_lead(actor, call.kind)
    if not applications:
        raise Refused(_("Choose at least one enterprise"), "applications")
    today = clock.today()
    last = calendar(today, today + timedelta(days=call.notice_days * 3 + 30)).add(
        today, call.notice_days
    )
    notice = RecognitionNotice(
        call_id=call.id,
        document_no=document_no.strip(),
        days=call.notice_days,
        starts_on=today,
        ends_on=last.on,
        provisional=last.provisional,
        contact_zh=call.contact_zh,
        contact_en=call.contact_en,
        phone=call.phone,
        published_at=clock.now(),
        published_by_id=actor.id,
    )
    db.session.add(notice)
    db.session.flush()
    audit.record(actor, "publish_notice", notice, {"ends_on": (None, last.on)})
    for application in applications:
        put_on(actor, notice, application)
    mark_public_change()
    return notice


def put_on(actor: Person, notice: RecognitionNotice, application: RecognitionApplication) -> None:
    """Put one proposed enterprise on a notice; its case waits for the decision."""
    case = case_of(application)
    check_turn(actor, application, case)
    db.session.add(RecognitionNoticed(notice_id=notice.id, application_id=application.id))
    advance(actor, case, Stage.DECISION)
    enter(actor, application, AppState.NOTICED, "notice_application", office=permits.office(actor))
    tell_members(application, "noticed", day=notice.ends_on.isoformat())


@action
def object_to(
    actor: Person,
    notice: RecognitionNotice,
    application: RecognitionApplication,
    who: Objector,
    statement: str,
    proof: Received | None = None,
) -> RecognitionObjection:
    """Object to one enterprise while its notice runs; this stops that enterprise alone.

    Raises NotAllowed for its own members, Refused.
    """
    if find_membership(actor, application.enterprise_id) is not None:
        raise NotAllowed(_("You act for this enterprise: an objection is for others to raise"))
    check_running(notice.starts_on, notice.ends_on, clock.today())
    if application.state not in (AppState.NOTICED, AppState.CONTESTED):
        raise Refused(_("This enterprise is no longer on the notice"))
    made = RecognitionObjection(
        notice_id=notice.id,
        application_id=application.id,
        person_id=actor.id,
        sealed_secret=keys.seal(SEAL, json.dumps([who.name.strip(), who.contact.strip()])),
        statement=statement.strip(),
        received_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    audit.record(audit.SYSTEM, "receive_objection", made)
    if proof is not None:
        files.keep(audit.SYSTEM, proof, OBJECTION, made.id, purpose="proof")
    await_examination(made)
    if application.state == AppState.NOTICED:
        enter(audit.SYSTEM, application, AppState.CONTESTED, "contest_application")
    tell_lead(application, "contested")
    tell_members(application, "contested")
    tell(actor, "objection", event="received", name=application.enterprise.name, objection=made.id)
    mark_public_change()
    return made


def await_examination(objection: RecognitionObjection) -> None:
    """Open the case of an objection for the lead department; it names nobody."""
    application = objection.application
    open_case(
        audit.SYSTEM,
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
    text = keys.unseal(SEAL, objection.sealed_secret)
    if text is None:
        raise Refused(_("The sealed identity cannot be opened: it was sealed elsewhere"))
    name, contact = json.loads(text)
    return Objector(name, contact)


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
    objector = db.session.get_one(Person, objection.person_id)
    tell(
        objector,
        "objection",
        event=str(result),
        name=application.enterprise.name,
        objection=objection.id,
    )
    mark_public_change()


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

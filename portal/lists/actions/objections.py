"""Objections to a list on notice: raised in the portal or on paper, sealed, decided on."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.accounts.queries.officers import holders_of
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
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
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received
from portal.lists.actions.curation import keep_decision, tell_sender
from portal.lists.actions.entries import change_entry
from portal.lists.actions.telling import tell_publisher
from portal.lists.models import Entry, NoticeObjection, ReleaseNotice
from portal.lists.permits import check_handler, check_impartial, is_publisher
from portal.lists.queries.notices import OBJECTION, named
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.entries import Decision, EntryState
from portal.lists.terms.steps import ObjectionResult, ProofKind

SEAL = "list-objection"


@action
def object_to(
    actor: Person,
    notice: ReleaseNotice,
    entry: Entry | None,
    who: Objector,
    statement: str,
    proofs: Sequence[Received] = (),
) -> NoticeObjection:
    """Object to an entry on a notice, or with None to the whole list, while the notice runs.

    Raises NotAllowed for who published the entry, Refused.
    """
    if entry is not None and is_publisher(actor, entry):
        raise NotAllowed(_("You act for who published this entry: an objection is for others"))
    made = objection_to(notice, entry, who, statement)
    check_running(notice.starts_on, notice.ends_on, clock.today())
    made.person_id = actor.id
    receive(audit.SYSTEM, made)
    for proof in proofs:
        files.keep(audit.SYSTEM, proof, OBJECTION, made.id, purpose=ProofKind.PROOF)
    tell(actor, "list_objection", event="received", name=named(made), objection=made.id)
    return made


@action
def record_objection(
    actor: Person,
    notice: ReleaseNotice,
    entry: Entry | None,
    who: Objector,
    statement: str,
    paper: Paper,
) -> NoticeObjection:
    """Record an objection that came in on paper while the notice ran; another examines it.

    Raises NotAllowed, Refused at the day it came in.
    """
    check_handler(actor, notice)
    made = objection_to(notice, entry, who, statement)
    if paper.received_on > clock.today():
        raise Refused(_("This date is still to come: check it"), "received_on")
    check_running(notice.starts_on, notice.ends_on, paper.received_on, "received_on")
    made.recorded_by_id, made.came_on = actor.id, paper.received_on
    receive(actor, made)
    files.keep(actor, paper.scan, OBJECTION, made.id, purpose=ProofKind.LETTER)
    return made


def objection_to(
    notice: ReleaseNotice, entry: Entry | None, who: Objector, statement: str
) -> NoticeObjection:
    """Return an objection, its identity sealed; raises Refused once the notice was stopped, the
    content is fixed or the entry is off the list."""
    if notice.stopped_at is not None:
        raise Refused(_("The notice was stopped: nothing of it goes on to be signed"))
    if notice.release.state not in REVIEWED_STATES:
        raise Refused(_("The list has moved on: its content is fixed"))
    if entry is not None and entry.state != EntryState.ACCEPTED:
        raise Refused(_("This entry is no longer on the list"))
    return NoticeObjection(
        notice=notice,
        entry=entry,
        sealed_secret=sealed(SEAL, who),
        statement=statement.strip(),
        received_at=clock.now(),
    )


def receive(actor: audit.Actor, made: NoticeObjection) -> None:
    """Keep an objection, open its case and tell those concerned; in an action. What a person
    raises in the portal stands in the trail as received, without them."""
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "receive_objection", made)
    notice = made.notice
    department = notice.department_id
    open_case(actor, Matter.LIST_OBJECTION, made, label=named(made), department_id=department)
    for person in holders_of(Right.CURATE_LISTS, department):
        tell(person, "list_objection", event="to_examine", name=named(made), objection=made.id)
    if made.entry is not None:
        tell_publisher(made.entry, "entry_noticed", event="contested", notice=notice.id, day="")


@action
def reveal(actor: Person, objection: NoticeObjection) -> Objector:
    """Return who objects; each showing stands in the trail. Raises NotAllowed, Refused."""
    check_handler(actor, objection.notice)
    if objection.entry is not None:
        check_impartial(actor, objection.entry)
    audit.record(actor, "reveal_objector", objection, office=office_name(actor))
    return unsealed(SEAL, objection.sealed_secret)


def office_name(actor: Person) -> str:
    """Return the office a curator acts for."""
    office = office_of(actor, Right.CURATE_LISTS)
    return office.name_zh if office else ""


@action
def handle(
    actor: Person,
    objection: NoticeObjection,
    version: int,
    result: ObjectionResult,
    answer: str,
) -> None:
    """Decide on an objection and tell who raised it and whose entry it concerns.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    case = find_case(Matter.LIST_OBJECTION, NoticeObjection.__tablename__, objection.id)
    if objection.version != version or case is None:
        raise ChangedSinceOpened(_("This objection was decided on already: open it again"))
    check_handler(actor, objection.notice)
    check_may_decide(actor, case)
    if not answer.strip():
        raise Refused(_("Write the answer: who raised the objection reads it"), "answer")
    if result == ObjectionResult.STRUCK and objection.entry is None:
        raise Refused(_("The whole list cannot be taken off itself: have it corrected"), "result")
    objection.result, objection.answer = str(result), answer.strip()
    objection.handled_at, objection.handled_by_id = clock.now(), actor.id
    objection.handled_for = office_name(actor)
    audit.record(actor, "handle_objection", objection, {"result": (None, str(result))})
    close_case(actor, case, str(result), note=objection.answer)
    if result == ObjectionResult.STRUCK:
        strike(actor, objection)
    tell_result(objection, result)


def strike(actor: Person, objection: NoticeObjection) -> None:
    """Take the entry of an objection that holds off its list."""
    entry = objection.entry
    assert entry is not None
    if entry.state != EntryState.ACCEPTED or entry.release.state not in REVIEWED_STATES:
        return
    decided = keep_decision(actor, entry, Decision.DECLINE, {}, objection.answer)
    entry.position = 0
    change_entry(
        actor,
        entry,
        EntryState.NOT_SELECTED,
        Decision.DECLINE,
        decided.ground,
        decided.decided_for,
    )
    entry.release.changed_at = clock.now()
    tell_sender(entry, decided)


def tell_result(objection: NoticeObjection, result: ObjectionResult) -> None:
    """Owe a letter to who objected in the portal and to whose entry it concerns; who wrote on
    paper is answered on paper."""
    entry = objection.entry
    if entry is not None and result != ObjectionResult.STRUCK:
        notice = objection.notice_id
        tell_publisher(entry, "entry_noticed", event=str(result), notice=notice, day="")
    if objection.person_id is not None:
        objector = db.session.get_one(Person, objection.person_id)
        name = named(objection)
        tell(objector, "list_objection", event=str(result), name=name, objection=objection.id)


@conflict_rule
def check_examiner(actor: Person, case: Case) -> None:
    """Raise NotAllowed for who raised or recorded the objection, or whose entry it concerns."""
    if case.subject_kind != NoticeObjection.__tablename__:
        return
    objection = db.session.get(NoticeObjection, case.subject_id)
    if objection is None:
        return
    if actor.id in (objection.person_id, objection.recorded_by_id):
        raise NotAllowed(
            _("You raised or recorded this objection yourself: another officer examines it")
        )
    if objection.entry is not None:
        check_impartial(actor, objection.entry)

"""Objections to what a domain puts on public notice: taken, sealed, shown on asking, decided on.

What is a domain's own it says in one `Objections`, registered for its table.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.casework.actions import About, close_case, open_case
from portal.casework.conflicts import conflict_rule
from portal.casework.models import Case, Objection
from portal.casework.notices import check_running
from portal.casework.objectors import Objector, Paper, sealed, unsealed
from portal.casework.permits import check_may_decide
from portal.casework.queries import REVEALED, find_case, was_shown
from portal.casework.terms import Matter, ProofKind
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received, StoredFile

Raised = TypeVar("Raised", bound=Objection)


class Objections(ABC, Generic[Raised]):
    """What a domain says of the objections to its notices. `matter` is that of their cases, `seal`
    the use identities are sealed for, `letter` the message to who objects."""

    matter: ClassVar[Matter]
    seal: ClassVar[str]
    letter: ClassVar[str]

    @abstractmethod
    def days(self, objection: Raised) -> tuple[date, date]:
        """Return the first and the last day of the notice."""

    @abstractmethod
    def label(self, objection: Raised) -> str:
        """Return what is objected to, as worklist and letters name it; never who objects."""

    @abstractmethod
    def about(self, objection: Raised) -> About:
        """Return where the case belongs."""

    @abstractmethod
    def check_examiner(self, actor: Person, objection: Raised) -> None:
        """Raise NotAllowed unless the actor's right examines it."""

    @abstractmethod
    def check_impartial(self, actor: Person, objection: Raised) -> None:
        """Raise NotAllowed for whom what is objected to concerns."""

    @abstractmethod
    def check_result(self, objection: Raised, result: str) -> None:
        """Raise Refused for a result there is not here."""

    @abstractmethod
    def office(self, actor: Person) -> str:
        """Return the office the actor examines for."""

    @abstractmethod
    def received(self, objection: Raised) -> None:
        """Stop what is objected to and tell whom it concerns; in an action."""

    @abstractmethod
    def decided(self, actor: Person, objection: Raised) -> None:
        """Do what the result asks for and tell whom it concerns; in an action."""


_domains: dict[str, tuple[type[Objection], Objections[Any]]] = {}


def register(model: type[Raised], domain: Objections[Raised]) -> None:
    """Let a domain say what is its own of the objections in its table, and of their files."""
    _domains[model.__tablename__] = model, domain
    files.reader_of(model.__tablename__)(may_read_proof)


def domain_of(objection: Objection) -> Objections[Any]:
    """Return what the domain of an objection says."""
    return _domains[objection.__tablename__][1]


@action
def raise_objection(
    actor: Person, made: Raised, who: Objector, proofs: Sequence[Received] = ()
) -> Raised:
    """Take an objection raised in the portal while the notice runs; raises Refused."""
    domain = domain_of(made)
    check_running(*domain.days(made), clock.today())
    made.person_id = actor.id
    receive(audit.SYSTEM, made, who)
    for proof in proofs:
        files.keep(audit.SYSTEM, proof, made.__tablename__, made.id, purpose=ProofKind.PROOF)
    tell_objector(made, "received")
    return made


@action
def record_letter(actor: Person, made: Raised, who: Objector, paper: Paper) -> Raised:
    """Record an objection that came in on paper while the notice ran; another examines it.

    Raises Refused at the day it came in.
    """
    if paper.received_on > clock.today():
        raise Refused(_("This date is still to come: check it"), "received_on")
    check_running(*domain_of(made).days(made), paper.received_on, "received_on")
    made.recorded_by_id, made.came_on = actor.id, paper.received_on
    receive(actor, made, who)
    files.keep(actor, paper.scan, made.__tablename__, made.id, purpose=ProofKind.LETTER)
    return made


def receive(actor: audit.Actor, made: Objection, who: Objector) -> None:
    """Keep an objection, its identity sealed, and open its case; in an action. What a person
    raises in the portal stands in the trail as received, without them."""
    domain = domain_of(made)
    made.sealed_secret, made.received_at = sealed(domain.seal, who), clock.now()
    made.statement = made.statement.strip()
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "receive_objection", made)
    open_case(actor, domain.matter, made, label=domain.label(made), **domain.about(made))
    domain.received(made)


@action
def reveal(actor: Person, objection: Objection) -> Objector:
    """Return who objects; each showing stands in the trail. Raises NotAllowed, Refused."""
    domain = domain_of(objection)
    domain.check_examiner(actor, objection)
    domain.check_impartial(actor, objection)
    audit.record(actor, REVEALED, objection, office=domain.office(actor))
    return unsealed(domain.seal, objection.sealed_secret)


@action
def handle(actor: Person, objection: Objection, version: int, result: str, answer: str) -> None:
    """Decide on an objection and tell who raised it and whom it concerns.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    domain = domain_of(objection)
    case = find_case(domain.matter, objection.__tablename__, objection.id)
    if objection.version != version or case is None:
        raise ChangedSinceOpened(_("This objection was decided on already: open it again"))
    domain.check_examiner(actor, objection)
    check_may_decide(actor, case)
    if not answer.strip():
        raise Refused(_("Write the answer: who raised the objection reads it"), "answer")
    domain.check_result(objection, result)
    objection.result, objection.answer = str(result), answer.strip()
    objection.handled_at, objection.handled_by_id = clock.now(), actor.id
    objection.handled_for = domain.office(actor)
    audit.record(actor, "handle_objection", objection, {"result": (None, objection.result)})
    close_case(actor, case, objection.result, note=objection.answer)
    db.session.flush()
    domain.decided(actor, objection)
    tell_objector(objection, objection.result)


def tell_objector(objection: Objection, event: str) -> None:
    """Owe a letter to who objected in the portal; who wrote on paper is answered on paper."""
    if objection.person_id is None:
        return
    domain, objector = domain_of(objection), db.session.get_one(Person, objection.person_id)
    tell(objector, domain.letter, event=event, name=domain.label(objection), objection=objection.id)


@conflict_rule
def check_not_own(actor: Person, case: Case) -> None:
    """Raise NotAllowed for who raised or recorded the objection a case is about, and for whom it
    concerns."""
    if case.subject_kind not in _domains:
        return
    model, domain = _domains[case.subject_kind]
    objection = db.session.get(model, case.subject_id)
    if objection is None:
        return
    if actor.id in (objection.person_id, objection.recorded_by_id):
        raise NotAllowed(
            _("You raised or recorded this objection yourself: another officer examines it")
        )
    domain.check_impartial(actor, objection)


def may_read_proof(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read what an objection rests on: who raised it, and who examines
    it; a letter names who wrote it, so only to whom that was shown."""
    model, domain = _domains[file.owner_kind]
    found = db.session.get(model, file.owner_id)
    if found is None:
        return False
    if file.purpose == ProofKind.LETTER and not was_shown(found, person.id):
        return False
    if found.person_id == person.id:
        return True
    try:
        domain.check_examiner(person, found)
    except NotAllowed:
        return False
    return True

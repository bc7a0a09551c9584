"""What bodies answer that were asked for an opinion: in the portal, which counts at once, or on
paper, recorded by one officer and confirmed by a second.

What is a domain's own it says in one `Replies`, registered for its table.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.models import Person
from portal.audit import Actor
from portal.audit.trail import Subject
from portal.casework.actions import About, close_case, open_case
from portal.casework.conflicts import conflict_rule
from portal.casework.models import Case, Reply
from portal.casework.opinions import ReplyWay, check_paper_day
from portal.casework.permits import check_not_held
from portal.casework.queries import find_case
from portal.casework.terms import Matter
from portal.database import action
from portal.errors import NotAllowed, PortalError, Refused
from portal.extensions import db
from portal.files import Received

Given = TypeVar("Given", bound=Reply)


@dataclass(frozen=True)
class Paper:
    """What a reply on paper says of itself; the scan is what the second officer compares."""

    signer_name: str
    signer_post: str
    replied_on: date
    reference: str
    scan: Received | None


class Replies(ABC, Generic[Given]):
    """What a domain says of the replies to its questions. `asks` is the matter of the case that
    waits for the body, `confirms` of the one that waits for a second officer."""

    asks: ClassVar[Matter]
    confirms: ClassVar[Matter]

    @abstractmethod
    def question(self, reply: Given) -> Subject:
        """Return the row of the body that was asked."""

    @abstractmethod
    def asked_at(self, reply: Given) -> datetime:
        """Return when it was asked."""

    @abstractmethod
    def label(self, reply: Given) -> str:
        """Return what the worklist calls a reply to be confirmed."""

    @abstractmethod
    def about(self, actor: Person, reply: Given) -> About:
        """Return where the case of a second officer belongs, `actor` being the first."""

    @abstractmethod
    def check_recorder(self, actor: Person, reply: Given) -> None:
        """Raise NotAllowed unless the actor may record and confirm what is on paper."""

    @abstractmethod
    def check_awaited(self, reply: Given) -> None:
        """Raise Refused once the opinion is no longer awaited."""

    @abstractmethod
    def note(self, actor: Person, act: str, reply: Given, why: str = "") -> None:
        """Write the trail of "reply", "record", "confirm" or "reject"; the name of who signed on
        paper stays out of it."""

    @abstractmethod
    def counts(self, reply: Given) -> None:
        """Tell whom it concerns that a reply counts; in an action."""


_domains: dict[str, tuple[type[Reply], Replies[Any]]] = {}


def register(model: type[Given], domain: Replies[Given]) -> None:
    """Let a domain say what is its own of the replies in its table."""
    _domains[model.__tablename__] = model, domain


def domain_of(reply: Reply) -> Replies[Any]:
    """Return what the domain of a reply says."""
    return _domains[reply.__tablename__][1]


@action
def give(actor: Person, made: Given) -> Given:
    """Keep an answer given in the portal; raises Refused once it is no longer awaited."""
    domain = domain_of(made)
    made.way, made.replied_on = str(ReplyWay.SYSTEM), clock.today()
    made.confirmed_at, made.confirmed_by_id = clock.now(), actor.id
    keep(actor, made)
    domain.note(actor, "reply", made)
    take_in(actor, made)
    return made


@action
def record(actor: Person, made: Given, paper: Paper) -> Given:
    """Record an answer on paper; it counts once a second officer confirms it.

    Call it inside `files.receiving`. Raises NotAllowed, Refused.
    """
    domain = domain_of(made)
    if paper.scan is None:
        raise Refused(_("Choose the scan of the reply: PDF, JPG or PNG"), "scan")
    made.way, made.replied_on = str(ReplyWay.PAPER), paper.replied_on
    made.signer_name, made.signer_post = paper.signer_name.strip(), paper.signer_post.strip()
    made.reference = paper.reference.strip()
    keep(actor, made)
    domain.check_recorder(actor, made)
    asked_on = domain.asked_at(made).astimezone(clock.city_zone()).date()
    check_paper_day(paper.replied_on, asked_on, clock.today())
    files.keep(actor, paper.scan, made.__tablename__, made.id, purpose="scan")
    domain.note(actor, "record", made)
    await_second(actor, made)
    return made


def keep(actor: Person, made: Reply) -> None:
    """Keep an answer with who entered it; raises Refused once it is no longer awaited, which
    undoes the action."""
    made.recorded_at, made.recorded_by_id = clock.now(), actor.id
    db.session.add(made)
    db.session.flush()
    domain_of(made).check_awaited(made)


def await_second(actor: Person, made: Reply) -> None:
    """Open the case of the second officer who compares a record with its paper; in an action."""
    domain = domain_of(made)
    open_case(actor, domain.confirms, made, label=domain.label(made), **domain.about(actor, made))


def take_in(actor: Person, made: Reply) -> None:
    """Close the case of an answer that counts and tell whom it concerns; in an action."""
    domain = domain_of(made)
    question = domain.question(made)
    case = find_case(domain.asks, question.__tablename__, question.id)
    if case is not None:
        close_case(actor, case, made.kind)
    domain.counts(made)


@action
def confirm(actor: Person, found: Reply) -> None:
    """Confirm a recorded reply against the paper, as a second officer; it counts from now on."""
    check_second(actor, found)
    domain = domain_of(found)
    domain.check_awaited(found)
    found.confirmed_at, found.confirmed_by_id = clock.now(), actor.id
    domain.note(actor, "confirm", found)
    end_wait(actor, found, "consented")
    take_in(actor, found)


@action
def reject(actor: Person, found: Reply, reason: str) -> None:
    """Void a recorded reply that does not agree with the paper; the body is awaited again."""
    check_second(actor, found)
    if not reason.strip():
        raise Refused(_("Say what does not agree with the paper"), "reason")
    found.voided_at, found.void_reason = clock.now(), reason.strip()[:300]
    domain_of(found).note(actor, "reject", found, found.void_reason)
    end_wait(actor, found, "declined")


def check_second(actor: Person, found: Reply) -> None:
    """Raise NotAllowed for the recorder, Refused for a reply that is void or counts already, or
    that another officer has taken."""
    domain_of(found).check_recorder(actor, found)
    if found.voided_at is not None:
        raise Refused(_("This record is void: %(reason)s", reason=found.void_reason))
    if found.confirmed_at is not None:
        raise Refused(_("This reply has been confirmed already"))
    check_not_recorder(actor, found)
    case = case_of(found)
    if case is not None:
        check_not_held(actor, case)


def check_not_recorder(actor: Person, found: Reply) -> None:
    """Raise NotAllowed for who recorded a reply."""
    if found.recorded_by_id == actor.id:
        raise NotAllowed(_("You recorded this reply: a second officer confirms it"))


def why_not_confirm(actor: Person, found: Reply) -> str:
    """Return the sentence that says why the officer may not confirm a reply, or ''."""
    try:
        check_second(actor, found)
    except PortalError as refusal:
        return refusal.message
    return ""


def case_of(found: Reply) -> Case | None:
    """Return the open case of the second officer, or None."""
    return find_case(domain_of(found).confirms, found.__tablename__, found.id)


def end_wait(actor: Actor, found: Reply, outcome: str = "unconfirmed") -> None:
    """Close the case of the second officer, where it is open; in an action."""
    case = case_of(found)
    if case is not None:
        close_case(actor, case, outcome)


def end_question(actor: Actor, asks: Matter, question: Subject, reply: Reply | None) -> None:
    """Close what waits about a question once nothing more is expected; in an action."""
    case = find_case(asks, question.__tablename__, question.id)
    if case is not None:
        close_case(actor, case, "no_reply")
    if reply is not None:
        end_wait(actor, reply)


@conflict_rule
def check_not_own(actor: Person, case: Case) -> None:
    """Raise NotAllowed for who recorded the reply a case is about."""
    if case.subject_kind in _domains:
        found = db.session.get(_domains[case.subject_kind][0], case.subject_id)
        if found is not None:
            check_not_recorder(actor, found)

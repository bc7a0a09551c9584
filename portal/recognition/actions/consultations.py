"""What bodies answer about an application: what is their own here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal import audit
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.casework import Matter
from portal.casework.actions import About
from portal.casework.opinions import ReplyKind
from portal.casework.replies import Paper, Replies, end_question, give, record, register
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.recognition import permits
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionConsultation,
    RecognitionReply,
)
from portal.recognition.queries.reviews import consultations_of
from portal.recognition.rules.applications import check_words
from portal.recognition.terms.applications import AppState


@dataclass(frozen=True)
class Said:
    """An answer: its kind, with the ground of an opinion."""

    kind: ReplyKind
    ground: str = ""


@action
def reply(actor: Person, asked: RecognitionConsultation, said: Said) -> RecognitionReply:
    """Answer for the body that was asked, once.

    Raises NotAllowed unless the actor recognises for that body, Refused, ChangedSinceOpened.
    """
    check_body(actor, asked)
    permits.check_impartial(actor, asked.application)
    return give(actor, reply_of(asked, said))


def check_body(actor: Person, asked: RecognitionConsultation) -> None:
    """Raise NotAllowed unless the actor recognises for the body that was asked."""
    if not has_right(actor, Right.RECOGNISE, department_id=asked.department_id):
        raise NotAllowed(
            _("Only officers of %(body)s may answer for it", body=asked.department.name_zh)
        )


@action
def record_reply(
    actor: Person, asked: RecognitionConsultation, said: Said, paper: Paper
) -> RecognitionReply:
    """Record a body's reply on paper with its scan, as an officer of the lead department; it
    counts once a second one confirms it.

    Call it inside `files.receiving`. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_recorder(actor, asked.application)
    return record(actor, reply_of(asked, said), paper)


def check_recorder(actor: Person, application: RecognitionApplication) -> None:
    """Raise NotAllowed unless the actor leads the title and has no part in the application."""
    permits.check_lead(actor, application.call.kind)
    permits.check_impartial(actor, application)


def reply_of(asked: RecognitionConsultation, said: Said) -> RecognitionReply:
    """Return an answer; raises Refused, ChangedSinceOpened."""
    if asked.reply is not None:
        raise ChangedSinceOpened(_("This body has answered already: open the page again"))
    check_awaited(asked.application)
    if said.kind == ReplyKind.OPINION:
        check_words(said.ground)
    ground = said.ground.strip()
    return RecognitionReply(consultation_id=asked.id, kind=str(said.kind), ground=ground)


def check_awaited(application: RecognitionApplication) -> None:
    """Raise Refused once the application is past its consultation."""
    if application.state != AppState.CONSULTING:
        raise Refused(_("The opinion is no longer awaited: the application has moved on"))


class TitleReplies(Replies[RecognitionReply]):
    """Officers of the department in charge record and confirm."""

    asks = Matter.CONSULTATION
    confirms = Matter.CONSULTATION_PAPER

    def question(self, reply: RecognitionReply) -> RecognitionConsultation:
        return reply.consultation

    def asked_at(self, reply: RecognitionReply) -> datetime:
        return reply.consultation.asked_at

    def label(self, reply: RecognitionReply) -> str:
        return reply.consultation.application.enterprise.name

    def about(self, actor: Person, reply: RecognitionReply) -> About:
        application = reply.consultation.application
        return {
            "number": application.number or "",
            "enterprise_id": application.enterprise_id,
            "department_id": application.call.kind.lead_department_id,
        }

    def check_recorder(self, actor: Person, reply: RecognitionReply) -> None:
        check_recorder(actor, reply.consultation.application)

    def check_awaited(self, reply: RecognitionReply) -> None:
        check_awaited(reply.consultation.application)

    def note(self, actor: Person, act: str, reply: RecognitionReply, why: str = "") -> None:
        asked = reply.consultation
        changes = {"body": (None, asked.department.slug), "reply": (None, reply.kind)}
        office = permits.office(actor)
        act = f"{act}_consultation"
        audit.record(actor, act, asked.application, changes, note=why, office=office)

    def counts(self, reply: RecognitionReply) -> None:
        """Who reviews the application finds the answer on its page."""


def end_consultations(actor: audit.Actor, application: RecognitionApplication) -> None:
    """Close what bodies did not answer or nobody confirmed: nothing more is expected of them."""
    for one in consultations_of(application.id):
        end_question(actor, Matter.CONSULTATION, one, one.reply)


register(RecognitionReply, TitleReplies())

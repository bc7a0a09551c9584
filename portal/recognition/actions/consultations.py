"""What bodies answer when their opinion is asked: in the portal, or recorded from paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.casework import Matter, close_case, find_case
from portal.casework.opinions import ReplyKind, check_paper_day
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.files import Received
from portal.recognition import permits
from portal.recognition.models import RecognitionApplication, RecognitionConsultation
from portal.recognition.queries.reviews import consultations_of
from portal.recognition.readers import REPLY
from portal.recognition.rules.applications import check_words
from portal.recognition.terms.applications import AppState


@dataclass(frozen=True)
class Paper:
    """A reply on paper: of which day, under which number, and its scan."""

    replied_on: date
    reference: str
    scan: Received


@action
def reply(
    actor: Person,
    asked: RecognitionConsultation,
    version: int,
    kind: ReplyKind,
    ground: str,
) -> None:
    """Answer for the body that was asked, once.

    Raises NotAllowed unless the actor recognises for that body, Refused, ChangedSinceOpened.
    """
    check_body(actor, asked)
    permits.check_impartial(actor, asked.application)
    enter_reply(actor, asked, version, kind, ground)
    asked.replied_on = clock.today()


def check_body(actor: Person, asked: RecognitionConsultation) -> None:
    """Raise NotAllowed unless the actor recognises for the body that was asked."""
    if not has_right(actor, Right.RECOGNISE, department_id=asked.department_id):
        raise NotAllowed(
            _("Only officers of %(body)s may answer for it", body=asked.department.name_zh)
        )


@action
def record_reply(
    actor: Person,
    asked: RecognitionConsultation,
    version: int,
    kind: ReplyKind,
    ground: str,
    paper: Paper,
) -> None:
    """Record a body's reply on paper with its scan, as an officer of the lead department."""
    permits.check_lead(actor, asked.application.call.kind)
    permits.check_impartial(actor, asked.application)
    asked_on = asked.asked_at.astimezone(clock.city_zone()).date()
    check_paper_day(paper.replied_on, asked_on, clock.today())
    enter_reply(actor, asked, version, kind, ground)
    asked.on_paper, asked.reference = True, paper.reference.strip()
    asked.replied_on = paper.replied_on
    files.keep(actor, paper.scan, REPLY, asked.id, purpose="reply")


def enter_reply(
    actor: Person,
    asked: RecognitionConsultation,
    version: int,
    kind: ReplyKind,
    ground: str,
) -> None:
    """Keep a reply and close its case."""
    if asked.version != version or asked.reply:
        raise ChangedSinceOpened(_("This body has answered already: open the page again"))
    if asked.application.state != AppState.CONSULTING:
        raise Refused(_("The opinion is no longer awaited: the application has moved on"))
    if kind == ReplyKind.OPINION:
        check_words(ground)
    asked.reply, asked.ground = str(kind), ground.strip()
    asked.recorded_at, asked.recorded_by_id = clock.now(), actor.id
    case = find_case(Matter.CONSULTATION, RecognitionConsultation.__tablename__, asked.id)
    if case is not None:
        close_case(actor, case, str(kind))
    audit.record(
        actor,
        "reply_consultation",
        asked.application,
        {"body": (None, asked.department.slug), "reply": (None, str(kind))},
        office=permits.office(actor),
    )


def end_consultations(actor: audit.Actor, application: RecognitionApplication) -> None:
    """Close what bodies did not answer: nothing more is expected of them."""
    for one in consultations_of(application.id):
        case = find_case(Matter.CONSULTATION, RecognitionConsultation.__tablename__, one.id)
        if case is not None:
            close_case(actor, case, "no_reply")

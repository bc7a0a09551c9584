"""Asking about a published entry, and answering once for all."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.telling import tell_publisher
from portal.lists.models import Entry, EntryQuestion
from portal.lists.permits import check_publisher, is_publisher
from portal.lists.queries.questions import count_waiting
from portal.lists.rules.questions import check_not_too_many, check_taking


@action
def ask(actor: Person, entry: Entry, question: str) -> EntryQuestion:
    """Ask about a published entry while it takes questions; who asks is never shown.

    Raises NotAllowed for its publisher, Refused (over, nothing asked, too many waiting).
    """
    if not entry.release.is_public:
        raise Refused(_("The entry is not published: nothing can be asked about it"))
    if is_publisher(actor, entry):
        raise NotAllowed(_("This is your own entry: questions are for others to ask"))
    check_taking(entry.life, is_over(entry))
    check_not_too_many(count_waiting(actor, entry.id))
    if not question.strip():
        raise Refused(_("Write your question"), "question")
    asked = EntryQuestion(
        entry_id=entry.id,
        question=question.strip(),
        asked_at=clock.now(),
        person_id=actor.id,
    )
    db.session.add(asked)
    db.session.flush()
    audit.record(actor, "ask_question", asked, {"entry": (None, entry.id)})
    tell_publisher(entry, "entry_question")
    return asked


def is_over(entry: Entry) -> bool:
    """Say whether an entry is past its closing date."""
    closes_on = entry.closes_on
    return not entry.standing and closes_on is not None and closes_on < clock.today()


@action
def answer(
    actor: Person, question: EntryQuestion, version: int, words: str, *, declined: bool
) -> None:
    """Answer for everybody, or say to the asker alone why there is no answer.

    Raises NotAllowed unless publisher, Refused, ChangedSinceOpened when it has an answer.
    """
    check_publisher(actor, question.entry)
    if question.version != version or question.answered_at is not None:
        raise ChangedSinceOpened(_("This question was answered meanwhile: open it again"))
    if not words.strip():
        raise Refused(_("Write the answer, or why there is none"), "answer")
    question.answer, question.declined = words.strip(), declined
    question.answered_at, question.answered_by_id = clock.now(), actor.id
    audit.record(actor, "answer_question", question, {"declined": (None, declined)})
    asker = db.session.get(Person, question.person_id)
    if asker is not None:
        entry = question.entry
        tell(asker, "question_answered", title=entry.title, number=entry.number or "")

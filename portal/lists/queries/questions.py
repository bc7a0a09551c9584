"""Questions about entries and their answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import EntryQuestion


def questions_on(entry_id: int) -> Sequence[EntryQuestion]:
    """Return every question about an entry for its publisher, unanswered ones first."""
    return db.session.scalars(
        select(EntryQuestion)
        .where(EntryQuestion.entry_id == entry_id)
        .order_by(EntryQuestion.answered_at.is_not(None), EntryQuestion.id)
    ).all()


def own_questions(person: Person, entry_id: int) -> Sequence[EntryQuestion]:
    """Return what a person asked about an entry, newest first."""
    return db.session.scalars(
        select(EntryQuestion)
        .where(EntryQuestion.entry_id == entry_id, EntryQuestion.person_id == person.id)
        .order_by(EntryQuestion.id.desc())
    ).all()


def count_waiting(person: Person, entry_id: int) -> int:
    """Return how many of a person's questions about an entry have no answer yet."""
    return sum(one.answered_at is None for one in own_questions(person, entry_id))


def get_question(question_id: int) -> EntryQuestion:
    """Return a question with its entry; raises NotFound."""
    found = db.session.get(EntryQuestion, question_id, options=[joinedload(EntryQuestion.entry)])
    if found is None:
        raise NotFound
    return found

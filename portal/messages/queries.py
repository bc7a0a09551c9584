"""Named selects over the inbox."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.errors import NotFound
from portal.extensions import db
from portal.messages.models import InboxMessage
from portal.messages.terms import Recipient


def inbox_of(person: Recipient, *, offset: int = 0, limit: int = 20) -> Sequence[InboxMessage]:
    """Return a person's letters, newest first."""
    return db.session.scalars(
        select(InboxMessage)
        .where(InboxMessage.person_id == person.id)
        .order_by(InboxMessage.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count_inbox(person: Recipient) -> int:
    """Return how many letters a person has."""
    return count(InboxMessage.person_id == person.id)


def count_unread(person: Recipient) -> int:
    """Return how many of a person's letters have not been opened."""
    return count(InboxMessage.person_id == person.id, InboxMessage.read_at.is_(None))


def count(*conditions: object) -> int:
    return db.session.scalar(select(func.count(InboxMessage.id)).where(*conditions)) or 0  # type: ignore[arg-type]


def get_letter(person: Recipient, number: int) -> InboxMessage:
    """Return a person's letter of that number. Raises NotFound, also for somebody else's."""
    found = db.session.get(InboxMessage, number)
    if found is None or found.person_id != person.id:
        raise NotFound
    return found

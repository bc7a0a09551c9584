"""Putting messages in, and draining them topic by topic."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from portal import clock
from portal.database import transaction
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.prepared import Prepared
from portal.web.reading import read_one

logger = logging.getLogger(__name__)

Handler = Callable[[Sequence[Mapping[str, Any]]], None]
Handlers = Mapping[str, Handler]
BATCH = 200
LONGEST_WAIT = timedelta(minutes=15)
DUE = select(func.min(OutboxMessage.due_at).label("since")).where(
    OutboxMessage.due_at <= bindparam("now")
)
OLDEST = Prepared(DUE)
OLDEST_OF_TOPIC = Prepared(DUE.where(OutboxMessage.topic == bindparam("topic")))


class Unfinished(Exception):
    """Some messages of a batch could not be handled, the others are done: position → cause."""

    def __init__(self, failed: Mapping[int, str]) -> None:
        super().__init__(f"{len(failed)} messages")
        self.failed = failed


def send(topic: str, **payload: Any) -> None:
    """Owe the worker one message; it exists only if the running action commits."""
    db.session.add(OutboxMessage(topic=topic, payload=payload, due_at=clock.now()))


def drain(handlers: Handlers) -> int:
    """Hand every due message to its topic's handler, in order; return how many were done.

    A handler that raises leaves its messages for a later try, further apart each time; one that
    raises Unfinished leaves only those it names.
    """
    return sum(drain_topic(topic, handler) for topic, handler in handlers.items())


def drain_topic(topic: str, handler: Handler) -> int:
    """Handle one batch of one topic: handler first, then the rows are deleted."""
    rows = db.session.execute(
        select(OutboxMessage.id, OutboxMessage.payload)
        .where(OutboxMessage.topic == topic, OutboxMessage.due_at <= clock.now())
        .order_by(OutboxMessage.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    if not rows:
        return 0
    ids = [row.id for row in rows]
    try:
        handler([row.payload for row in rows])
    except Unfinished as left:
        for position, cause in left.failed.items():
            postpone([ids[position]], cause)
        ids = [number for position, number in enumerate(ids) if position not in left.failed]
    except Exception as error:
        logger.exception("outbox topic %s failed", topic)
        postpone(ids, type(error).__name__)
        return 0
    with transaction():
        db.session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))
    return len(ids)


def postpone(ids: Sequence[int], error: str) -> None:
    """Set failed messages aside: 2, 4, 8 … seconds, at most a quarter of an hour."""
    with transaction():
        tries = db.session.scalar(
            select(func.max(OutboxMessage.attempts)).where(OutboxMessage.id.in_(ids))
        )
        wait = min(timedelta(seconds=2 ** min((tries or 0) + 1, 10)), LONGEST_WAIT)
        db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_(ids))
            .values(
                attempts=OutboxMessage.attempts + 1,
                due_at=clock.now() + wait,
                last_error=error,
            )
        )


def oldest_age(topic: str = "") -> float:
    """Return how many seconds the oldest due message has waited, of one topic or of any; 0 when
    none does."""
    now = clock.now()
    oldest = read_one(OLDEST_OF_TOPIC, now=now, topic=topic) if topic else read_one(OLDEST, now=now)
    return (now - oldest.since).total_seconds() if oldest.since else 0.0

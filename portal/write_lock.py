"""The write lock: one writer at a time, and nobody keeps the others out."""

from __future__ import annotations

import threading
from time import monotonic, sleep

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.errors import Busy

LOCK = 20220017
LONG, OTHERS_TURN = 0.2, 0.12  # seconds: a lock held for long, and what is then left to others

_turn = threading.local()  # when this thread let go of the lock, and how long it had held it


def take(session: Session) -> float:
    """Begin to write and return since when. Raises Busy where others write for longer than anybody
    is to wait."""
    give_way(session)
    try:
        session.connection(execution_options={"writing": True})
    except OperationalError as error:
        session.rollback()
        if "locked" in str(error.orig):
            raise Busy from error
        raise
    serialise_writers(session)
    return monotonic()


def let_go(since: float) -> None:
    """Note that what was begun then has ended."""
    _turn.ended, _turn.held = monotonic(), monotonic() - since


def give_way(session: Session) -> None:
    """Let others write before somebody who has just written for long. SQLite lets in whoever asks
    at the right moment, and those who wait ask again only every 100 ms; PostgreSQL lets in by turn.
    """
    if getattr(_turn, "held", 0.0) > LONG and session.get_bind().dialect.name == "sqlite":
        sleep(max(0.0, _turn.ended + OTHERS_TURN - monotonic()))


def serialise_writers(session: Session) -> None:
    """Give PostgreSQL the one-writer rule SQLite has, so that both decide races alike."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})

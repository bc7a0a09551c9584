"""Counting attempts in a table, so that limits hold across processes and restarts.

Each act is counted by account and, more loosely, by the network address it came from: an office
may stand behind one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import ngettext
from sqlalchemy import delete

from portal import clock
from portal.accounts import keys
from portal.accounts.models import Attempt
from portal.accounts.queries import people as queries
from portal.accounts.terms import Act
from portal.database import action
from portal.errors import Throttled
from portal.extensions import db

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """How many attempts are taken in a window."""

    account: int
    origin: int


LIMITS = {
    Act.SIGN_IN: Limit(8, 40),  # wrong ones
    Act.SIGN_UP: Limit(5, 40),
    Act.CONFIRM: Limit(8, 40),
    Act.RESET: Limit(8, 40),
    Act.SEND_SMS: Limit(3, 20),  # they cost money and disturb
    Act.SECOND_STEP: Limit(5, 40),
    Act.PROVE: Limit(8, 40),
    Act.RECOVER: Limit(5, 10),
    Act.HAND_OVER: Limit(8, 40),
    Act.ANSWER_CONTACT: Limit(8, 40),
    Act.SAVE_ALERT: Limit(5, 20),
}


def refuse_throttled(act: Act, account: str, origin: str) -> None:
    """Raise Throttled, which says when to try again, where the attempts are used up."""
    now = clock.now()
    wait = timedelta(0)
    for key, limit in limited(act, account, origin):
        oldest = queries.nth_attempt(key, now - WINDOW, limit)
        if oldest is not None:
            wait = max(wait, oldest + WINDOW - now)
    if wait:
        minutes = -(-int(wait.total_seconds()) // 60) or 1
        raise Throttled(
            ngettext(
                "Too many attempts: try again in %(num)d minute",
                "Too many attempts: try again in %(num)d minutes",
                minutes,
            ),
            wait,
        )


def count_attempt(act: Act, account: str, origin: str) -> None:
    """Count one attempt, after refusing where the limit is reached."""
    refuse_throttled(act, account, origin)
    add_attempts([key for key, _limit in limited(act, account, origin)])


@action
def add_attempts(counted: list[str]) -> None:
    """Keep counted attempts and forget those older than the window."""
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - 4 * WINDOW))
    db.session.add_all([Attempt(key=key, at=clock.now()) for key in counted])


def limited(act: Act, account: str, origin: str) -> list[tuple[str, int]]:
    """Return the keys an act is counted under, each with its limit."""
    limit = LIMITS[act]
    return [(key_of(act, "a", account), limit.account), (key_of(act, "o", origin), limit.origin)]


def key_of(act: Act, side: str, value: str) -> str:
    """Return what stands for an account or address in the table."""
    return f"{act}:{side}:{keys.keyed_digest('attempt', value)[12:52]}"

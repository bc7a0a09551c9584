"""Counting attempts in a table, so that limits hold across processes and restarts."""

from __future__ import annotations

import hashlib
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete

from portal import clock
from portal.accounts import queries, rules
from portal.accounts.models import Attempt
from portal.database import action
from portal.errors import Throttled
from portal.extensions import db


def refuse_throttled(keys: list[str]) -> None:
    """Raise Throttled when any key has used up its attempts; the first key is the account's."""
    since = clock.now() - rules.ATTEMPT_WINDOW
    limits = [rules.ATTEMPTS_PER_ACCOUNT] + [rules.ATTEMPTS_PER_ADDRESS] * (len(keys) - 1)
    for key, limit in zip(keys, limits, strict=True):
        if queries.count_attempts(key_digest(key), since) >= limit:
            raise Throttled(_("Too many attempts: wait 15 minutes, then try again"))


def count_attempt(keys: list[str]) -> None:
    """Count one attempt under each key, after refusing where the limit is reached."""
    refuse_throttled(keys)
    add_attempts([key_digest(key) for key in keys], clock.now())


@action
def add_attempts(keys: list[str], at: datetime) -> None:
    """Keep counted attempts and forget those older than the window."""
    db.session.execute(delete(Attempt).where(Attempt.at < at - 4 * rules.ATTEMPT_WINDOW))
    db.session.add_all([Attempt(key=key, at=at) for key in keys])


def key_digest(key: str) -> str:
    """Return what stands for an address in the attempts table."""
    kind, _separator, value = key.partition(":")
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:40]}"

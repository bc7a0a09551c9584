"""What /readyz asks of the database, the worker, the outbox and the index."""

from __future__ import annotations

from sqlalchemy import text

from portal import outbox
from portal.extensions import db
from portal.web import Checks


def checks() -> Checks:
    """Return the checks: the database is required, the rest is only reported."""
    return Checks(
        required={"database": database_answers}, reported={"outbox_age_s": oldest_message}
    )


def database_answers() -> str:
    """Return "ok" when the database answers; raises when it does not."""
    db.session.execute(text("SELECT 1"))
    return "ok"


def oldest_message() -> int:
    """Return how many whole seconds the oldest due message has waited."""
    return round(outbox.oldest_age())

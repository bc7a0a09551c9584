"""What /readyz asks of the database, the worker, the outbox and the index."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from sqlalchemy import text

from portal import counts, outbox
from portal.cli.work import is_alive
from portal.extensions import db
from portal.web import Checks


def checks() -> Checks:
    """Return the checks: the database is required, the rest is only reported."""
    return Checks(
        required={"database": database_answers},
        reported={
            "worker_seen_s": worker_seen,
            "outbox_age_s": oldest_message,
            "index_documents": indexed,
            "counts_as_of": counted_on,
            "index_lag_s": lag,
        },
    )


def database_answers() -> str:
    """Return "ok" when the database answers; raises when it does not."""
    db.session.execute(text("SELECT 1"))
    return "ok"


def oldest_message() -> int:
    """Return how many whole seconds the oldest due message has waited."""
    return round(outbox.oldest_age())


def lag() -> int:
    """Return how many whole seconds the oldest change has waited for the index."""
    return round(outbox.oldest_age("search"))


def worker_seen() -> int | None:
    """Return how many whole seconds ago the worker last turned; None when it never has."""
    age = is_alive(Path(current_app.config["DATA"]))
    return None if age is None else round(age)


def counted_on() -> str | None:
    """Return the day as of which public counts are kept; None before the first count."""
    day = counts.counted_on()
    return day.isoformat() if day is not None else None


def indexed() -> int:
    """Return how many documents the index holds; raises when it cannot be read."""
    documents: int = current_app.extensions["search"].index.stats().documents
    return documents

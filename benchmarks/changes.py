"""Changes of the generated city, each committed with what the search index is owed."""

from __future__ import annotations

import contextlib
import time

from sqlalchemy.exc import OperationalError

from portal import create_app, outbox
from portal.database import transaction
from portal.enterprises.models import Enterprise
from portal.extensions import db

FIRST_OF_MANY = 100
PATIENCE = 12  # times the five seconds a statement waits for the lock


def rename(name: str) -> None:
    """Rename the first enterprise; print when that was committed and its credit code."""
    with create_app().app_context():
        uscc = change(1, name)
        print(time.time(), uscc)


def change_many(seconds: float, rate: int) -> None:
    """Change so many enterprises a second for so long, one commit each."""
    with create_app().app_context():
        begin = time.monotonic()
        for serial in range(int(seconds * rate)):
            number = FIRST_OF_MANY + serial % 500
            change(number, f"示例多次改名{serial}号有限公司")
            time.sleep(max(0.0, begin + serial / rate - time.monotonic()))


def change(number: int, name: str) -> str:
    """Give an enterprise a name; return its credit code. Tries again while a job of the night
    that the worker has just begun holds the write lock."""
    for _attempt in range(PATIENCE):
        with contextlib.suppress(OperationalError):
            return changed(number, name)
    return changed(number, name)


def changed(number: int, name: str) -> str:
    """Give an enterprise a name in one commit."""
    with transaction():
        found = db.session.get_one(Enterprise, number)
        found.name = name
        outbox.send("search", key=f"enterprise:{number}")
    return found.uscc

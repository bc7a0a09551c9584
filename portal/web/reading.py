"""What public pages read of the database, past the session.

A request for a page alike for everybody only reads, so it needs no session: it asks prepared
statements on a connection lent to it, in one transaction (SQLite) or each for itself (PostgreSQL,
as its sessions do). Whoever is signed in, writes or runs a command asks the same statements on the
session's connection, and so sees what was written on it.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, has_request_context, request
from sqlalchemy import Dialect

from portal.extensions import db
from portal.prepared import Prepared, Readers
from portal.web.page_cache.marks import STATE

LENT = "portal.lent"  # the cursor of a request, in its environment


def read(question: Prepared, **values: Any) -> list[Any]:
    """Return the rows of a prepared statement for these values."""
    if has_request_context() and request.environ.get(STATE) is not None:
        return question.ask(*lent(), values)
    connection = db.session.connection()
    cursor = connection.connection.cursor()
    try:
        return question.ask(cursor, connection.dialect, values)
    finally:
        cursor.close()


def read_one(question: Prepared, **values: Any) -> Any:
    """Return the first row, or None."""
    return next(iter(read(question, **values)), None)


def lent() -> tuple[Any, Dialect]:
    """Return the cursor lent to this request and the words its database speaks."""
    readers: Readers = current_app.extensions["readers"]
    environ, dialect = request.environ, readers.engine.dialect
    cursor = environ.get(LENT)
    if cursor is None:
        cursor = environ[LENT] = readers.take()
        if dialect.name == "sqlite":
            cursor.execute("BEGIN")
    return cursor, dialect


def give_back(error: BaseException | None) -> None:
    """End what the request reads; a connection on which something failed is not used again."""
    cursor = request.environ.pop(LENT, None)
    if cursor is not None:
        readers: Readers = current_app.extensions["readers"]
        (readers.give if error is None else readers.drop)(cursor)


def init_app(app: Flask) -> None:
    """Open no connection yet; after Flask-SQLAlchemy."""
    with app.app_context():
        app.extensions["readers"] = Readers(db.engine)
    app.teardown_request(give_back)

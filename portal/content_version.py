"""The version of what the public reads: every transaction that may change it moves it on.

A write to any table marks the running action, whoever wrote and how, so that no kept page outlives
a change somebody forgot to announce; only tables said to be read by no public page are left out.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Engine, event

from portal.extensions import db

WRITING = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE
)
QUESTION = "SELECT content_version FROM site_state"

_unread: frozenset[str] = frozenset()


def set_unread(tables: Iterable[str]) -> None:
    """Say which tables no public page reads: writing to them changes nothing for the public."""
    global _unread
    _unread = frozenset(tables)


def watch_writes(engine: Engine, mark: Callable[[], None]) -> None:
    """Call `mark` whenever an action writes to a table the public may read."""

    @event.listens_for(engine, "before_cursor_execute")
    def on_statement(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        written = WRITING.match(statement)
        if written and written[1] not in _unread and db.session.info.get("in_action"):
            mark()


class VersionReader:
    """Reads the content version on a connection of its own for each thread, kept open: it is
    asked for at every anonymous request and must cost next to nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = threading.local()

    def read(self) -> int:
        """Return the version; 0 before the first public change. Raises what the driver raises."""
        cursor = getattr(self._own, "cursor", None)
        if cursor is not None:
            try:
                return self._ask(cursor)
            except Exception:  # the server was restarted: once more on a new connection
                self.close()
        self._own.cursor = self._connect().cursor()
        return self._ask(self._own.cursor)

    def close(self) -> None:
        """Close this thread's connection; the next question opens another."""
        cursor = self._own.__dict__.pop("cursor", None)
        if cursor is not None:
            cursor.connection.close()

    def _connect(self) -> Any:
        """Return a connection outside the pool that keeps no transaction open."""
        pooled = self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if self._engine.dialect.name == "postgresql":
            connection.autocommit = True
        return connection

    @staticmethod
    def _ask(cursor: Any) -> int:
        cursor.execute(QUESTION)
        rows = cursor.fetchall()  # all of them: an unread row would keep an old state in view
        return int(rows[0][0]) if rows else 0

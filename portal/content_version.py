"""The version of what the public reads: every transaction that may change it moves it on.

A write to any table marks the running action, whoever wrote and how, so that no kept page outlives
a change somebody forgot to announce; only tables said to be read by no public page are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Engine, event

from portal.extensions import db
from portal.prepared import Readers

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
    """Reads the content version on one of the connections that only read: it is asked for at every
    anonymous request and must cost next to nothing."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def read(self) -> int:
        """Return the version; 0 before the first public change. Raises what the driver raises."""
        try:
            return self._ask()
        except Exception:  # the server was restarted: once more on a new connection
            return self._ask()

    def _ask(self) -> int:
        cursor = self._readers.take()
        try:
            cursor.execute(QUESTION)
            rows = cursor.fetchall()  # all of them: an unread row would keep an old state in view
        except BaseException:
            self._readers.drop(cursor)
            raise
        self._readers.give(cursor)
        return int(rows[0][0]) if rows else 0

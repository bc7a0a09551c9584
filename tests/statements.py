"""Counting the SQL statements a piece of code sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from portal.extensions import db
from portal.prepared import Prepared


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Collect the statements sent inside the block, through the session or past it; beginning a
    transaction asks for nothing."""
    sent: list[str] = []
    ask = Prepared.ask

    def asked(question: Prepared, *args: Any) -> Any:
        sent.append(str(question.statement))
        return ask(question, *args)

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    Prepared.ask = asked  # type: ignore[method-assign, assignment]
    try:
        yield sent
    finally:
        Prepared.ask = ask  # type: ignore[method-assign]
        event.remove(db.engine, "before_cursor_execute", note)

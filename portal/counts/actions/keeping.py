"""Moving changed records from cell to cell, in the transaction that changes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import event, select, text, update
from sqlalchemy.orm import Session

from portal import clock
from portal.counts.actions.watching import NOTES, Notes, note_after, note_before, notes_of
from portal.counts.models import CountedKind
from portal.counts.queries.keys import Keys, keys_of
from portal.counts.terms import Counted
from portal.database import before_bulk
from portal.extensions import db

ADD = text(
    "INSERT INTO counted_cell (kind, key, n, version) VALUES (:kind, :key, :n, :version)"
    " ON CONFLICT (kind, key) DO UPDATE"
    " SET n = counted_cell.n + excluded.n, version = excluded.version"
)


def watch_records() -> None:
    """Begin to keep counts; more than once changes nothing."""
    sessions = db.session.session_factory
    for name, listener in LISTENERS.items():
        if not event.contains(sessions, name, listener):
            event.listen(sessions, name, listener)


@before_bulk
def note_bulk(session: Session, table: str, ids: Iterable[int]) -> None:
    """Note records that bulk statements are about to write."""
    notes_of(session).note(Counted(table), ids)


def keep(session: Session) -> None:
    """Move what was noted, last before the commit."""
    session.flush()
    notes: Notes | None = session.info.pop(NOTES, None)
    if notes is None:
        return
    for kind, day in notes.days.items():
        before = notes.before.get(kind, {})
        moved = moves(before, keys_of(kind, before, day)) if before else Counter()
        late = bool(before) and day != clock.today()  # what readers add for today may be another
        if moved or late or kind in notes.stirred:
            apply(session, kind, moved)


def moves(before: Mapping[int, str | None], after: Keys) -> Counter[str]:
    """Return by how many records each cell grows (or shrinks: negative)."""
    moved: Counter[str] = Counter()
    for number, old in before.items():
        new = after.get(number)
        if old == new:
            continue
        if old is not None:
            moved[old] -= 1
        if new is not None:
            moved[new] += 1
    return Counter({key: by for key, by in moved.items() if by})


def apply(session: Session, kind: Counted, moved: Mapping[str, int]) -> None:
    """Add to the cells what they grow by, under the next version of their kind."""
    version = next_version(session, kind)
    rows: list[dict[str, Any]] = [
        {"kind": str(kind), "key": key, "n": by, "version": version}
        for key, by in sorted(moved.items())
    ]
    if rows:
        session.execute(ADD, rows)


def next_version(session: Session, kind: Counted) -> int:
    """Move a kind's version on and return it; others wait for its row until the commit."""
    own = CountedKind.kind == kind
    moved = update(CountedKind).where(own).values(version=CountedKind.version + 1)
    session.execute(moved.execution_options(synchronize_session=False))
    return session.scalars(select(CountedKind.version).where(own)).one()


def forget(session: Session, *_: Any) -> None:
    """Drop the notes of a transaction that ended otherwise."""
    session.info.pop(NOTES, None)


LISTENERS: dict[str, Any] = {
    "before_flush": note_before,
    "after_flush": note_after,
    "before_commit": keep,
    "after_rollback": forget,
    "after_commit": forget,
}

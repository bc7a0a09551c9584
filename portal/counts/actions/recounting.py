"""Counting everything anew, comparing with what is kept, and the change of the day."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from portal import clock
from portal.classification.queries.counts import turning_between
from portal.counts.actions.keeping import apply, moves
from portal.counts.models import CountedCell, CountedKind
from portal.counts.queries.keys import every_key, keys_of
from portal.counts.terms import Counted
from portal.database import action, mark_public_change
from portal.extensions import db


@dataclass(frozen=True)
class Difference:
    """A cell whose kept count is not what its rows give."""

    kind: Counted
    key: str
    kept: int
    counted: int


@action
def recount() -> dict[Counted, int]:
    """Count everything anew as of today; return how many records there are of each kind."""
    return {kind: recount_kind(kind) for kind in Counted}


def recount_kind(kind: Counted) -> int:
    """Replace the cells of one kind; readers take them up whole, by the new epoch."""
    today = clock.today()
    row = db.session.get(CountedKind, kind, with_for_update=True, populate_existing=True)
    if row is None:
        row = CountedKind(kind=kind, version=0)
        db.session.add(row)
    row.version, row.epoch, row.day = row.version + 1, secrets.token_hex(8), today
    counts = Counter(every_key(kind, today).values())
    db.session.execute(delete(CountedCell).where(CountedCell.kind == kind))
    cells = [
        {"kind": kind, "key": key, "n": n, "version": row.version} for key, n in counts.items()
    ]
    if cells:
        db.session.execute(insert(CountedCell), cells)
    mark_public_change()
    return counts.total()


def is_wanting() -> bool:
    """Say whether a kind was never counted: since an update from before counts were kept."""
    return any(kept_row(kind) is None for kind in Counted)


def check() -> list[Difference]:
    """Compare what is kept with what the rows give, as of the day counted for; a kind never
    counted is none of the differences."""
    db.session.rollback()
    return [one for kind in Counted if (row := kept_row(kind)) for one in differences(kind, row)]


@action
def repair() -> list[Difference]:
    """Count anew what still differs while nobody writes, and what was never counted; return what
    differed."""
    found: list[Difference] = []
    for kind in Counted:
        row = kept_row(kind)
        differing = differences(kind, row) if row is not None else []
        if row is None or differing:
            recount_kind(kind)
        found += differing
    return found


def kept_row(kind: Counted) -> CountedKind | None:
    """Return of which day and change a kind's cells are, None when they were never counted."""
    return db.session.get(CountedKind, kind, populate_existing=True)


def differences(kind: Counted, row: CountedKind) -> list[Difference]:
    """Return the cells of one kind that differ."""
    counts: Mapping[str, int] = Counter(every_key(kind, row.day).values())
    cells = select(CountedCell.key, CountedCell.n).where(CountedCell.kind == kind)
    kept: dict[str, int] = {one.key: one.n for one in db.session.execute(cells)}
    return [
        Difference(kind, key, kept.get(key, 0), counts.get(key, 0))
        for key in sorted(kept.keys() | counts.keys())
        if kept.get(key, 0) != counts.get(key, 0)
    ]


@action
def turn_day() -> None:
    """Move the records whose titles begin, lapse or are interrupted since the day counted for, and
    drop cells in which nobody is left."""
    today = clock.today()
    for kind in Counted:
        row = db.session.get(CountedKind, kind, with_for_update=True, populate_existing=True)
        if row is None or row.day == today:
            continue
        first, last = sorted((row.day, today))
        if kind == Counted.ENTERPRISE:
            ids = turning_between(first, last)
            before: dict[int, str | None] = {**keys_of(kind, ids, row.day)}
            apply(db.session(), kind, moves(before, keys_of(kind, ids, today)))
            db.session.refresh(row)
        row.day, row.epoch = today, secrets.token_hex(8)
        empty = (CountedCell.kind == kind) & (CountedCell.n == 0)
        db.session.execute(delete(CountedCell).where(empty))
        mark_public_change()

"""The kept counts as this process holds them: read once, then only what changed since."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, func, select

from portal import clock
from portal.classification.queries.counts import turning_between
from portal.counts.cube import Cells, Cube
from portal.counts.models import CountedCell, CountedKind
from portal.counts.queries.facets import Facets, facets
from portal.counts.queries.keys import Keys, every_key, keys_of
from portal.counts.terms import PARTS, Counted
from portal.extensions import db
from portal.prepared import Prepared
from portal.web.reading import read, read_one

STATE = Prepared(
    select(CountedKind.epoch, CountedKind.version, CountedKind.day).where(
        CountedKind.kind == bindparam("asked")
    )
)
CHANGED = Prepared(
    select(CountedCell.key, CountedCell.n).where(
        CountedCell.kind == bindparam("asked"), CountedCell.version > bindparam("since")
    )
)


@dataclass(frozen=True)
class State:
    """Which cells a process holds: as CountedKind says of them."""

    epoch: str
    version: int
    day: date


@dataclass(frozen=True)
class Held:
    """The cells of one kind, as of a day, and the cube over them."""

    state: State
    cells: Cells
    as_of: date
    facets: Facets
    cube: Cube


@dataclass
class Kept:
    """What a process holds, taken up under a lock; each reader keeps the cube it was given."""

    held: dict[Counted, Held] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def cube(self, kind: Counted) -> Cube:
        """Return the cells of a kind as the database has them now; before the first count, from
        its rows."""
        held = self.now(kind)
        return held.cube if held is not None else cube_of(kind, every_key(kind, clock.today()))

    def cube_over(self, kind: Counted, ids: Iterable[int]) -> Cube:
        """Return the cells of some records alone: of what a text has found."""
        held, keys = self.now(kind), keys_of(kind, ids, clock.today())
        return cube_of(kind, keys, held.facets if held is not None else None)

    def now(self, kind: Counted) -> Held | None:
        """Bring what is held up to what the database says; None before the first count."""
        row = read_one(STATE, asked=kind)
        if row is None:
            return None
        state, today = State(*row), clock.today()
        held = self.held.get(kind)
        if held is None or held.state != state or held.as_of != today:
            with self.lock:
                held = self.held[kind] = take_up(kind, self.held.get(kind), state, today)
        return held

    def forget(self) -> None:
        """Drop everything: the database is another one."""
        self.held.clear()


kept = Kept()


def counted_on() -> date | None:
    """Return the day as of which counts are kept, None before the first count."""
    return db.session.scalar(select(func.min(CountedKind.day)))


def take_up(kind: Counted, held: Held | None, state: State, today: date) -> Held:
    """Return what to hold from now on: what changed, or everything after a recount."""
    follows = held is not None and held.state.epoch == state.epoch
    if held is not None and follows and held.state.version <= state.version:
        cells = held.cells.put(changed(kind, held.state.version))
    else:
        cells = Cells(PARTS[kind]).put(changed(kind, -1))
    shown = cells.moved(turned(state.day, today)) if kind == Counted.ENTERPRISE else cells
    said = facets(kind, today)
    return Held(state, cells, today, said, Cube(shown, said))


def cube_of(kind: Counted, keys: Keys, said: Facets | None = None) -> Cube:
    """Return a cube over the cells of these records."""
    cells = Cells(PARTS[kind]).put(list(Counter(keys.values()).items()))
    return Cube(cells, said or facets(kind, clock.today()))


def changed(kind: Counted, since: int) -> list[tuple[str, int]]:
    """Return the cells changed since a version with their counts."""
    return read(CHANGED, asked=kind, since=since)


def turned(day: date, today: date) -> Mapping[str, int]:
    """Return by how much cells differ today from the day they were counted for: nothing, unless
    the worker is late."""
    moved: Counter[str] = Counter()
    if day != today:
        ids = turning_between(*sorted((day, today)))
        moved.update(keys_of(Counted.ENTERPRISE, ids, today).values())
        moved.subtract(keys_of(Counted.ENTERPRISE, ids, day).values())
    return moved

"""One action, one commit: the write lock, the content version and the column types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    String,
    event,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from portal import write_lock
from portal.content_version import watch_writes
from portal.errors import ChangedSinceOpened
from portal.extensions import Base, db

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Base)
Hook = Callable[[Session], None]
BulkHook = Callable[[Session, str, Iterable[int]], None]
USUAL_CACHE, BULK_CACHE = 2_000, 60_000  # KB of pages SQLite keeps
ANALYSED = 100_000  # rows of an index looked at: with few, a value many share is taken for rare
FEN_PER_WAN = 1_000_000  # 1 万元 = 10,000 元 = 1,000,000 分
CHANGED = "Someone else changed this while you were working on it: open it again and compare."

# What the session notes while an action runs, forgotten with its end.
OF_ACTION = ("in_action", "public_change", "trail", "acting_for")
OF_JUDGING = ("concerned", "everybody", "titles_interrupted")

_before_commit: list[Hook] = []
_before_bulk: list[BulkHook] = []


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        moment = value.astimezone(timezone.utc)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=timezone.utc)


class Money(TypeDecorator[Decimal]):
    """An amount in 万元 as an exact Decimal, stored as whole 分."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((Decimal(value) * FEN_PER_WAN).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / FEN_PER_WAN).normalize() + 0


class Exact(TypeDecorator[Decimal]):
    """An exact decimal of any unit, kept as text because SQLite knows binary floats only."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class SiteState(Base):
    """The single row that says which state of the public content a cached page shows."""

    __tablename__ = "site_state"
    id: Mapped[int] = mapped_column(primary_key=True)
    content_version: Mapped[int] = mapped_column(default=0)
    demonstration: Mapped[bool] = mapped_column(default=False)


class Counter(Base):
    """The last number given out in a series such as submissions of a year; never reused."""

    __tablename__ = "counter"
    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


def next_number(series: str) -> int:
    """Return the next number of a series, starting at 1; only inside an action."""
    return next_numbers(series, 1)


def next_numbers(series: str, count: int) -> int:
    """Take `count` numbers of a series at once and return the first; only inside an action."""
    row = db.session.get(Counter, series, with_for_update=True)
    if row is None:
        row = Counter(name=series, last=0)
        db.session.add(row)
    row.last += count
    return row.last - count + 1


def before_commit(hook: Hook) -> Hook:
    """Register what every action does last, under the write lock (the trail's chain)."""
    _before_commit.append(hook)
    return hook


def before_bulk(hook: BulkHook) -> BulkHook:
    """Register who is to know which rows bulk statements are about to write."""
    _before_bulk.append(hook)
    return hook


def about_to_write(table: str, ids: Iterable[int]) -> None:
    """Say which rows of a table bulk statements are about to write: nothing else sees these."""
    for hook in _before_bulk:
        hook(db.session(), table, ids)


def mark_public_change() -> None:
    """Say that this action changes what the public reads in a way no table tells: the day or the
    index. Writing to a table the public reads says so by itself."""
    db.session.info["public_change"] = True


def site_state() -> SiteState:
    """Return the site's single state row, creating it inside an action on first use."""
    state = db.session.get(SiteState, 1)
    if state is None:
        state = SiteState(id=1, content_version=0)
        db.session.add(state)
    return state


def holds_demonstration() -> bool:
    """Say whether a demonstration city was ever loaded; False before the first migration."""
    if not inspect(db.engine).has_table(SiteState.__tablename__):
        return False
    with Session(db.engine) as own:
        return bool(own.scalar(select(SiteState.demonstration)))


@contextmanager
def transaction() -> Iterator[None]:
    """Take the write lock, commit once, or roll everything back; an inner one joins."""
    session = db.session()
    if session.info.get("in_action"):
        yield
        session.flush()
        return
    session.rollback()
    taken = write_lock.take(session)
    session.info["in_action"] = True
    try:
        yield
        session.flush()
        if session.info.pop("public_change", False):
            site_state().content_version += 1
        for hook in _before_commit:
            hook(session)
        session.commit()
    except (StaleDataError, IntegrityError) as error:
        session.rollback()
        if isinstance(error, StaleDataError):
            raise ChangedSinceOpened(CHANGED) from error
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        write_lock.let_go(taken)
        for key in (*OF_ACTION, *OF_JUDGING):
            session.info.pop(key, None)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function one transaction. After the lock is taken every loaded row, the actor
    among them, is read again, so rights and versions are judged on what holds now."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction():
            return function(*args, **kwargs)

    return run


def set_up_engine(engine: Engine) -> None:
    """Watch what is written, and apply the SQLite recipe (WAL, immediate writers, deferred
    readers) to an engine."""
    watch_writes(engine, mark_public_change)
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "synchronous=FULL",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def room_for_bulk() -> Iterator[None]:
    """Give this process's SQLite connection more memory for pages while a bulk is written: its
    indexes are then changed in memory instead of being read and spilled for every row."""
    set_page_cache(BULK_CACHE)
    try:
        yield
    finally:
        set_page_cache(USUAL_CACHE)


def refresh_statistics(*tables: str) -> None:
    """Have the database look at tables anew in which many rows came or went. Without it SQLite
    joins what a search found with a large registry row by row. Outside actions only."""
    session = db.session()
    session.rollback()
    session.connection(execution_options={"writing": True})
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA analysis_limit={ANALYSED:d}"))
    for table in tables:
        session.execute(text(f"ANALYZE {table}"))
    session.commit()


def set_page_cache(kilobytes: int) -> None:
    """Set the page cache of the connection in use; nothing on PostgreSQL. Outside actions only."""
    session = db.session()
    if session.get_bind().dialect.name == "sqlite":
        session.rollback()
        session.execute(text(f"PRAGMA cache_size=-{kilobytes:d}"))
        session.rollback()


def touch(model: type[Base], row_id: int, **values: Any) -> None:
    """Write "last seen" and the like in a transaction of its own, outside any action."""
    with Session(db.engine) as own:
        own.connection(execution_options={"writing": True})
        own.execute(update(model).where(inspect(model).primary_key[0] == row_id).values(**values))
        own.commit()


def put(model: type[T], key: dict[str, Any], **facts: Any) -> T:
    """Add or update the row with these key columns (reference data); only inside an action."""
    row = db.session.scalar(select(model).filter_by(**key))
    if row is None:
        row = model(**key)
        db.session.add(row)
    for name, value in facts.items():
        setattr(row, name, value)
    db.session.flush()
    return row

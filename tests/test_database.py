"""One action, one commit: all of it or nothing, one writer at a time, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, select, text

from portal import audit, clock, outbox, write_lock
from portal.audit.models import AuditEvent
from portal.content_version import WRITING
from portal.database import (
    Counter,
    Money,
    UtcDateTime,
    action,
    mark_public_change,
    next_number,
    set_up_engine,
    site_state,
    touch,
)
from portal.enterprises.models import Enterprise
from portal.errors import Busy, ChangedSinceOpened
from portal.extensions import db
from portal.messages import write_mail
from portal.messages.models import Message
from portal.outbox.models import OutboxMessage
from tests.browser_client import Browser
from tests.factories import make_draft, make_person

THREADS, ROUNDS = 8, 10
OWN = {"Sec-Fetch-Site": "same-origin"}
KEPT = (AuditEvent, OutboxMessage, Message, Counter)


def counts() -> list[int]:
    """Return how many rows an action could have left behind."""
    found = [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in KEPT]
    return [*found, site_state().content_version]


def do_everything() -> None:
    """Do each kind of writing an action does."""
    person = make_person("inner@example.com")
    next_number("test")
    write_mail("somebody@example.com", "reset", language="zh_Hans_CN", token="x")
    outbox.send("search", key="enterprise:1")
    audit.record(audit.SYSTEM, "test", person)
    mark_public_change()


def fail(error: BaseException) -> Callable[[], None]:
    @action
    def broken() -> None:
        do_everything()
        raise error

    return broken


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), SystemExit(1)])
def test_an_exception_leaves_nothing(app: Flask, error: BaseException) -> None:
    before = counts()
    with pytest.raises(type(error)):
        fail(error)()
    assert counts() == before
    assert db.session.info.get("in_action") is None


def test_after_a_failure_the_next_action_begins_clean(app: Flask) -> None:
    with pytest.raises(ValueError, match="x"):
        fail(ValueError("x"))()
    before = counts()
    action(lambda: next_number("test"))()
    after = counts()
    assert after[:3] + after[4:] == before[:3] + before[4:], (
        "no trail, mail or version of the first"
    )


def test_all_of_an_action_is_there_at_once(app: Flask) -> None:
    before = counts()
    action(do_everything)()
    after = counts()
    # the person, the notice they accepted, and the test's own line
    assert after[0] == before[0] + 3
    assert after[4] == before[4] + 1, "the version moves once per action"


def test_an_inner_action_joins_the_outer(app: Flask) -> None:
    inner = action(lambda: next_number("joined"))

    @action
    def outer() -> None:
        inner()
        raise ValueError("after the inner action has ended")

    with pytest.raises(ValueError, match="after the inner"):
        outer()
    assert db.session.get(Counter, "joined") is None


def test_what_was_changed_before_the_lock_was_taken_is_forgotten(app: Flask) -> None:
    person = make_person()
    person.display_name = "changed without an action"
    action(lambda: next_number("test"))()
    assert person.display_name == "owner"


def test_the_content_version_moves_only_with_public_changes(app: Flask) -> None:
    person = make_person()
    before = site_state().content_version
    action(lambda: next_number("test"))()
    action(lambda: write_mail("a@example.com", "reset", language="en", token="x"))()
    assert site_state().content_version == before
    make_draft(person)
    assert site_state().content_version > before, "the public reads that table"


def test_a_write_past_the_models_is_a_public_change_too(app: Flask) -> None:
    for statement in (
        "UPDATE policy SET title_zh = title_zh",
        'INSERT OR IGNORE INTO "policy" (id) SELECT 1 WHERE 1 = 0',
        "\n  delete from policy where 1 = 0",
    ):
        assert WRITING.match(statement), statement
    before = site_state().content_version
    action(lambda: db.session.execute(text("UPDATE policy SET title_zh = title_zh")))()
    assert site_state().content_version == before + 1
    action(lambda: db.session.execute(text("UPDATE message SET language = language")))()
    assert site_state().content_version == before + 1


def test_an_action_may_say_so_itself(app: Flask) -> None:
    before = site_state().content_version
    action(mark_public_change)()
    assert site_state().content_version == before + 1


def in_threads(app: Flask, work: Callable[[], object]) -> list[object]:
    """Do a piece of work in many threads at once, each with a session of its own."""

    def one(_number: int) -> list[object]:
        with app.app_context():
            return [work() for _round in range(ROUNDS)]

    with ThreadPoolExecutor(THREADS) as pool:
        return [value for values in pool.map(one, range(THREADS)) for value in values]


def test_writers_wait_for_each_other_and_no_number_is_lost(app: Flask) -> None:
    numbers = in_threads(app, action(lambda: next_number("raced")))
    assert sorted(numbers) == list(range(1, THREADS * ROUNDS + 1))


def test_reading_then_writing_inside_an_action_loses_nothing(app: Flask) -> None:
    action(lambda: next_number("plain"))()

    @action
    def increase() -> None:
        row = db.session.get_one(Counter, "plain")
        row.last = row.last + 1

    in_threads(app, increase)
    db.session.rollback()
    assert db.session.get_one(Counter, "plain").last == 1 + THREADS * ROUNDS


def test_who_writes_long_again_and_again_lets_others_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_lock, "LONG", 0.01)
    writes: list[str] = []
    begun = Event()

    @action
    def write_long() -> None:
        writes.append("long")
        begun.set()
        sleep(0.05)

    def write_all_night() -> None:
        with app.app_context():
            for _piece in range(8):
                write_long()

    with ThreadPoolExecutor(1) as night:
        work = night.submit(write_all_night)
        assert begun.wait(10)
        action(lambda: writes.append("short"))()
        work.result()
    assert "long" in writes[writes.index("short") :]


def test_a_writer_who_would_wait_too_long_is_told_so(app: Flask, visitor: Browser) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets writers wait for their turn")
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    typed = {"account": "a@example.com"}
    others = create_engine(db.engine.url)
    with others.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            action(lambda: next_number("waiting"))()
        page = visitor.post("/account/reset", typed, 503, headers=OWN)
        assert page.heading == "暂时无法办理"
        assert page.form("/account/reset").fields["account"] == ["a@example.com"]
        other.rollback()
    others.dispose()
    assert action(lambda: next_number("waiting"))() == 1


def test_the_chain_of_the_trail_does_not_fork_under_load(app: Flask) -> None:
    person = make_person()
    in_threads(app, action(lambda: audit.record(audit.SYSTEM, "raced", person)))
    db.session.rollback()
    assert audit.verify() is None


def test_the_rows_version_catches_what_was_read_in_another_session(app: Flask) -> None:
    draft = make_draft(make_person())
    opened = draft.version

    @action
    def change_behind_the_back() -> None:
        record = db.session.get_one(Enterprise, draft.id)
        db.session.execute(
            text("UPDATE enterprise SET version = :v WHERE id = :id"),
            {"v": opened + 1, "id": record.id},
        )
        record.products = "changed"

    with pytest.raises(ChangedSinceOpened):
        change_behind_the_back()


def test_last_seen_is_written_outside_any_action(app: Flask) -> None:
    person = make_person()
    touch(type(person), person.id, display_name="seen")
    db.session.rollback()
    assert person.display_name == "seen"


@given(st.decimals(0, 10**10, places=6))
def test_money_is_exact_to_the_fen(amount: Decimal) -> None:
    dialect = create_engine("sqlite://").dialect
    kept = Money().process_bind_param(amount, dialect)
    assert kept == int(amount * 1_000_000)
    assert Money().process_result_value(kept, dialect) == amount


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.integers(-12, 14))
def test_moments_come_back_as_the_same_moment(naive: datetime, hours: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    dialect = create_engine("sqlite://").dialect
    kept = UtcDateTime().process_bind_param(moment, dialect)
    assert UtcDateTime().process_result_value(kept, dialect) == moment


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), create_engine("sqlite://").dialect)


def test_sqlite_is_set_up_for_safety(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'safe.db'}")
    set_up_engine(engine)
    with engine.connect() as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    engine.dispose()
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "synchronous": 2,
    }


def test_the_clock_runs_from_the_rehearsed_moment(app: Flask) -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert str(clock.today()) == "2026-11-22"
    assert clock.next_midnight().isoformat() == "2026-11-23T00:00:00+08:00"

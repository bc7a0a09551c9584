"""The night's jobs: once a day of the city each, however late, whoever starts the worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from flask import Flask

from portal import clock, outbox
from portal.classification.models.standing import TitleInterruption
from portal.classification.queries.counts import turning_between
from portal.cli import nightly
from portal.cli.work import turn_the_day
from portal.database import site_state, transaction
from portal.extensions import db
from portal.outbox import nights
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for

Wait = Callable[..., None]


class Night:
    """Jobs that keep what they did instead of doing it; `broken` ones fail."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.broken: set[str] = set()

    def first(self) -> None:
        self.do("first")

    def second(self) -> None:
        self.do("second")

    def do(self, name: str) -> None:
        if name in self.broken:
            raise OSError(name)
        self.done.append(name)


@pytest.fixture
def night(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Night:
    made = Night()
    monkeypatch.setattr(nightly, "JOBS", (made.first, made.second))
    return made


def at(moment: str) -> None:
    clock.set_clock(moment, "Asia/Shanghai")


def test_jobs_run_once_a_day_and_again_from_the_next_midnight(night: Night) -> None:
    at("2026-11-22T10:00")
    look = turn_the_day(clock.now())
    assert look == clock.next_midnight()
    assert turn_the_day(look) == look
    at("2026-11-22T23:59:30")
    turn_the_day(clock.now())
    assert night.done == ["first", "second"]
    at("2026-11-23T00:00:01")
    assert turn_the_day(look) == clock.next_midnight()
    assert night.done == ["first", "second"] * 2


def test_a_worker_started_late_does_the_night_it_missed(night: Night) -> None:
    at("2026-11-22T00:00:01")
    nightly.run_due()
    at("2026-11-25T18:30")  # down since the 22nd
    nightly.run_due()
    nightly.run_due()
    assert night.done == ["first", "second"] * 2
    assert nights.last_done("first") == date(2026, 11, 25)


def test_a_job_that_fails_keeps_none_from_running_and_is_tried_again(
    night: Night, wait: Wait
) -> None:
    night.broken = {"first"}
    now = clock.now()
    look = turn_the_day(now)
    assert night.done == ["second"]
    assert timedelta(minutes=9) < look - now <= timedelta(minutes=11)
    wait(minutes=9)
    night.broken = set()
    nightly.run_due()
    assert night.done == ["second"], "not at once: what it needs may take a while to come back"
    wait(minutes=2)
    assert nightly.run_due() == clock.next_midnight()
    assert night.done == ["second", "first"]


def test_a_job_whose_worker_died_in_it_is_taken_up_by_the_next(night: Night, wait: Wait) -> None:
    assert nights.begin("first", clock.today())
    nightly.run_due()
    assert night.done == ["second"], "another worker may still be at the first"
    wait(minutes=31)
    nightly.run_due()
    assert night.done == ["second", "first"]


def test_of_two_workers_one_does_a_job(app: Flask, night: Night) -> None:
    def other() -> None:
        with app.app_context():
            nightly.run_due()

    workers = [Thread(target=other) for _each in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(night.done) == ["first", "second"]


def test_a_change_is_found_while_a_job_of_the_night_still_runs(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = app.extensions["search"]
    search.index.rebuild([])
    found = Event()

    def long_job() -> None:
        """Ends when somebody looking for the new name has found it, or gives up."""
        until = time.monotonic() + 30
        while not found.is_set() and time.monotonic() < until:
            search.index.open()
            if search.search("改名试验").total:
                found.set()
            time.sleep(0.05)

    monkeypatch.setattr(nightly, "JOBS", (long_job,))
    with transaction():
        firm = make_enterprise(1, name="示例改名试验有限公司")
        outbox.send("search", key=f"enterprise:{firm.id}")

    turn_the_day(clock.now())

    assert found.is_set()


def test_nothing_indexes_on_when_the_night_is_over(night: Night) -> None:
    night.broken = {"first"}
    turn_the_day(clock.now())
    assert "indexing" not in [thread.name for thread in threading.enumerate()]


def test_what_turned_in_the_days_missed_is_brought_into_the_index(app: Flask) -> None:
    officer = make_recogniser()
    firms = [make_enterprise(serial) for serial in (1, 2, 3)]
    days = {"granted_on": date(2023, 11, 1), "source_date": date(2023, 11, 1)}
    for firm, last in zip(firms, (19, 20, 22), strict=True):
        record_title_for(
            firm, officer, number=f"GR{firm.id}", valid_until=date(2026, 11, last), **days
        )
    today = date(2026, 11, 22)
    assert turning_between(date(2026, 11, 19), today) == [firms[0].id, firms[1].id]
    assert turning_between(date(2026, 11, 20), today) == [firms[1].id]
    assert turning_between(date(2026, 11, 21), today) == []
    assert turning_between(None, date(2026, 11, 23)) == [firms[2].id]


def test_a_new_day_moves_the_public_pages_on(app: Flask, wait: Wait) -> None:
    before = site_state().content_version
    nightly.run_due()
    assert site_state().content_version == before + 1
    nightly.run_due()
    db.session.expire_all()
    assert site_state().content_version == before + 1
    wait(hours=14, minutes=1)
    nightly.run_due()
    assert site_state().content_version == before + 2


@pytest.mark.parametrize(
    ("on", "is_named"),
    [(date(2026, 12, 31), False), (date(2027, 1, 1), True), (date(2027, 1, 2), False)],
)
def test_a_suspension_recorded_beforehand_is_seen_on_its_first_day(
    app: Flask, on: date, is_named: bool
) -> None:
    title = record_title_for(make_enterprise(), make_recogniser())
    with transaction():
        db.session.add(
            TitleInterruption(
                title_id=title.id,
                state="suspended",
                begins_on=date(2027, 1, 1),
                recorded_at=clock.now(),
            )
        )
    assert (title.enterprise_id in turning_between(None, on)) is is_named

"""Coarse limits: how often somebody may ask, and what happens where nobody can count."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from werkzeug.exceptions import TooManyRequests

from portal import limiting
from portal.limiting import Limiter
from tests.prerequisites import redis_server

NOBODY_THERE = "redis://127.0.0.1:1"
PATIENCE = 20.0  # seconds for Redis to start


class Door:
    """Views behind limits of one limiter, and who is asking."""

    def __init__(self, storage: str = "memory://") -> None:
        self.limiter = Limiter()
        self.limiter.count_in(storage)
        self.who, self.counts = "10.0.0.1", True
        limit = self.limiter.limit
        self.search = limit("3 per minute", "search", lambda: self.who)(lambda: "found")
        self.listing = limit("3 per minute", "search", lambda: self.who)(lambda: "listed")
        self.basket = limit("3 per minute", "basket", lambda: self.who)(lambda: "picked")
        self.free = limit("3 per minute", "search", lambda: self.who, lambda: self.counts)(
            lambda: "free"
        )


def test_the_first_three_are_answered_and_the_fourth_is_not() -> None:
    door = Door()
    assert [door.search() for _time in range(3)] == ["found"] * 3
    with pytest.raises(TooManyRequests):
        door.search()


def test_views_of_one_scope_count_together_and_others_for_themselves() -> None:
    door = Door()
    door.search(), door.search(), door.listing()
    with pytest.raises(TooManyRequests):
        door.listing()
    assert door.basket() == "picked"


def test_another_address_is_not_refused_with_the_first() -> None:
    door = Door()
    for _time in range(3):
        door.search()
    door.who = "10.0.0.2"
    assert door.search() == "found"


def test_counts_in_memory_begin_anew_when_they_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(limiting.time, "monotonic", lambda: now)
    counts = limiting.Memory()
    assert [counts.incr("a", 60), counts.incr("a", 60), counts.incr("b", 10)] == [1, 2, 1]
    now += 59.0
    assert [counts.incr("a", 60), counts.incr("b", 10)] == [3, 1]
    now += 1.0
    assert [counts.incr("a", 60), counts.incr("b", 10)] == [1, 2]
    now += 2 * limiting.SWEEP_EVERY
    counts.incr("c", 60)
    assert list(counts._counts) == ["c"]  # nothing stays that is over


def test_requests_that_do_not_count_are_always_answered() -> None:
    door = Door()
    door.counts = False
    assert [door.free() for _time in range(9)] == ["free"] * 9
    assert door.search() == "found"


def test_where_nobody_can_count_nobody_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    door = Door(NOBODY_THERE)
    assert [door.search() for _time in range(5)] == ["found"] * 5
    assert "coarse limits cannot be counted" in caplog.text


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The address of a Redis of its own, on a socket."""
    command = redis_server()
    assert command is not None
    socket = tmp_path / "redis.sock"
    options = ("--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(tmp_path))
    with subprocess.Popen([command, *options], stdout=subprocess.DEVNULL) as process:
        wait_for(socket)
        yield f"redis+unix://{socket}"
        process.terminate()


def wait_for(socket: Path) -> None:
    """Wait until Redis listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not socket.exists():
        time.sleep(0.02)
    with Redis(unix_socket_path=str(socket)) as client:
        assert client.ping()


@pytest.mark.redis
def test_web_processes_count_together_in_redis(redis: str) -> None:
    one, other = Door(redis), Door(redis)
    assert [one.search(), other.search(), one.search()] == ["found"] * 3
    with pytest.raises(TooManyRequests):
        other.search()
    one.limiter.reset()
    assert other.search() == "found"

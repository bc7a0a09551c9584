"""What is owed is done once its action is committed, again after a failure, never forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal import outbox
from portal.database import action
from portal.extensions import db
from portal.outbox.models import OutboxMessage

Wait = Callable[..., None]
Payloads = Sequence[Mapping[str, Any]]


class Hands:
    """A handler that remembers what it was given, and fails when told to."""

    def __init__(self) -> None:
        self.given: list[Any] = []
        self.failing: type[BaseException] | None = None

    def __call__(self, payloads: Payloads) -> None:
        self.given += [payload["n"] for payload in payloads]
        if self.failing:
            raise self.failing("as told")


@pytest.fixture
def hands(app: Flask) -> Hands:
    db.session.query(OutboxMessage).delete()
    db.session.commit()
    return Hands()


@action
def owe(*numbers: int, topic: str = "test") -> None:
    for number in numbers:
        outbox.send(topic, n=number)


def kept() -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_messages_are_handed_over_in_order_and_then_gone(hands: Hands) -> None:
    owe(1, 2, 3)
    assert outbox.drain({"test": hands}) == 3
    assert hands.given == [1, 2, 3]
    assert kept() == []
    assert outbox.drain({"test": hands}) == 0


def test_a_topic_nobody_handles_waits(hands: Hands) -> None:
    owe(1, topic="later")
    assert outbox.drain({"test": hands}) == 0
    assert len(kept()) == 1


def test_more_than_a_batch_is_done_in_several(hands: Hands) -> None:
    owe(*range(450))
    assert [outbox.drain({"test": hands}) for _each in range(4)] == [200, 200, 50, 0]
    assert hands.given == list(range(450))


def test_a_failure_keeps_the_messages_and_waits_longer_each_time(hands: Hands, wait: Wait) -> None:
    owe(1, 2)
    hands.failing = RuntimeError
    for tries, pause in enumerate((2, 4, 8, 16), 1):
        assert outbox.drain({"test": hands}) == 0
        assert [(row.attempts, row.last_error) for row in kept()] == [(tries, "RuntimeError")] * 2
        assert outbox.drain({"test": hands}) == 0
        assert len(hands.given) == 2 * tries, "not before its time"
        wait(seconds=pause + 0.5)
    hands.failing = None
    assert outbox.drain({"test": hands}) == 2
    assert kept() == []


def test_the_wait_never_exceeds_a_quarter_of_an_hour(hands: Hands, wait: Wait) -> None:
    owe(1)
    hands.failing = RuntimeError
    for _each in range(14):
        outbox.drain({"test": hands})
        wait(minutes=15, seconds=1)
    hands.failing = None
    assert outbox.drain({"test": hands}) == 1


def test_one_failing_topic_does_not_hold_up_another(hands: Hands) -> None:
    owe(1)
    owe(2, topic="other")
    hands.failing = RuntimeError
    other = Hands()
    assert outbox.drain({"test": hands, "other": other}) == 1
    assert other.given == [2]


def test_a_worker_killed_after_the_work_does_it_again(hands: Hands) -> None:
    owe(1)
    hands.failing = KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        outbox.drain({"test": hands})
    hands.failing = None
    outbox.drain({"test": hands})
    assert hands.given == [1, 1]
    assert kept() == []


def test_the_age_of_the_oldest_is_known(hands: Hands, wait: Wait) -> None:
    assert outbox.oldest_age() == 0
    owe(1)
    wait(seconds=90)
    assert 90 <= outbox.oldest_age() < 100

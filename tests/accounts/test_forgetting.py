"""What the worker forgets every night: both sides of each limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock
from portal.accounts.actions.forgetting import forget_expired
from portal.accounts.models import Attempt, PendingProof, Person, SignIn
from portal.accounts.throttle import add_attempts
from portal.cli.nightly import run_due
from portal.database import transaction
from portal.extensions import Base, db
from tests.browser_client import Browser
from tests.factories import make_person


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_ended_sign_ins_are_kept_for_90_days(
    app: Flask,
    someone: Callable[[Person], Browser],
    wait: Callable[..., None],
    days: int,
    left: int,
) -> None:
    browser = someone(make_person())
    browser.post("/account/sign-out")
    wait(days=days)
    forget_expired()
    assert count(SignIn) == left


def test_a_sign_in_never_ended_is_forgotten_90_days_after_its_last_use(
    app: Flask, someone: Callable[[Person], Browser], wait: Callable[..., None]
) -> None:
    someone(make_person())
    wait(days=91)
    run_due()
    assert count(SignIn) == 0


@pytest.mark.parametrize(("age", "left"), [(6, 1), (8, 0)])
def test_spent_and_expired_links_are_kept_for_a_week(app: Flask, age: int, left: int) -> None:
    with transaction():
        moment = clock.now() - timedelta(days=age)
        db.session.add(
            PendingProof(purpose="reset", token_digest="示例", expires_at=moment, used_at=moment)
        )
    forget_expired()
    assert count(PendingProof) == left


@pytest.mark.parametrize(("minutes", "left"), [(59, 1), (61, 0)])
def test_attempts_are_kept_past_every_window(
    app: Flask, wait: Callable[..., None], minutes: int, left: int
) -> None:
    add_attempts(["示例"])
    wait(minutes=minutes)
    forget_expired()
    assert count(Attempt) == left

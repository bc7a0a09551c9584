"""Nobody learns who has an account: not from the words, the status or the work that is done.

Work is counted, not timed: the slow hashes and the statements sent to the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.accounts import passwords
from portal.extensions import db
from tests.accounts.proving import TYPED, give_phone
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person
from tests.statements import counted_statements

MAIL = "owner@example.com"
NOBODYS = {MAIL: "nobody@example.com", TYPED: "13800000002"}


class Hasher:
    """Counts how often a password is hashed or checked."""

    def __init__(self, real: Any) -> None:
        self.real, self.calls = real, Counter[str]()

    def hash(self, password: str) -> str:
        self.calls["hash"] += 1
        return str(self.real.hash(password))

    def verify(self, secret: str, password: str) -> bool:
        self.calls["verify"] += 1
        return bool(self.real.verify(secret, password))


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Hasher:
    counting = Hasher(passwords._hasher)
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


@pytest.fixture
def work(app: Flask, hasher: Hasher) -> Callable[..., tuple[Any, ...]]:
    """Send a form as a stranger; return what it looked like and the work it made."""

    def send(path: str, account: str, **values: str) -> tuple[Any, ...]:
        browser = Browser(app)
        data = {"account": account, "csrf_token": browser.token()} | values
        hasher.calls.clear()
        with counted_statements() as sent:
            answer = browser.ask(path, "POST", data=data)
        kinds = Counter(" ".join(statement.split()[:3]) for statement in sent)
        text = answer.get_data(as_text=True).replace(account, "")
        words = text.split("<main")[-1].split('name="csrf_token"')[0]
        return answer.status_code, answer.location, words, dict(hasher.calls), kinds

    return send


def person_with_both() -> None:
    give_phone(make_person(MAIL))


@pytest.mark.parametrize("account", [MAIL, TYPED])
@pytest.mark.parametrize(
    ("path", "values", "hashes"),
    [
        ("/account/sign-in", {"password": "not the password"}, {"verify": 1}),
        ("/account/sign-up", {"password": PASSWORD}, {"hash": 1}),
        ("/account/reset", {}, {}),
    ],
)
def test_known_and_unknown_make_the_same_work(
    work: Callable[..., tuple[Any, ...]],
    account: str,
    path: str,
    values: dict[str, str],
    hashes: dict[str, int],
) -> None:
    person_with_both()
    known, unknown = work(path, account, **values), work(path, NOBODYS[account], **values)
    assert known == unknown
    assert known[3] == hashes
    assert any(kind.startswith("INSERT") for kind in known[4])


def test_a_closed_account_makes_the_same_work(work: Callable[..., tuple[Any, ...]]) -> None:
    make_person(MAIL).disabled_at = clock.now()
    db.session.commit()
    closed = work("/account/sign-in", MAIL, password=PASSWORD)
    assert closed == work("/account/sign-in", NOBODYS[MAIL], password=PASSWORD)


def test_the_count_sees_a_difference_where_there_is_one(
    work: Callable[..., tuple[Any, ...]],
) -> None:
    person_with_both()
    right = work("/account/sign-in", MAIL, password=PASSWORD)
    wrong = work("/account/sign-in", MAIL, password="not the password")
    assert right[4] != wrong[4]

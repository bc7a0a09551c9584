"""Guessing is slowed down, by account and by origin, and told in the same words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Attempt, Person
from portal.accounts.terms import Act
from portal.accounts.throttle import LIMITS, Limit
from portal.extensions import db, limiter
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person
from tests.worker import Mailbox

MAIL = "owner@example.com"
TOO_MANY = ["尝试次数过多，请15分钟后再试"]
Wait = Callable[..., None]


def guess(visitor: Browser, mail: str = MAIL, status: int = 422, password: str = "a guess 2026"):
    return visitor.post("/account/sign-in", {"account": mail, "password": password}, status)


def test_the_ninth_guess_is_refused_even_when_it_is_right(visitor: Browser, wait: Wait) -> None:
    make_person(MAIL)
    for _each in range(8):
        guess(visitor)
    assert guess(visitor, status=429, password=PASSWORD).errors == TOO_MANY
    wait(minutes=15, seconds=1)
    assert guess(visitor, status=200, password=PASSWORD).heading == "我的企业"


def test_an_address_without_account_is_throttled_alike(visitor: Browser) -> None:
    for _each in range(8):
        guess(visitor, "nobody@example.com")
    assert guess(visitor, "nobody@example.com", 429).errors == TOO_MANY


def test_one_origin_guessing_at_many_accounts_is_stopped(app: Flask, visitor: Browser) -> None:
    make_person(MAIL)
    for number in range(40):
        guess(visitor, f"person{number}@example.com")
    assert guess(visitor, "another@example.com", 429).errors == TOO_MANY
    elsewhere = {"account": MAIL, "password": PASSWORD, "csrf_token": visitor.token()}
    visitor.ask(
        "/account/sign-in",
        "POST",
        data=elsewhere,
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
        follow_redirects=True,
    )
    assert visitor.page("/account/sign-in", 200).heading == "我的企业"


def test_signing_in_rightly_is_not_counted(app: Flask) -> None:
    person = make_person(MAIL)
    for _each in range(10):
        Browser(app).sign_in(person)
    assert db.session.scalars(select(Attempt)).all() == []


def test_resets_are_counted_whether_or_not_the_address_has_an_account(
    visitor: Browser, mailbox: Mailbox
) -> None:
    make_person(MAIL)
    for mail in (MAIL, "nobody@example.com"):
        for _each in range(8):
            visitor.post("/account/reset", {"account": mail})
        assert visitor.post("/account/reset", {"account": mail}, 429).errors == TOO_MANY
    assert len(mailbox.mails(MAIL)) == 8


def test_sign_ups_are_counted_by_address_and_by_origin(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, Act.SIGN_UP, Limit(account=2, origin=3))

    def sign_up(mail: str, status: int = 200) -> list[str]:
        values = {"account": mail, "password": PASSWORD}
        return visitor.post("/account/sign-up", values, status).errors

    assert sign_up(MAIL) == sign_up(MAIL) == []
    assert sign_up(MAIL, 429) == TOO_MANY
    assert sign_up("other@example.com") == []
    assert sign_up("third@example.com", 429) == TOO_MANY


def test_the_refusal_says_how_long_to_wait(visitor: Browser, wait: Wait) -> None:
    for _each in range(8):
        guess(visitor)
        wait(minutes=1)
    assert guess(visitor, status=429).errors == ["尝试次数过多，请7分钟后再试"]
    assert 390 < int(visitor.response.headers["Retry-After"]) <= 420
    wait(minutes=6)
    guess(visitor, status=429)
    wait(minutes=1, seconds=1)
    guess(visitor)


def test_the_present_password_is_not_guessed_without_end(
    someone: Callable[[Person], Browser],
) -> None:
    browser = someone(make_person(MAIL))
    for _each in range(8):
        browser.post("/my/account/password", {"present": "x", "password": "a new one 2026"}, 422)
    values = {"present": PASSWORD, "password": "a new one 2026"}
    assert browser.post("/my/account/password", values, 429).errors == TOO_MANY


def test_searches_of_one_origin_or_person_are_slowed_down(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    try:
        answers = [visitor.ask("/search?q=x").status_code for _each in range(61)]
        assert [answer == 429 for answer in answers] == 60 * [False] + [True]
        page = visitor.page("/search", 429)
        assert page.heading == "访问过于频繁"
        assert 0 < int(visitor.response.headers["Retry-After"]) <= 60
        assert visitor.ask("/enterprises?q=x").status_code == 429, "wherever the text is looked for"
        assert visitor.ask("/lists/supply.csv?q=x").status_code == 429
        assert visitor.ask("/enterprises").status_code == 200, "reading on is no search"
        other = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}
        assert visitor.ask("/search?q=x", **other).status_code == answers[0]
    finally:
        limiter.reset()


def test_wrong_passwords_at_a_confirmation_link_are_counted(
    visitor: Browser, mailbox: Mailbox
) -> None:
    visitor.post("/account/sign-up", {"account": MAIL, "password": PASSWORD})
    link = mailbox.link(MAIL)
    for _each in range(8):
        visitor.post(link, {"password": "a guess 2026"}, 422)
    assert visitor.post(link, {"password": PASSWORD}, 429).errors == TOO_MANY


def test_no_address_is_kept_and_old_attempts_are_forgotten(visitor: Browser, wait: Wait) -> None:
    guess(visitor)
    keys = list(db.session.scalars(select(Attempt.key)))
    assert len(keys) == 2
    assert not any("owner" in key or "127.0.0.1" in key for key in keys)
    wait(hours=2)
    guess(visitor, "another@example.com")
    assert len(list(db.session.scalars(select(Attempt.key)))) == 2

"""Signing in and out: where it leads, how long it lasts, what it never reveals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.keys import digest_of
from portal.accounts.models import Person, SignIn
from portal.accounts.terms import Right
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_officer, make_person

MAIL = "owner@example.com"
WRONG = "账号或密码不对，请核对"
Someone = Callable[[Person], Browser]
Wait = Callable[..., None]


def sign_in(visitor: Browser, status: int = 200, path: str = "/account/sign-in", **values: str):
    form = {"account": MAIL, "password": PASSWORD} | values
    return visitor.send(visitor.get(path), status=status, **form)


def test_a_member_begins_at_their_enterprises_and_an_officer_at_the_worklist(
    app: Flask, visitor: Browser
) -> None:
    make_person(MAIL)
    make_officer(Right.REVIEW_ENTERPRISES, mail="officer@portal.example")
    assert sign_in(visitor).heading == "我的企业"
    assert sign_in(Browser(app), account="officer@portal.example").heading == "待办理"


def test_a_visitor_is_asked_to_sign_in_and_brought_back(visitor: Browser) -> None:
    make_person(MAIL)
    page = visitor.get("/my/enterprises/new?from=home")
    assert page.heading == "登录"
    page = visitor.send(page, "/account/sign-in", account=MAIL, password=PASSWORD)
    assert page.heading == "登记企业"
    assert visitor.response.request.full_path == "/my/enterprises/new?from=home"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example/",
        "/\n/elsewhere.example",
        "\x01//elsewhere.example",
        "/\u202e/elsewhere.example",
        "javascript:alert(1)",
        "/" + "x" * 3000,
        "////elsewhere.example",
        "http:/elsewhere.example",
    ],
)
def test_nobody_is_sent_elsewhere(visitor: Browser, elsewhere: str) -> None:
    make_person(MAIL)
    visitor.ask("/account/sign-in")
    values = {"account": MAIL, "password": PASSWORD, "next": elsewhere}
    values["csrf_token"] = visitor.token()
    answer = visitor.ask("/account/sign-in", "POST", data=values)
    assert (answer.status_code, answer.location) == (303, "/my/")


@pytest.mark.parametrize(
    "values",
    [
        {"password": "not the password"},
        {"account": "nobody@example.com"},
        {"account": "unconfirmed@example.com"},
        {"account": "gone@example.com"},
        {"password": PASSWORD.upper()},
        {"password": PASSWORD + " "},
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(visitor: Browser, values: dict[str, str]) -> None:
    make_person(MAIL)
    make_person("gone@example.com").disabled_at = clock.now()
    db.session.commit()
    visitor.send(
        visitor.get("/account/sign-up"), account="unconfirmed@example.com", password=PASSWORD
    )
    page = sign_in(visitor, 422, **values)
    assert page.errors == [WRONG]
    assert PASSWORD not in page.html


def test_the_mail_may_be_written_in_capitals_or_full_width(visitor: Browser) -> None:
    make_person(MAIL)
    assert sign_in(visitor, account=" ＯWNER@Example.com").heading == "我的企业"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"account": ""}, ["请填写手机号或邮箱"]),
        ({"password": ""}, ["请填写密码"]),
        ({"account": "", "password": ""}, ["请填写手机号或邮箱", "请填写密码"]),
        ({"account": "owner"}, ["请填写11位手机号，或完整的邮箱，例如name@example.com"]),
        ({"password": "bamboo\x00hills"}, ["密码中有无法保存的字符，请重新输入"]),
    ],
)
def test_what_is_missing_is_said_at_the_field(
    visitor: Browser, values: dict[str, str], said: list[str]
) -> None:
    make_person(MAIL)
    assert sign_in(visitor, 422, **values).errors == said


def test_signing_in_takes_a_fresh_session(visitor: Browser) -> None:
    """A session planted before signing in is worth nothing afterwards."""
    make_person(MAIL)
    page = visitor.get("/account/sign-in")
    before = visitor.client.get_cookie("portal")
    visitor.send(page, account=MAIL, password=PASSWORD)
    first = visitor.client.get_cookie("portal")
    assert before is not None
    assert first is not None
    assert first.value != before.value
    visitor.client.set_cookie("portal", before.value)
    assert visitor.get("/my/").heading == "登录"


def test_each_sign_in_has_a_token_of_its_own_and_only_its_digest_is_kept(
    app: Flask, someone: Someone
) -> None:
    person = make_person(MAIL)
    browsers = [someone(person), someone(person)]
    tokens = []
    for browser in browsers:
        with browser.client.session_transaction() as session:
            tokens.append(session["_user_id"])
    kept = set(db.session.scalars(select(SignIn.token_digest)))
    assert len(set(tokens)) == 2
    assert kept == {digest_of(token) for token in tokens}


def test_signing_out_ends_the_sign_in_itself(app: Flask, someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    cookie = browser.client.get_cookie("portal")
    assert cookie is not None
    page = browser.post("/account/sign-out")
    assert "您已退出登录" in page.text
    assert browser.get("/my/").heading == "登录"
    thief = Browser(app)
    thief.client.set_cookie("portal", cookie.value)
    assert thief.get("/my/").heading == "登录"


def test_signing_out_leaves_the_other_browser_signed_in(someone: Someone) -> None:
    person = make_person(MAIL)
    one, other = someone(person), someone(person)
    one.post("/account/sign-out")
    assert other.get("/my/").heading == "我的企业"


def test_half_an_hour_of_silence_ends_a_sign_in(someone: Someone, wait: Wait) -> None:
    browser = someone(make_person(MAIL))
    for _each in range(3):
        wait(minutes=29)
        assert browser.get("/my/").heading == "我的企业"
    wait(minutes=31)
    assert browser.get("/my/").heading == "登录"


def test_twelve_hours_end_even_a_busy_sign_in(someone: Someone, wait: Wait) -> None:
    browser = someone(make_person(MAIL))
    for _each in range(24):
        wait(minutes=29, seconds=58)
        assert browser.get("/my/").heading == "我的企业"
    wait(minutes=2)
    assert browser.get("/my/").heading == "登录"


def test_a_disabled_person_is_out_at_once(someone: Someone) -> None:
    person = make_person(MAIL)
    browser = someone(person)
    person.disabled_at = clock.now()
    db.session.commit()
    assert browser.get("/my/").heading == "登录"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Browser) -> None:
    make_person(MAIL)
    data = {"account": MAIL, "password": PASSWORD, "csrf_token": visitor.token()}
    cookie = visitor.ask("/account/sign-in", "POST", data=data).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_pages_of_a_signed_in_person_are_kept_in_no_cache(someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    browser.get("/my/")
    assert browser.response.headers["Cache-Control"] == "no-store"


def test_a_forged_cookie_is_nobody(visitor: Browser) -> None:
    for value in ("nonsense", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "\xff"):
        visitor.client.set_cookie("portal", value)
        assert visitor.get("/my/").heading == "登录"


def test_a_form_without_its_token_is_refused_and_nothing_is_written(visitor: Browser) -> None:
    make_person(MAIL)
    visitor.ask("/account/sign-in", "POST", data={"account": MAIL, "password": PASSWORD})
    page = visitor.page("/account/sign-in", 400)
    assert page.heading == "表单已过期"
    assert PASSWORD not in page.html
    assert db.session.scalars(select(SignIn)).all() == []

"""Answering by number and code: for people who do not open links in an SMS."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions.contacts import ask_contact
from portal.enterprises.models import Enterprise, NamedContact
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.page import Page
from tests.worker import Phones

PHONE = "13800000000"
NO_GOOD = [
    "手机号与验证码不符，或者验证码已失效。请核对；超过3日或者试过5次后，只能通过短信中的链接办理。"
]
TOO_MANY = ["尝试次数过多，请15分钟后再试"]
Wait = Callable[..., None]


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES))


def ask(owner: Person, firm: Enterprise, phones: Phones) -> str:
    """Have a person asked by SMS; return the code in it."""
    ask_contact(owner, firm, "张三（示例）", "市场总监", PHONE, "供需对接")
    text = phones.texts("+86" + PHONE)[-1]
    found = re.search(r"验证码([0-9]{6})", text)
    assert found, text
    assert "/contacts/code" in text
    return found.group(1)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def enter(visitor: Browser, code: str, status: int = 200, phone: str = PHONE) -> Page:
    return visitor.send(visitor.get("/contacts/code"), "", status, phone=phone, code=code)


def test_the_code_shows_what_the_link_shows_and_the_person_agrees(
    owner: Person, firm: Enterprise, visitor: Browser, phones: Phones
) -> None:
    page = enter(visitor, ask(owner, firm, phones), phone="+86 138-0000 0000")
    for words in ("张三（示例）", "市场总监", PHONE, firm.name):
        assert words in page.main
    page = visitor.send(page, "/agree")
    assert page.heading == "已同意公开"
    assert "张三" in visitor.get(f"/enterprises/{firm.uscc}").main
    assert visitor.get("/contacts/by-code", 404).heading == "链接已失效"


def test_the_person_declines_by_the_code(
    owner: Person, firm: Enterprise, visitor: Browser, phones: Phones
) -> None:
    page = enter(visitor, ask(owner, firm, phones))
    assert visitor.send(page, "/take-back").heading == "未公开"
    row = db.session.scalars(select(NamedContact)).one()
    assert (row.name, row.address, row.code_digest, row.state) == ("", "", None, "declined")


def test_a_code_is_good_once_and_the_link_stays(
    app: Flask, owner: Person, firm: Enterprise, visitor: Browser, phones: Phones
) -> None:
    code = ask(owner, firm, phones)
    enter(visitor, code)
    assert enter(Browser(app), code, 422).errors == NO_GOOD
    link = re.search(r"/contacts/[\w-]{32}", phones.texts("+86" + PHONE)[-1])
    assert link is not None
    assert visitor.get(link.group()).heading == "是否同意公开您的联系方式"


def test_only_who_entered_the_code_gets_to_decide(
    app: Flask, owner: Person, firm: Enterprise, visitor: Browser, phones: Phones
) -> None:
    enter(visitor, ask(owner, firm, phones))
    other = Browser(app)
    other.get("/contacts/by-code", 404)
    other.post("/contacts/by-code/agree", status=404)
    assert "张三" not in visitor.get(f"/enterprises/{firm.uscc}").main


def test_an_unknown_number_and_a_wrong_code_read_the_same(
    owner: Person, firm: Enterprise, visitor: Browser, phones: Phones
) -> None:
    code = ask(owner, firm, phones)
    assert enter(visitor, wrong(code), 422).errors == NO_GOOD
    assert enter(visitor, code, 422, phone="13900000000").errors == NO_GOOD


def test_the_code_ends_after_three_days(
    owner: Person, firm: Enterprise, visitor: Browser, phones: Phones, wait: Wait
) -> None:
    code = ask(owner, firm, phones)
    wait(days=3, minutes=1)
    assert enter(visitor, code, 422).errors == NO_GOOD


def test_the_code_holds_until_then(
    owner: Person, firm: Enterprise, visitor: Browser, phones: Phones, wait: Wait
) -> None:
    code = ask(owner, firm, phones)
    wait(days=3, minutes=-1)
    assert "张三" in enter(visitor, code).main


@pytest.mark.parametrize(("guesses", "status"), [(4, 200), (5, 422)])
def test_the_fifth_wrong_code_was_the_last(
    owner: Person, firm: Enterprise, visitor: Browser, phones: Phones, guesses: int, status: int
) -> None:
    code = ask(owner, firm, phones)
    for _time in range(guesses):
        enter(visitor, wrong(code), 422)
    page = enter(visitor, code, status)
    assert page.errors == (NO_GOOD if status == 422 else [])


def test_trying_is_slowed_down_for_numbers_nobody_was_asked_at(visitor: Browser) -> None:
    for _time in range(8):
        assert enter(visitor, "000000", 422).errors == NO_GOOD
    assert enter(visitor, "000000", 429).errors == TOO_MANY


def test_a_number_named_twice_answers_each_by_its_own_code(
    owner: Person, firm: Enterprise, visitor: Browser, phones: Phones
) -> None:
    other = make_active(
        owner, make_officer(Right.REVIEW_ENTERPRISES, mail="o2@x.example"), uscc=make_uscc(2)
    )
    ask(owner, firm, phones)
    code = ask(owner, other, phones)
    visitor.send(enter(visitor, code), "/agree")
    states = db.session.execute(select(NamedContact.enterprise_id, NamedContact.state))
    assert dict(map(tuple, states)) == {firm.id: "asked", other.id: "confirmed"}


def test_what_is_no_number_is_said_beside_it(visitor: Browser) -> None:
    assert enter(visitor, "123456", 422, phone="028-1234").errors == ["请填写11位手机号"]

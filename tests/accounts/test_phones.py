"""Signing up, signing in and resetting by a mobile number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Identifier, Person
from portal.accounts.rules import normal_account, normal_phone
from portal.accounts.terms import IdentifierKind
from portal.errors import Refused
from portal.extensions import db
from tests.accounts.proving import PHONE, TYPED, give_phone
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person
from tests.page import Page
from tests.worker import Mailbox, Phones

NEW = "willow river 2027"
WRONG_CODE = ["验证码不对，请核对短信中的6位数字"]
SPENT_CODE = ["该验证码已失效，请重新发送"]
Wait = Callable[..., None]


def sign_up(visitor: Browser, number: str = TYPED, status: int = 200) -> Page:
    page = visitor.get("/account/sign-up")
    return visitor.send(page, account=number, password=PASSWORD, status=status)


def is_signed_in(page: Page) -> bool:
    return page.heading == "个人信息处理规则"  # the notice somebody new reads first


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.parametrize(
    "typed",
    [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "+86 138 0000 0001",
        "+8613800000001",
        "0086 138 0000 0001",
        "86 13800000001",
        "１３８０００００００１",
        "＋８６ 138（0000）0001",
        "\u00a013800000001\u3000",
    ],
)
def test_a_number_is_kept_in_one_form_however_it_is_typed(app: Flask, typed: str) -> None:
    assert normal_account(typed) == (IdentifierKind.PHONE, "+8613800000001")


@pytest.mark.parametrize(
    "typed",
    [
        "1380000000",
        "138000000011",
        "12800000001",
        "02885190000",
        "+85291234567",
        "+1 138 0000 0001",
    ],
)
def test_what_is_no_mobile_number_is_said_so(app: Flask, typed: str) -> None:
    with app.test_request_context(), pytest.raises(Refused, match="请填写11位手机号"):
        normal_phone(typed)


def test_a_visitor_signs_up_by_phone_and_is_signed_in(visitor: Browser, phones: Phones) -> None:
    page = sign_up(visitor)
    assert page.heading == "确认手机号"
    (text,) = phones.texts(PHONE)
    assert "10分钟内有效" in text
    page = visitor.send(page, "/account/code", code=phones.code(PHONE))
    assert "手机号已确认，您已登录" in page.text
    assert is_signed_in(page)
    assert visitor.send(page, "/account/consent", agreed="y").heading == "我的企业"


def test_who_signed_up_signs_in_by_phone(app: Flask, visitor: Browser, phones: Phones) -> None:
    visitor.send(sign_up(visitor), "/account/code", code=phones.code(PHONE))
    again = Browser(app)
    page = again.get("/account/sign-in")
    page = again.send(page, account="+86 138-0000-0001", password=PASSWORD)
    assert is_signed_in(page)


def test_before_the_code_nobody_can_sign_in_and_nobody_is_kept(visitor: Browser) -> None:
    sign_up(visitor)
    page = visitor.post("/account/sign-in", {"account": TYPED, "password": PASSWORD}, 422)
    assert page.errors == ["账号或密码不对，请核对"]
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_code_may_be_typed_full_width_and_with_blanks(visitor: Browser, phones: Phones) -> None:
    page = sign_up(visitor)
    code = phones.code(PHONE)
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in code)
    page = visitor.send(page, "/account/code", code=f" {wide[:3]} {wide[3:]} ")
    assert is_signed_in(page)


def test_a_code_is_tried_five_times_then_a_new_one_is_needed(
    visitor: Browser, phones: Phones
) -> None:
    page = sign_up(visitor)
    code = phones.code(PHONE)
    for _each in range(4):
        page = visitor.send(page, "/account/code", code=other_than(code), status=422)
        assert page.errors == WRONG_CODE
    page = visitor.send(page, "/account/code", code=other_than(code), status=422)
    assert page.errors == SPENT_CODE
    page = visitor.send(page, "/account/code", code=code, status=422)
    assert page.errors == SPENT_CODE
    page = visitor.send(page, "/account/code/again")
    assert "新验证码正在发送" in page.text
    assert is_signed_in(visitor.send(page, "/account/code", code=phones.code(PHONE)))


def test_the_fifth_try_may_be_right(visitor: Browser, phones: Phones) -> None:
    page = sign_up(visitor)
    code = phones.code(PHONE)
    for _each in range(4):
        page = visitor.send(page, "/account/code", code=other_than(code), status=422)
    assert is_signed_in(visitor.send(page, "/account/code", code=code))


def test_a_code_works_for_ten_minutes(visitor: Browser, phones: Phones, wait: Wait) -> None:
    page = sign_up(visitor)
    code = phones.code(PHONE)
    wait(minutes=10, seconds=1)
    page = visitor.send(page, "/account/code", code=code, status=422)
    assert page.errors == SPENT_CODE


def test_a_new_code_ends_the_last_one(visitor: Browser, phones: Phones) -> None:
    page = sign_up(visitor)
    first = phones.code(PHONE)
    page = visitor.send(page, "/account/code/again")
    second = phones.code(PHONE)
    if first != second:
        page = visitor.send(page, "/account/code", code=first, status=422)
    assert is_signed_in(visitor.send(page, "/account/code", code=second))


def test_a_code_is_no_use_in_another_browser(app: Flask, visitor: Browser, phones: Phones) -> None:
    sign_up(visitor)
    thief = Browser(app)
    page = thief.post("/account/code", {"code": phones.code(PHONE)})
    assert page.heading == "注册"


def test_a_number_with_an_account_looks_the_same_and_its_owner_is_told(
    app: Flask, visitor: Browser, phones: Phones
) -> None:
    give_phone(make_person())
    known = sign_up(visitor)
    unknown = sign_up(Browser(app), "13800000002")
    assert known.main == unknown.main
    (text,) = phones.texts(PHONE)
    assert "该号码已有账号" in text
    page = visitor.send(known, "/account/code", code="123456", status=422)
    assert page.errors == WRONG_CODE
    assert db.session.scalar(select(func.count()).select_from(Identifier)) == 2


def test_two_may_ask_for_one_number_but_one_confirms_it(
    app: Flask, visitor: Browser, phones: Phones
) -> None:
    other = Browser(app)
    first = sign_up(visitor)
    code = phones.code(PHONE)
    second = sign_up(other)
    late = phones.code(PHONE)
    visitor.send(first, "/account/code", code=code)
    page = other.send(second, "/account/code", code=late, status=422)
    assert page.errors == ["该手机号已经确认，请直接登录"]


def test_a_password_is_reset_by_a_code(
    app: Flask, visitor: Browser, phones: Phones, someone: Callable[[Person], Browser]
) -> None:
    person = make_person()
    give_phone(person)
    elsewhere = someone(person)
    page = visitor.send(visitor.get("/account/reset"), account=TYPED)
    assert page.heading == "设置新密码"
    page = visitor.send(page, "/account/reset-code", code=phones.code(PHONE), password=NEW)
    assert "密码已修改，请用新密码登录" in page.text
    assert elsewhere.get("/my/").heading == "登录"
    assert visitor.send(page, account=TYPED, password=NEW).heading == "我的企业"
    assert "您的密码已修改" in phones.texts(PHONE)[-1]


def test_a_poor_password_spends_no_try(visitor: Browser, phones: Phones) -> None:
    give_phone(make_person())
    page = visitor.send(visitor.get("/account/reset"), account=TYPED)
    for _each in range(6):
        page = visitor.send(page, "/account/reset-code", code="000000", password="x", status=422)
        assert page.errors == ["密码不能少于10个字符，请加长"]
    page = visitor.send(page, "/account/reset-code", code=phones.code(PHONE), password=NEW)
    assert "密码已修改" in page.text


def test_an_unknown_number_reads_the_same_and_gets_no_sms(
    app: Flask, visitor: Browser, phones: Phones, mailbox: Mailbox
) -> None:
    give_phone(make_person())
    known = visitor.send(visitor.get("/account/reset"), account=TYPED)
    stranger = Browser(app)
    unknown = stranger.send(stranger.get("/account/reset"), account="13800000002")
    assert known.main == unknown.main
    assert len(phones.texts()) == 1
    assert mailbox.mails() == []
    page = stranger.send(unknown, "/account/reset-code", code="000000", password=NEW, status=422)
    assert page.errors == WRONG_CODE


@pytest.mark.parametrize("path", ["/account/code", "/account/reset-code"])
def test_without_anything_awaited_one_begins_at_the_beginning(visitor: Browser, path: str) -> None:
    assert visitor.get(path).heading in ("注册", "重设密码")
    assert visitor.post(f"{path}/again").heading in ("注册", "重设密码")


def test_sms_to_one_number_are_few(visitor: Browser, phones: Phones) -> None:
    page = sign_up(visitor)
    for _each in range(2):
        page = visitor.send(page, "/account/code/again")
    page = visitor.send(page, "/account/code/again", status=429)
    assert page.errors == ["尝试次数过多，请15分钟后再试"]
    assert len(phones.texts(PHONE)) == 3

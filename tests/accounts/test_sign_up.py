"""Signing up: a mail, a link that works once, the password asked again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Identifier, PendingProof, Person
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person
from tests.worker import Mailbox

MAIL = "li.ming@example.com"


def sign_up(visitor: Browser, mail: str = MAIL, password: str = PASSWORD, status: int = 200):
    return visitor.send(
        visitor.get("/account/sign-up"), account=mail, password=password, status=status
    )


def test_a_visitor_signs_up_confirms_and_is_signed_in(visitor: Browser, mailbox: Mailbox) -> None:
    page = sign_up(visitor)
    assert page.heading == "请查收邮件"
    assert mailbox.subjects(MAIL) == ["确认邮箱"]
    page = visitor.get(mailbox.link(MAIL))
    assert page.heading == "确认邮箱"
    page = visitor.send(page, password=PASSWORD)
    assert "邮箱已确认，您已登录" in page.text
    assert page.heading == "个人信息处理规则"
    assert visitor.send(page, "/account/consent", agreed="y").heading == "我的企业"


def test_the_mail_speaks_the_language_the_page_was_read_in(
    visitor: Browser, mailbox: Mailbox
) -> None:
    visitor.client.set_cookie("language", "en")
    assert sign_up(visitor).heading == "Look into your mailbox"
    assert mailbox.subjects(MAIL) == ["Confirm your mail address"]


def test_before_confirming_nobody_can_sign_in(visitor: Browser) -> None:
    sign_up(visitor)
    page = visitor.post("/account/sign-in", {"account": MAIL, "password": PASSWORD}, 422)
    assert page.errors == ["账号或密码不对，请核对"]


def test_the_link_asks_for_the_password_chosen_at_sign_up(
    visitor: Browser, mailbox: Mailbox
) -> None:
    sign_up(visitor)
    page = visitor.get(mailbox.link(MAIL))
    page = visitor.send(page, password="another password", status=422)
    assert page.errors == ["密码与注册时设置的不一致，请核对"]
    assert "another password" not in page.html


def test_the_link_works_once(visitor: Browser, mailbox: Mailbox) -> None:
    sign_up(visitor)
    link = mailbox.link(MAIL)
    visitor.send(visitor.get(link), password=PASSWORD)
    page = visitor.get(link, 404)
    assert page.heading == "该链接已失效"
    assert page.link("重新获取") == "/account/sign-up"


def test_the_link_works_for_a_day(visitor: Browser, mailbox: Mailbox, wait) -> None:
    sign_up(visitor)
    link = mailbox.link(MAIL)
    wait(hours=23, minutes=59)
    assert visitor.get(link).heading == "确认邮箱"
    wait(minutes=2)
    assert visitor.get(link, 404).heading == "该链接已失效"


@pytest.mark.parametrize("token", ["nothing", "%F0%9F%90%BC", "a" * 500, "..%2f"])
def test_an_unknown_link_says_that_it_no_longer_works(visitor: Browser, token: str) -> None:
    page = visitor.get(f"/account/confirm/{token}", 404)
    assert page.heading in ("该链接已失效", "页面不存在")


def test_an_address_with_an_account_looks_the_same_and_its_owner_is_told(
    visitor: Browser, mailbox: Mailbox
) -> None:
    make_person(MAIL)
    known, unknown = sign_up(visitor), sign_up(visitor, "nobody@example.com")
    assert known.text == unknown.text
    assert mailbox.subjects(MAIL) == ["您已有账号"]
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
    assert db.session.scalar(select(func.count()).select_from(PendingProof)) == 2


def test_two_people_may_type_the_same_address_but_one_confirms_it(
    app, visitor: Browser, mailbox: Mailbox
) -> None:
    stranger = Browser(app)
    sign_up(stranger, password="a stranger's words")
    sign_up(visitor)
    links = [mail.get_content().split("/account")[1].split()[0] for mail in mailbox.mails(MAIL)]
    visitor.send(visitor.get("/account" + links[1]), password=PASSWORD)
    page = stranger.get("/account" + links[0])
    page = stranger.send(page, password="a stranger's words", status=422)
    assert page.errors == ["该邮箱已经确认，请直接登录"]
    confirmed = select(func.count()).where(Identifier.confirmed_at.is_not(None))
    assert db.session.scalar(confirmed) == 1


@pytest.mark.parametrize(
    ("mail", "password", "said"),
    [
        ("", PASSWORD, "请填写手机号或邮箱"),
        ("nobody", PASSWORD, "请填写11位手机号，或完整的邮箱，例如name@example.com"),
        ("a@b", PASSWORD, "请填写完整的邮箱，例如name@example.com"),
        ("a b@example.com", PASSWORD, "请填写完整的邮箱，例如name@example.com"),
        ("李明@example.com", PASSWORD, "请填写完整的邮箱，例如name@example.com"),
        ("x" * 250 + "@example.com", PASSWORD, None),
        (MAIL, "", "请设置密码"),
        (MAIL, "short", "密码不能少于10个字符，请加长"),
        (MAIL, "x" * 201, None),
        (MAIL, "aaaaaaaaaaaa", "该密码容易被猜到，请用几个词或字母与数字组合"),
        (MAIL, "1234567890123", "该密码容易被猜到，请用几个词或字母与数字组合"),
        (MAIL, MAIL, "该密码容易被猜到，请用几个词或字母与数字组合"),
        (MAIL, "bamboo\x00hills 2026", "密码中有无法保存的字符，请重新输入"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    visitor: Browser, mailbox: Mailbox, mail: str, password: str, said: str | None
) -> None:
    page = sign_up(visitor, mail, password, status=422)
    assert page.errors == [said] if said else len(page.errors) == 1
    assert page.title.startswith("有1处需修改 - 注册")
    assert mailbox.mails() == []
    if password not in ("", mail):
        assert password not in page.html


def test_an_address_is_kept_in_its_plain_form(visitor: Browser, mailbox: Mailbox) -> None:
    sign_up(visitor, " Ｌi.Ming@Example.COM ")
    assert mailbox.subjects(MAIL) == ["确认邮箱"]

"""Resetting the password: the same words for everybody, every sign-in ended."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from portal.accounts.models import Credential, Person
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person
from tests.worker import Mailbox

MAIL = "owner@example.com"
NEW = "willow river 2027"
Someone = Callable[[Person], Browser]


def ask_for_reset(visitor: Browser, mail: str = MAIL):
    return visitor.send(visitor.get("/account/reset"), account=mail)


def test_a_person_sets_a_new_password_by_a_mailed_link(visitor: Browser, mailbox: Mailbox) -> None:
    make_person(MAIL)
    assert ask_for_reset(visitor).heading == "请查收邮件"
    page = visitor.send(visitor.get(mailbox.link(MAIL)), password=NEW)
    assert "密码已修改，请用新密码登录" in page.text
    page = visitor.send(page, account=MAIL, password=PASSWORD, status=422)
    assert page.errors == ["账号或密码不对，请核对"]
    assert visitor.send(page, account=MAIL, password=NEW).heading == "我的企业"


def test_a_new_password_ends_every_sign_in(
    visitor: Browser, someone: Someone, mailbox: Mailbox
) -> None:
    person = make_person(MAIL)
    phone, desk = someone(person), someone(person)
    ask_for_reset(visitor)
    visitor.send(visitor.get(mailbox.link(MAIL)), password=NEW)
    for browser in (phone, desk):
        assert browser.get("/my/").heading == "登录"


def test_an_unknown_address_reads_the_same_and_gets_no_mail(
    visitor: Browser, mailbox: Mailbox
) -> None:
    make_person(MAIL)
    known, unknown = ask_for_reset(visitor), ask_for_reset(visitor, "nobody@example.com")
    assert known.text == unknown.text
    assert [mail["To"] for mail in mailbox.mails()] == [MAIL]


def test_the_link_works_once_and_for_an_hour(
    visitor: Browser, mailbox: Mailbox, wait: Callable[..., None]
) -> None:
    make_person(MAIL)
    ask_for_reset(visitor)
    first = mailbox.link(MAIL)
    visitor.send(visitor.get(first), password=NEW)
    assert visitor.get(first, 404).heading == "该链接已失效"
    ask_for_reset(visitor)
    second = mailbox.link(MAIL)
    wait(minutes=61)
    page = visitor.get(second, 404)
    assert page.link("重新获取") == "/account/reset"


def test_a_link_spent_in_another_tab_says_so(visitor: Browser, mailbox: Mailbox) -> None:
    make_person(MAIL)
    ask_for_reset(visitor)
    page = visitor.get(mailbox.link(MAIL))
    visitor.send(page, password=NEW)
    visitor.ask(page.path, "POST", data={"password": "another one 2027", "csrf_token": "x"})
    page = visitor.post(page.path, {"password": "another one 2027"}, 404)
    assert page.heading == "该链接已失效"


def test_a_confirmation_link_resets_nothing(visitor: Browser, mailbox: Mailbox) -> None:
    visitor.send(visitor.get("/account/sign-up"), account=MAIL, password=PASSWORD)
    token = mailbox.link(MAIL).rpartition("/")[2]
    assert visitor.get(f"/account/reset/{token}", 404).heading == "该链接已失效"


def test_a_poor_password_is_refused_and_the_link_stays_good(
    visitor: Browser, mailbox: Mailbox
) -> None:
    make_person(MAIL)
    ask_for_reset(visitor)
    page = visitor.get(mailbox.link(MAIL))
    page = visitor.send(page, password="short", status=422)
    assert page.errors == ["密码不能少于10个字符，请加长"]
    assert "密码已修改" in visitor.send(page, password=NEW).text


def test_the_old_password_stays_on_record_ended(visitor: Browser, mailbox: Mailbox) -> None:
    person = make_person(MAIL)
    ask_for_reset(visitor)
    visitor.send(visitor.get(mailbox.link(MAIL)), password=NEW)
    kept = db.session.scalars(select(Credential).order_by(Credential.id)).all()
    assert [credential.replaced_at is None for credential in kept] == [False, True]
    assert all(credential.person_id == person.id for credential in kept)


def test_mails_name_the_public_address_whatever_host_was_asked(
    visitor: Browser, mailbox: Mailbox
) -> None:
    make_person(MAIL)
    data = {"account": MAIL, "csrf_token": visitor.token()}
    headers = {"X-Forwarded-Host": "elsewhere.example", "Forwarded": "host=elsewhere.example"}
    visitor.ask("/account/reset", "POST", data=data, headers=headers)
    (mail,) = mailbox.mails(MAIL)
    assert "http://localhost/account/reset/" in mail.get_content()
    assert "elsewhere" not in mail.as_string()

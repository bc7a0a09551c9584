"""Recovery by an administrator: a code handed over, once, for an hour, told by every channel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal import clock
from portal.accounts.actions import issue_recovery_code
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.messages.queries import count_unread
from tests.accounts.proving import PHONE, give_authenticator, give_phone
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_officer, make_person
from tests.page import Page
from tests.worker import Mailbox, Phones

MAIL = "owner@example.com"
NEW = "willow river 2027"
WRONG = ["恢复码不对、已使用或已过期，请联系管理员"]
Someone = Callable[[Person], Browser]


def issued(person: Person) -> str:
    return issue_recovery_code(make_officer(Right.ADMINISTER, mail="boss@portal.example"), person)


def recover(visitor: Browser, code: str, status: int = 200, **values: str) -> Page:
    page = visitor.get("/account/recover")
    return visitor.send(page, code=code, password=NEW, status=status, **values)


def sign_in(visitor: Browser, password: str, status: int = 200) -> Page:
    return visitor.post("/account/sign-in", {"account": MAIL, "password": password}, status)


def test_a_person_sets_a_new_password_by_the_code(visitor: Browser, someone: Someone) -> None:
    person = make_person(MAIL)
    elsewhere = someone(person)
    page = visitor.get(visitor.get("/account/reset").link("使用管理员提供的恢复码"))
    page = visitor.send(page, code=issued(person).lower().replace("-", " "), password=NEW)
    assert "密码已修改，请用新密码登录" in page.text
    assert elsewhere.get("/my/").heading == "登录"
    assert sign_in(visitor, PASSWORD, 422).errors == ["账号或密码不对，请核对"]
    assert sign_in(visitor, NEW).heading == "我的企业"


def test_issuing_is_told_by_every_channel_and_stands_in_the_trail(
    app: Flask, mailbox: Mailbox, phones: Phones
) -> None:
    person = make_person(MAIL)
    give_phone(person)
    boss = make_officer(Right.ADMINISTER, mail="boss@portal.example")
    code = issue_recovery_code(boss, person)
    assert mailbox.subjects(MAIL) == ["管理员为您的账号签发了恢复码"]
    (text,) = phones.texts(PHONE)
    assert "管理员为您的账号签发了恢复码" in text
    assert count_unread(person) == 1
    line = trail_of("person", person.id)[0]
    assert (line.act, line.actor_id) == ("issue_recovery_code", boss.id)
    assert not any(code in str(mail) for mail in [*mailbox.mails(), text, line.changes])


def test_the_second_factor_stays_unless_it_is_said_to_be_lost(app: Flask, visitor: Browser) -> None:
    person = make_person(MAIL)
    give_authenticator(person)
    recover(visitor, issued(person))
    assert sign_in(visitor, NEW).heading == "两步验证"


def test_a_lost_second_factor_is_dropped_when_said(visitor: Browser) -> None:
    person = make_person(MAIL)
    give_authenticator(person)
    recover(visitor, issued(person), drop_factor="y")
    assert sign_in(visitor, NEW).heading == "我的企业"
    changes = trail_of("person", person.id)[0].changes
    assert changes == {"second_factor_removed": [None, True]}


def test_a_code_works_once(visitor: Browser) -> None:
    code = issued(make_person(MAIL))
    recover(visitor, code)
    assert recover(visitor, code, 422).errors == WRONG


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 422)])
def test_a_code_works_for_an_hour(
    visitor: Browser, wait: Callable[..., None], minutes: int, status: int
) -> None:
    code = issued(make_person(MAIL))
    wait(minutes=minutes)
    recover(visitor, code, status)


def test_a_new_code_ends_the_one_before(visitor: Browser) -> None:
    person = make_person(MAIL)
    boss = make_officer(Right.ADMINISTER)
    first, second = issue_recovery_code(boss, person), issue_recovery_code(boss, person)
    assert recover(visitor, first, 422).errors == WRONG
    assert "密码已修改" in recover(visitor, second).text


def test_guessing_is_slowed_down(visitor: Browser, app: Flask) -> None:
    for number in range(10):
        assert recover(visitor, f"GUESS{number}", 422).errors == WRONG
    assert recover(visitor, "GUESS10", 429).errors == ["尝试次数过多，请15分钟后再试"]


def test_a_poor_password_leaves_the_code_good(visitor: Browser) -> None:
    code = issued(make_person(MAIL))
    page = visitor.get("/account/recover")
    page = visitor.send(page, code=code, password="short", status=422)
    assert page.errors == ["密码不能少于10个字符，请加长"]
    assert "密码已修改" in visitor.send(page, password=NEW).text


def test_nobody_issues_a_code_for_themselves(app: Flask) -> None:
    boss = make_officer(Right.ADMINISTER)
    with pytest.raises(NotAllowed, match=r"其他管理员|another administrator"):
        issue_recovery_code(boss, boss)


@pytest.mark.parametrize("right", [right for right in Right if right != Right.ADMINISTER])
def test_only_administrators_issue_codes(app: Flask, right: Right) -> None:
    with pytest.raises(NotAllowed, match=r"只有管理员|Only an administrator"):
        issue_recovery_code(make_officer(right), make_person(MAIL))


def test_a_closed_account_gets_no_code(app: Flask) -> None:
    person = make_person(MAIL)
    person.disabled_at = clock.now()
    db.session.commit()
    with pytest.raises(Refused, match=r"已停用|is closed"):
        issued(person)


def test_the_command_prints_a_code_for_a_mail_or_a_phone(app: Flask, visitor: Browser) -> None:
    person = make_person(MAIL)
    give_phone(person)
    for account in ("Owner@example.com", "138 0000 0001"):
        done = app.test_cli_runner().invoke(args=["users", "recover", account])
        assert done.exit_code == 0, done.output
        assert "http://localhost/account/recover" in done.output
        assert "密码已修改" in recover(visitor, done.output.splitlines()[0]).text
    done = app.test_cli_runner().invoke(args=["users", "recover", "nobody@example.com"])
    assert (done.exit_code, "Nobody has" in done.output) == (1, True)

"""The account's page: what one is known by, password, sign-ins, language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.browsers import browser_of, words_for
from portal.accounts.models import Person
from portal.accounts.queries.sign_ins import identifiers_of
from portal.audit import trail_of
from tests.accounts.proving import PHONE, TYPED, give_phone, sign_ins_of
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person
from tests.page import Page, text_of, words
from tests.worker import Mailbox, Phones

MAIL, OTHER = "owner@example.com", "second@example.com"
NEW = "willow river 2027"
PAGE = "/my/account"
Someone = Callable[[Person], Browser]


def add(browser: Browser, account: str, status: int = 200, present: str = PASSWORD) -> Page:
    page = browser.get(f"{PAGE}/identifiers/new")
    return browser.send(page, account=account, present=present, status=status)


def known_by(person: Person) -> list[str]:
    return [identifier.subject for identifier in identifiers_of(person)]


def test_a_phone_is_added_by_its_code_and_signs_in(
    app: Flask, someone: Someone, phones: Phones, mailbox: Mailbox
) -> None:
    person = make_person(MAIL)
    browser = someone(person)
    page = browser.send(add(browser, TYPED), "/identifiers/code", code=phones.code(PHONE))
    assert page.heading == "我的账号"
    assert PHONE in page.main
    assert mailbox.subjects(MAIL) == ["您的账号新增了登录方式"]
    visitor = Browser(app)
    page = visitor.send(visitor.get("/account/sign-in"), account=TYPED, password=PASSWORD)
    assert page.heading == "我的企业"


def test_a_mail_address_is_added_by_its_link_signed_in(
    app: Flask, someone: Someone, mailbox: Mailbox
) -> None:
    person = make_person(MAIL)
    browser = someone(person)
    assert add(browser, OTHER).heading == "请查收邮件"
    link = mailbox.link(OTHER)
    stranger = someone(make_person("stranger@example.com"))
    assert stranger.get(link, 404).heading == "该链接已失效"
    page = browser.send(browser.get(link))
    assert "已确认，今后可用它登录" in page.text
    assert known_by(person) == [MAIL, OTHER]
    assert browser.get(link, 404).heading == "该链接已失效"


def test_changing_an_address_removes_the_old_one_once_the_new_is_confirmed(
    someone: Someone, phones: Phones, mailbox: Mailbox
) -> None:
    person = make_person(MAIL)
    browser = someone(person)
    page = browser.get(browser.get(PAGE).link("修改：owner"))
    assert page.heading == "更换登录方式"
    page = browser.send(page, "/identifiers/new", account=TYPED, present=PASSWORD)
    assert known_by(person) == [MAIL]
    browser.send(page, "/identifiers/code", code=phones.code(PHONE))
    assert known_by(person) == [PHONE]
    assert mailbox.subjects(MAIL) == ["您的账号新增了登录方式"]


def test_an_identifier_is_removed_and_told_a_last_time(
    app: Flask, someone: Someone, mailbox: Mailbox, phones: Phones
) -> None:
    person = make_person(MAIL)
    give_phone(person)
    browser = someone(person)
    page = browser.get(browser.get(PAGE).link("移除：owner"))
    page = browser.send(page, present=PASSWORD)
    assert known_by(person) == [PHONE]
    assert mailbox.subjects(MAIL) == ["您的账号移除了登录方式"]
    assert len(phones.texts(PHONE)) == 1
    line = trail_of("person", person.id)[0]
    assert line.act == "remove_identifier"
    (before, after) = line.changes["identifier"]
    assert before.startswith("mail hmac-sha256:")
    assert after is None


def test_the_last_identifier_stays(someone: Someone) -> None:
    person = make_person(MAIL)
    browser = someone(person)
    assert "移除" not in browser.get(PAGE).main
    (only,) = identifiers_of(person)
    page = browser.post(f"{PAGE}/identifiers/{only.id}/remove", {"present": PASSWORD}, 422)
    assert page.errors == ["这是唯一的登录方式，请先添加另一个"]


def test_nobody_removes_or_replaces_somebody_elses(someone: Someone) -> None:
    other = make_person(OTHER)
    browser = someone(make_person(MAIL))
    (theirs,) = identifiers_of(other)
    browser.get(f"{PAGE}/identifiers/{theirs.id}/remove", 404)
    browser.post(f"{PAGE}/identifiers/{theirs.id}/remove", {"present": PASSWORD}, 404)
    browser.get(f"{PAGE}/identifiers/new?replaces={theirs.id}", 404)
    assert known_by(other) == [OTHER]


@pytest.mark.parametrize(
    "path", ["/identifiers/new", "/password", "/second-factor", "/identifiers/{}/remove"]
)
def test_what_matters_asks_for_the_present_password(someone: Someone, path: str) -> None:
    person = make_person(MAIL)
    give_phone(person)
    browser = someone(person)
    page = browser.get(PAGE + path.format(identifiers_of(person)[0].id))
    values = {"account": OTHER, "password": NEW, "present": "not the password"}
    form = page.form(page.path.partition("?")[0])
    given = {name: value for name, value in values.items() if name in form.fields}
    assert browser.send(page, status=422, **given).errors == ["当前密码不对，请核对"]
    assert known_by(person) == [MAIL, PHONE]


def test_somebody_elses_address_looks_the_same_and_its_owner_is_told(
    someone: Someone, mailbox: Mailbox
) -> None:
    other = make_person(OTHER)
    browser = someone(make_person(MAIL))
    known, unknown = add(browser, OTHER), add(browser, "nobody@example.com")
    assert known.main == unknown.main
    assert mailbox.subjects(OTHER) == ["有人尝试将您的邮箱添加到其账号"]
    assert known_by(other) == [OTHER]


def test_ones_own_address_is_not_added_twice(someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    assert add(browser, MAIL, 422).errors == ["该手机号或邮箱已是您的登录方式"]


def test_a_new_password_ends_every_other_sign_in(
    app: Flask, someone: Someone, mailbox: Mailbox
) -> None:
    person = make_person(MAIL)
    here, elsewhere = someone(person), someone(person)
    page = here.send(here.get(f"{PAGE}/password"), present=PASSWORD, password=NEW)
    assert "其他设备上的登录已全部退出" in page.text
    assert elsewhere.get("/my/").heading == "登录"
    assert here.get("/my/").heading == "我的企业"
    assert mailbox.subjects(MAIL) == ["您的密码已修改"]
    page = elsewhere.post("/account/sign-in", {"account": MAIL, "password": PASSWORD}, 422)
    assert page.errors == ["账号或密码不对，请核对"]


def test_a_poor_new_password_is_refused(someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    page = browser.get(f"{PAGE}/password")
    page = browser.send(page, present=PASSWORD, password="short", status=422)
    assert page.errors == ["密码不能少于10个字符，请加长"]


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50"


def test_sign_ins_are_listed_in_plain_words_this_one_marked(app: Flask, someone: Someone) -> None:
    person = make_person(MAIL)
    for agent in (FIREFOX, WECHAT):
        browser = Browser(app)
        browser.client.environ_base["HTTP_USER_AGENT"] = agent
        browser.sign_in(person)
    page = browser.get(PAGE)
    rows = [words(text_of(row)) for row in page.all("li") if "最近使用" in text_of(row)]
    assert [row.split("2026")[0].strip() for row in rows] == ["微信、iPhone", "Firefox、Windows"]
    assert ["当前浏览器" in row for row in rows] == [True, False]
    assert "2026-11-22 10:00登录" in page.main
    assert FIREFOX not in [sign_in.browser for sign_in in sign_ins_of(person)]


def test_each_other_sign_in_can_be_ended(someone: Someone) -> None:
    person = make_person(MAIL)
    here, phone, desk = someone(person), someone(person), someone(person)
    number = sign_ins_of(person)[1].id
    page = here.send(here.get(PAGE), f"/sign-ins/{number}/end")
    assert "该登录已退出" in page.text
    assert phone.get("/my/").heading == "登录"
    assert desk.get("/my/").heading == "我的企业"
    page = here.send(here.get(PAGE), "/sign-ins/end-others")
    assert "其他登录已全部退出" in page.text
    assert desk.get("/my/").heading == "登录"
    assert here.get("/my/").heading == "我的企业"
    assert "退出其他全部登录" not in here.get(PAGE).main


def test_nobody_ends_somebody_elses_sign_in(someone: Someone) -> None:
    other = make_person(OTHER)
    theirs = someone(other)
    number = sign_ins_of(other)[0].id
    someone(make_person(MAIL)).post(f"{PAGE}/sign-ins/{number}/end", status=404)
    assert theirs.get("/my/").heading == "我的企业"


def test_sign_ins_that_ran_out_are_not_listed(someone: Someone, wait: Callable[..., None]) -> None:
    person = make_person(MAIL)
    someone(person)
    wait(minutes=31)
    page = someone(person).get(PAGE)
    assert "退出其他全部登录" not in page.main


def test_mails_come_in_the_language_chosen(someone: Someone, mailbox: Mailbox) -> None:
    browser = someone(make_person(MAIL))
    page = browser.send(browser.get(PAGE), "/my/account/language", language="en")
    assert "邮件和短信将使用该语言" in page.text
    browser.send(browser.get(f"{PAGE}/password"), present=PASSWORD, password=NEW)
    assert mailbox.subjects(MAIL) == ["Your password was changed"]
    page = browser.post(f"{PAGE}/language", {"language": "xx"}, 422)
    assert page.errors == ["请在列表中选择邮件和短信的语言"]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("", ["未知浏览器"]),
        ("curl/8.0", ["未知浏览器"]),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", ["Chrome", "Linux"]),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", ["Edge", "Windows"]),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Safari/605", ["Safari", "macOS"]),
        ("Mozilla/5.0 (Linux; Android 15) MQQBrowser/15 Chrome/130", ["QQ浏览器", "Android"]),
        ("<script>" * 200, ["未知浏览器"]),
    ],
)
def test_browsers_are_told_apart(app: Flask, agent: str, said: list[str]) -> None:
    with app.test_request_context():
        assert words_for(browser_of(agent)) == said

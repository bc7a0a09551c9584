"""The notice on personal information: accepted by version, asked again when it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.actions import consents, create_person
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.errors import Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person

WORDS = {"title_zh": "示例规则", "title_en": "Sample", "text_zh": "新的内容", "text_en": "New"}


def put(version: int, effective_on: date) -> None:
    consents.put_consent_text(version, effective_on=effective_on, **WORDS)


@pytest.fixture
def newcomer(app: Flask) -> Person:
    """Somebody who has accepted nothing yet."""
    return create_person("newcomer@example.com", PASSWORD, "示例新人")


def test_a_newcomer_reads_and_accepts_before_the_pages_open(
    newcomer: Person, someone: Callable[[Person], Browser]
) -> None:
    browser = someone(newcomer)
    page = browser.get("/my/enterprises/new")
    assert page.heading == "个人信息处理规则"
    assert "请勾选" in browser.send(page, "/account/consent", status=422).text
    page = browser.send(page, "/account/consent", agreed="y")
    assert page.path == "/my/enterprises/new", "on to where they wanted to go"
    (kept,) = consents.consents_of(newcomer)
    assert kept.version == 1
    assert trail_of("person", newcomer.id)[0].act == "accept_consent"
    assert browser.get("/my/").heading != "个人信息处理规则"


def test_public_pages_and_the_way_out_stay_open(
    newcomer: Person, someone: Callable[[Person], Browser]
) -> None:
    browser = someone(newcomer)
    for path in ("/enterprises", "/my/account/data", "/my/account/delete"):
        assert browser.get(path).path == path


def test_everybody_is_asked_again_from_the_day_a_new_version_is_in_force(
    app: Flask, someone: Callable[[Person], Browser], wait: Callable[..., None]
) -> None:
    person = make_person()
    put(2, date(2026, 11, 23))
    assert someone(person).get("/my/").heading == "我的企业"
    wait(days=1)
    browser = someone(person)
    page = browser.get("/my/")
    assert page.heading == "示例规则"
    assert "已有新的版本" in page.text
    browser.send(page, "/account/consent", agreed="y")
    assert [kept.version for kept in consents.consents_of(person)] == [1, 2]


def test_a_form_opened_under_the_version_before_is_still_taken(
    app: Flask, someone: Callable[[Person], Browser], wait: Callable[..., None]
) -> None:
    put(2, clock.today() + timedelta(days=1))
    wait(seconds=(clock.next_midnight() - clock.now()).total_seconds() - 600)
    browser = someone(make_person())
    page = browser.get("/my/account")
    wait(minutes=11)
    page = browser.send(page, "/my/account/language", language="en")
    assert page.heading == "示例规则"
    assert db.session.scalars(select(Person.language)).all() == ["en"]


def test_who_never_accepted_sends_no_form(
    newcomer: Person, someone: Callable[[Person], Browser]
) -> None:
    browser = someone(newcomer)
    assert browser.post("/my/account/language", {"language": "en"}).path == "/account/consent"
    assert newcomer.language == "zh_Hans_CN"


def test_accepting_a_version_no_longer_in_force_is_refused(newcomer: Person) -> None:
    put(2, date(2026, 11, 1))
    with pytest.raises(Refused, match=r"已更新|has changed"):
        consents.accept_consent(newcomer, 1)
    consents.accept_consent(newcomer, 2)


def test_words_once_accepted_are_not_changed(app: Flask) -> None:
    put(2, date(2026, 11, 1))
    put(2, date(2026, 11, 2))
    consents.accept_consent(make_person_of_version(2), 2)
    put(2, date(2026, 11, 2))
    with pytest.raises(Refused, match=r"新增一个版本|new version"):
        put(2, date(2026, 11, 3))


def make_person_of_version(version: int) -> Person:
    return create_person(f"version-{version}@example.com", PASSWORD, "示例")

"""Letters: of decisions, to read and print on both sides, and the inbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.extensions import db
from portal.messages.queries import count_unread
from tests.browser_client import Browser
from tests.factories import make_officer, make_person, make_submitted

Someone = Callable[[Person], Browser]
HERE = "/bureau/enterprises/1"
RETURN = {"decision": "return", "reason_name": "与营业执照不一致。", "ground": "请补正一处。"}


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person("owner@example.com")


@pytest.fixture
def member(owner: Person, someone: Someone) -> Browser:
    return someone(owner)


@pytest.fixture
def officer(owner: Person, someone: Someone) -> Browser:
    make_submitted(owner)
    return someone(make_officer(Right.REVIEW_ENTERPRISES))


def test_a_return_is_told_by_a_letter_that_says_what_until_when_and_whom_to_ask(
    member: Browser, officer: Browser
) -> None:
    page = officer.get(HERE)
    assert 'value="2026-12-04"' in page.html, "ten working days are offered"
    officer.send(page, "/decide", answer_by="2026-12-01", **RETURN)
    page = member.get("/my/enterprises/1/letters")
    assert "补正通知书" in page.main
    page = member.get(page.link("补正通知书"))
    assert page.heading == "补正通知书"
    for said in (
        "MS-TZ-2026-0001",
        "四川岷江储能科技有限公司：",
        "“入库核验”（S2026-0001）已于2026年11月22日办理",
        "企业名称：与营业执照不一致。",
        "请补正一处。",
        "请于2026年12月1日前补正并重新提交，补正期间不计入办理时限。",
        "眉山市经济合作局",
        "企业服务科",
        "028-0000 0001",
    ):
        assert said in page.main, said
    assert "officer" not in page.main, "officers appear as their office"
    page = officer.get(HERE)
    assert "请补正一处。" in officer.get(page.link("补正通知书")).main


@pytest.mark.parametrize(
    ("decision", "title", "said"),
    [
        ("admit", "准予入库通知书", "经核对，准予入库。"),
        ("refuse", "不予入库通知书", "经核对，不予入库，理由如下：请补正一处。"),
    ],
)
def test_each_decision_has_its_letter(
    member: Browser, officer: Browser, decision: str, title: str, said: str
) -> None:
    officer.send(officer.get(HERE), "/decide", **(RETURN | {"decision": decision}))
    page = member.get("/my/letters/1")
    assert page.heading == title
    assert said in page.main.replace(" ", "")
    assert "补正期间" not in page.main


@pytest.mark.parametrize(("day", "is_taken"), [("2026-11-22", False), ("2026-11-23", True)])
def test_the_day_by_which_to_correct_lies_ahead(
    member: Browser, officer: Browser, day: str, is_taken: bool
) -> None:
    status = 200 if is_taken else 422
    page = officer.send(officer.get(HERE), "/decide", status, answer_by=day, **RETURN)
    assert ("补正期限须晚于今天" in page.text) is not is_taken


def test_a_letter_is_for_the_enterprise_and_its_officers_only(
    member: Browser, officer: Browser, someone: Someone
) -> None:
    officer.send(officer.get(HERE), "/decide", **RETURN)
    stranger = someone(make_person("stranger@example.com"))
    assert stranger.get("/my/letters/1", 404).heading == "页面不存在"
    far = make_officer(Right.REVIEW_ENTERPRISES, mail="far@portal.example", district="renshou")
    someone(far).get("/bureau/letters/1", 403)


def test_the_inbox_counts_what_is_unread_and_opening_reads_it(
    member: Browser, officer: Browser, owner: Person
) -> None:
    officer.send(officer.get(HERE), "/decide", **RETURN)
    page = member.get("/my/")
    assert "站内信1封未读" in page.text
    page = member.get("/my/inbox")
    assert "1封未读" in page.main
    page = member.get(page.link("S2026-0001"))
    assert "部分项目需补正" in page.main
    assert "请于2026-12-04前补正并重新提交。" in page.main
    assert any(link.endswith("/my/letters/1") for link in page.links())
    assert count_unread(owner) == 0
    assert "封未读" not in member.get("/my/").text


def test_nobody_reads_another_s_inbox(member: Browser, officer: Browser, owner: Person) -> None:
    officer.send(officer.get(HERE), "/decide", **RETURN)
    assert officer.get("/my/inbox/1", 404).heading == "页面不存在"
    db.session.expire_all()
    assert count_unread(owner) == 1


def test_officers_have_an_inbox_too(officer: Browser) -> None:
    assert "暂无站内信" in officer.get("/my/inbox").main

"""What officers compare: what is sent beside what was sent before, and the evidence beside both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions import registration
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.changes import changes_of
from portal.enterprises.queries.records import get_enterprise
from tests.browser_client import Browser
from tests.enterprises.figure_factories import make_evidence, state
from tests.enterprises.test_changes import NEW, decide, report, send
from tests.factories import make_active, make_officer, make_person, make_submitted
from tests.files.factories import upload
from tests.page import Page, text_of, words

SignIn = Callable[[Person], Browser]
Rows = dict[str, list[str]]


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person("owner@example.com")


@pytest.fixture
def reviewer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def record(owner: Person, reviewer: Person) -> Enterprise:
    return make_active(owner, reviewer)


def rows_of(page: Page, caption: str) -> Rows:
    """Return the rows of the table of that caption by their heads."""
    table = next(
        each for each in page.all("table") if text_of(next(each.iter("caption"))) == caption
    )
    return {
        words(text_of(next(row.iter("th")))): [words(text_of(cell)) for cell in row.iter("td")]
        for row in table.iter("tr")
    }


def test_what_is_sent_again_stands_beside_what_was_sent_before(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    member, officer = someone(owner), someone(reviewer)
    report(member, record, registered_capital="12000")
    decide(officer, record, "return", reason_name="与营业执照不一致")
    send(member, record, name=NEW + "（更正）", registered_capital="8000", evidence=None)
    page = officer.get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    rows = rows_of(page, "变更内容")
    assert rows["企业名称 有变化"][:3] == [record.name, NEW + "（更正）", NEW]
    assert rows["注册资本 有变化"][:3] == ["8000万元", "8000万元", "1.2亿元"]
    assert "与上次提交相比有2项不同：" in page.main


def test_files_stand_beside_the_item_they_prove(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    member, officer = someone(owner), someone(reviewer)
    send(member, record, name=NEW, evidence=upload(name="验资报告.pdf"), proves="", later="1")
    page = member.get(f"/my/enterprises/{record.id}/changes/report")
    assert "验资报告.pdf" in page.main, "kept for the report to come"
    send(member, record, evidence=upload(name="变更通知书.pdf"), proves="name")
    page = officer.get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    rows = rows_of(page, "变更内容")
    assert rows["企业名称"][2] == "变更通知书.pdf"
    assert "验资报告.pdf" not in str(rows), "it proves the whole change"
    assert officer.ask(page.link("验资报告.pdf")).status_code == 200


def test_figures_stand_beside_those_sent_before_and_their_evidence(
    owner: Person, reviewer: Person, someone: SignIn
) -> None:
    record, officer = make_submitted(owner), someone(reviewer)
    page = officer.get("/bureau/enterprises/1")
    assert "提交时未填报数据" in page.main
    officer.send(page, "/decide", decision="return", reason_name="请核对。")
    state(owner, record, revenue=2240, employees=86)
    make_evidence(owner, record)
    assert "2240万元" not in officer.get("/bureau/enterprises/1").main, "not sent yet"
    registration.submit(owner, record, get_enterprise(1).version)
    page = officer.get("/bureau/enterprises/1")
    rows = rows_of(page, "填报数据")
    assert rows["2025年营业收入 有变化"] == ["2240万元", "–", "审计报告.pdf核对：2025年营业收入"]
    officer.send(page, "/decide", decision="return", reason_name="请再核对。")
    state(owner, record, revenue=2440)
    registration.submit(owner, record, get_enterprise(1).version)
    page = officer.get("/bureau/enterprises/1")
    rows = rows_of(page, "填报数据")
    assert rows["2025年营业收入 有变化"][:2] == ["2440万元", "2240万元"]
    assert "2025年从业人员" in " ".join(rows)
    figures = officer.get("/bureau/enterprises/1/figures")
    assert "此前：2240万元" in figures.main

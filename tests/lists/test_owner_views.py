"""A member's pages: choosing a call, writing an entry, correcting and sending it in."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.lists.models import Release
from portal.lists.terms.entries import Decision
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import decide, make_call, make_draft, make_entry, make_sender

ANSWERS = {
    "title": "公交场站储能应用场景",
    "summary": "14座公交场站开放储能应用。",
    "details_need": "工商业储能，削峰填谷。",
    "details_conditions": "场地已平整\n接入容量已批复",
    "field": "smart-economy",
    "district": "dongpo",
    "closes_on": "2026-12-31",
}


@pytest.fixture
def owner() -> Person:
    return make_person()


@pytest.fixture
def enterprise(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example"))


@pytest.fixture
def call() -> Release:
    return make_call()


@pytest.fixture
def member(app: Flask, owner: Person, enterprise: Enterprise) -> Browser:
    return Browser(app).sign_in(owner)


def start(member: Browser, call: Release, subtype: str = "scenario") -> str:
    """Begin an entry and return the address of its page."""
    page = member.get("/my/entries")
    page = member.get(page.link("2026年度新经济机会清单"))
    member.send(page, "/start", subtype=subtype)
    return member.response.request.path.removesuffix("/edit")


def test_a_member_writes_an_entry_and_sends_it_in(member: Browser, call: Release) -> None:
    entry = start(member, call)
    page = member.get(f"{entry}/edit")
    page = member.send(page, "/save", **ANSWERS)
    assert page.heading == "核对并报送"
    assert "接入容量已批复" in page.main
    page = member.send(page, "/submit")
    assert "待遴选" in page.main
    assert "公交场站储能应用场景" in member.get("/my/entries").main


def test_an_entry_can_be_left_and_finished_later(member: Browser, call: Release) -> None:
    entry = start(member, call)
    page = member.send(member.get(f"{entry}/edit"), "/save", title="先写题目", later="1")
    assert page.heading == "先写题目"
    page = member.get(f"{entry}/check")
    assert "请填写摘要" in page.main
    assert "请填写需求说明" in page.main


def test_what_is_wrong_is_said_at_the_fields(member: Browser, call: Release) -> None:
    entry = start(member, call)
    wrong = ANSWERS | {"title": "", "closes_on": "2026-13-40", "details_need": ""}
    page = member.send(member.get(f"{entry}/edit"), "/save", 422, **wrong)
    assert page.title.startswith("有3处需修改")
    assert "请填写标题" in page.errors
    assert "请填写需求说明" in page.errors


def test_an_opportunity_without_date_is_asked_for_one(member: Browser, call: Release) -> None:
    entry = start(member, call)
    page = member.send(member.get(f"{entry}/edit"), "/save", 422, **(ANSWERS | {"closes_on": ""}))
    assert page.errors == ["请填写截止日期，或勾选“长期有效”"]


def test_units_stand_beside_the_field(member: Browser, call: Release) -> None:
    entry = start(member, call, "challenge")
    page = member.get(f"{entry}/edit")
    assert "攻关经费" in page.main
    assert "万元" in page.main


def test_a_returned_entry_shows_the_reasons_and_is_corrected(
    member: Browser, call: Release, owner: Person, enterprise: Enterprise
) -> None:
    entry = make_entry(call, actor=owner, enterprise=enterprise)
    decide(entry, Decision.RETURN, reasons={"details_scale": "请写明总容量"})
    page = member.get(f"/my/entries/{entry.id}/edit")
    assert page.errors == ["请写明总容量"]
    page = member.send(page, "/save", details_scale="14座站点，20 MWh")
    page = member.send(page, "/submit")
    assert "待遴选" in page.main


def test_a_form_opened_before_a_change_is_told(
    member: Browser, call: Release, owner: Person, enterprise: Enterprise
) -> None:
    entry = make_draft(call, actor=owner, enterprise=enterprise)
    stale = member.get(f"/my/entries/{entry.id}/edit")
    member.send(member.get(f"/my/entries/{entry.id}/edit"), "/save", title="先改的题目")
    page = member.send(stale, "/save", 422, title="后改的题目")
    assert "其间已改为：先改的题目" in page.errors
    member.send(page, "/save", title="后改的题目")
    assert "后改的题目" in member.get("/my/entries").main


def test_withdrawing_has_its_own_page(
    member: Browser, call: Release, owner: Person, enterprise: Enterprise
) -> None:
    entry = make_entry(call, actor=owner, enterprise=enterprise)
    page = member.get(member.get(f"/my/entries/{entry.id}").link("撤回条目"))
    page = member.send(page, "/withdraw")
    assert "已撤回" in page.main


def test_entries_of_others_are_not_found(member: Browser, call: Release) -> None:
    entry = make_draft(call)
    for path in ("", "/edit", "/check", "/withdrawal"):
        member.get(f"/my/entries/{entry.id}{path}", 404)
    member.post(f"/my/entries/{entry.id}/save", status=404)
    member.get("/my/entries/999999", 404)


def test_a_closed_call_is_not_found(app: Flask, member: Browser) -> None:
    member.get("/my/entries/calls/999999", 404)


def test_a_person_without_enterprise_is_told_how(app: Flask, call: Release) -> None:
    stranger = Browser(app).sign_in(make_person("stranger@example.com"))
    assert "企业入库后" in stranger.get("/my/entries").main
    page = stranger.get(f"/my/entries/calls/{call.id}")
    assert "企业入库后" in page.main
    stranger.post(f"/my/entries/calls/{call.id}/start", {"subtype": "scenario"}, 403)


def test_an_officer_of_a_body_enters_one(app: Flask, call: Release) -> None:
    officer = Browser(app).sign_in(make_sender())
    page = officer.get(f"/bureau/editions/releases/{call.id}/entries/new")
    page = officer.send(page, "/start", subtype="scenario")
    assert "028-0000 0003" in page.html
    page = officer.send(page, "/save", **ANSWERS, leads=["meishan-sci"], basis="实施方案三（一）")
    page = officer.send(page, "/submit")
    assert "市科技局" in page.main
    assert "实施方案三（一）" in page.main

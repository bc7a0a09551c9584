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
from tests.lists.writing import write, write_all

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
    return member.response.request.path


def test_a_member_writes_an_entry_and_sends_it_in(member: Browser, call: Release) -> None:
    entry = start(member, call)
    assert "未开始" in member.get(entry).main
    page = write_all(member, entry, ANSWERS)
    assert page.heading == "核对并报送"
    assert "接入容量已批复" in page.main
    page = member.send(page, "/submit")
    assert "待遴选" in page.main
    assert "公交场站储能应用场景" in member.get("/my/entries").main


def test_an_entry_can_be_left_and_finished_later(member: Browser, call: Release) -> None:
    entry = start(member, call)
    page = write(member, entry, "about", title="先写题目", later="1")
    assert page.heading == "先写题目"
    assert "填写中" in page.main
    page = member.get(f"{entry}/check")
    assert "请填写摘要" in page.main
    assert "请填写需求说明" in page.main


def test_what_is_wrong_is_said_at_the_fields(member: Browser, call: Release) -> None:
    entry = start(member, call)
    page = write(member, entry, "about", 422, title="", summary="")
    assert page.title.startswith("有2处需修改")
    assert "请填写标题" in page.errors
    page = write(member, entry, "place", 422, field="smart-economy", closes_on="2026-13-40")
    assert len(page.errors) == 1
    assert "2026-13-40" in page.html, "what was typed stands there again"


def test_an_opportunity_without_date_is_asked_for_one(member: Browser, call: Release) -> None:
    entry = start(member, call)
    page = write(member, entry, "place", 422, field="smart-economy", closes_on="")
    assert page.errors == ["请填写截止日期，或勾选“长期有效”"]


def test_units_stand_beside_the_field(member: Browser, call: Release) -> None:
    entry = start(member, call, "challenge")
    page = member.get(f"{entry}/sections/what")
    assert "攻关经费" in page.main
    assert "万元" in page.main
    member.get(f"{entry}/sections/unknown", 404)


def test_beginning_twice_by_a_double_click_begins_one(member: Browser, call: Release) -> None:
    assert start(member, call) == start(member, call)


def test_a_returned_entry_shows_the_reasons_and_is_corrected(
    member: Browser, call: Release, owner: Person, enterprise: Enterprise
) -> None:
    entry = make_entry(call, actor=owner, enterprise=enterprise)
    decide(entry, Decision.RETURN, reasons={"details_scale": "请写明总容量"})
    page = member.get(f"/my/entries/{entry.id}")
    assert "需修改" in page.main
    page = member.get(f"/my/entries/{entry.id}/sections/what")
    assert page.errors == ["请写明总容量"]
    member.send(page, "/save", details_scale="14座站点，20 MWh")
    page = member.send(member.get(f"/my/entries/{entry.id}/check"), "/submit")
    assert "待遴选" in page.main


def test_a_second_tab_sees_what_the_first_changed_and_loses_nothing(
    member: Browser, call: Release, owner: Person, enterprise: Enterprise
) -> None:
    entry = make_draft(call, actor=owner, enterprise=enterprise)
    path = f"/my/entries/{entry.id}"
    stale, elsewhere = (member.get(f"{path}/sections/{name}") for name in ("about", "contact"))
    write(member, path, "about", title="先改的题目")
    member.send(elsewhere, "/save", office="市场部")
    page = member.send(stale, "/save", 422, title="后改的题目", summary="后写的摘要")
    assert "其间已改为：先改的题目" in page.errors
    assert "后写的摘要" in page.html
    member.send(page, "/save")
    shown = member.get(f"{path}/check").main
    assert all(text in shown for text in ("后改的题目", "后写的摘要", "市场部"))


def test_withdrawing_has_its_own_page(
    member: Browser, call: Release, owner: Person, enterprise: Enterprise
) -> None:
    entry = make_entry(call, actor=owner, enterprise=enterprise)
    page = member.get(member.get(f"/my/entries/{entry.id}").link("撤回条目"))
    page = member.send(page, "/withdraw")
    assert "已撤回" in page.main


def test_entries_of_others_are_not_found(member: Browser, call: Release) -> None:
    entry = make_draft(call)
    for path in ("", "/sections/about", "/check", "/withdrawal"):
        member.get(f"/my/entries/{entry.id}{path}", 404)
    member.post(f"/my/entries/{entry.id}/sections/about/save", status=404)
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
    entry = page.path
    assert "028-0000 0003" in officer.get(f"{entry}/sections/contact").html
    more = {"leads": ["meishan-sci"], "basis": "实施方案三（一）"}
    page = officer.send(write_all(officer, entry, ANSWERS | more), "/submit")
    assert "市科技局" in page.main
    assert "实施方案三（一）" in page.main

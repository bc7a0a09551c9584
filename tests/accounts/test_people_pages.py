"""An administrator's pages: finding people, giving and ending rights, deputies, switching off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.queries.people import has_right, rights_of
from portal.accounts.terms import Right
from portal.audit import trail_of
from tests.browser_client import Browser
from tests.factories import make_officer, make_person

REVIEW = Right.REVIEW_ENTERPRISES
MAIL = "hidden-mail@example.com"


@pytest.fixture
def boss(app: Flask, someone: Callable[[Person], Browser]) -> Browser:
    return someone(make_officer(Right.ADMINISTER, mail="boss@portal.example"))


def test_people_are_found_by_whole_address_or_part_of_a_name(boss: Browser) -> None:
    person = make_person(MAIL, "示例联系人甲")
    for who in (MAIL, f" {MAIL.upper()} ", "联系人甲"):
        page = boss.post("/bureau/people/find", {"who": who})
        assert "示例联系人甲" in page.text
        assert f"人员{person.id}号" in page.text
    for who in ("hidden-mail", "hidden-mail@example", "甲"):
        assert "没有找到" in boss.post("/bureau/people/find", {"who": who}).text
    assert "请填写完整的邮箱" in boss.post("/bureau/people/find", {"who": ""}, status=422).text


def test_contacts_are_never_listed_and_showing_them_is_recorded(boss: Browser) -> None:
    person = make_person(MAIL, "示例联系人甲")
    address = f"/bureau/people/{person.id}"
    found = boss.post("/bureau/people/find", {"who": "联系人甲"})
    page = boss.get(address)
    for shown in (found, boss.get("/bureau/people"), page):
        assert MAIL not in shown.text
    assert trail_of("person", person.id)[0].act != "reveal_contacts"
    revealed = boss.send(page, f"{address}/reveal")
    assert MAIL in revealed.text
    assert trail_of("person", person.id)[0].act == "reveal_contacts"
    again = boss.get(address)
    assert MAIL not in again.text
    assert "查看联系方式" in again.text


def test_a_right_is_given_and_ended_with_its_history(boss: Browser) -> None:
    person = make_person("new@portal.example", "示例新人")
    form = boss.get(f"/bureau/people/{person.id}/rights/new")
    page = boss.send(
        form,
        f"/bureau/people/{person.id}/rights/give",
        right="review_enterprises",
        department="meishan-coop",
        zone="meishan-hitech",
        valid_until="2026-12-31",
    )
    assert "权限已授予" in page.text
    assert "2026-12-31" in page.text
    (held,) = rights_of(person)
    assert (held.right, held.zone_id is not None) == (REVIEW, True)
    ending = boss.get(f"/bureau/people/{person.id}/rights/{held.given.id}/end")
    assert "请填写原因" in boss.send(ending, status=422).text
    page = boss.send(ending, reason="调任其他岗位")
    assert "权限已终止" in page.text
    assert "调任其他岗位" in page.text
    assert "示例经办人（boss）" in page.text, "the history says who"
    assert rights_of(person) == []


def test_a_wrong_day_keeps_what_was_typed(boss: Browser) -> None:
    person = make_person("new@portal.example", "示例新人")
    form = boss.get(f"/bureau/people/{person.id}/rights/new")
    page = boss.send(
        form,
        f"/bureau/people/{person.id}/rights/give",
        status=422,
        right="audit",
        department="meishan-coop",
        valid_from="2026-12-02",
        valid_until="2026-12-01",
    )
    assert "结束日期早于开始日期" in page.text
    assert page.form("/rights/give").fields["valid_until"] == ["2026-12-01"]


def test_the_list_shows_rights_in_force_coming_and_ended(boss: Browser) -> None:
    make_officer(REVIEW, mail="here@portal.example", district="dongpo")
    page = boss.get("/bureau/people?right=review_enterprises&district=dongpo")
    assert "示例经办人（here）" in page.text
    for narrowing in ("state=coming", "state=ended", "district=renshou", "right=audit"):
        page = boss.get(f"/bureau/people?{narrowing}")
        assert "示例经办人（here）" not in page.text


def test_an_officer_names_a_deputy_and_ends_the_time(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    officer = make_officer(REVIEW, mail="away@portal.example")
    deputy = make_officer(Right.AUDIT, mail="deputy@portal.example")
    browser = someone(officer)
    page = browser.send(
        browser.get("/bureau/deputy"),
        deputy=str(deputy.id),
        valid_from="2026-11-22",
        valid_until="2026-11-30",
    )
    assert "代理已设置" in page.text
    assert has_right(deputy, REVIEW)
    assert "代示例经办人（away）" in someone(deputy).get("/bureau/worklist").text
    ending = browser.get(f"/bureau/people/{officer.id}/deputies/{officer.deputies[0].id}/end")
    assert "代理已结束" in browser.send(ending, reason="提前返岗").text
    assert not has_right(deputy, REVIEW)


def test_an_administrator_sets_a_deputy_for_somebody_already_away(boss: Browser) -> None:
    officer = make_officer(REVIEW, mail="away@portal.example")
    deputy = make_officer(Right.AUDIT, mail="deputy@portal.example")
    form = boss.get(f"/bureau/people/{officer.id}/deputies/new")
    page = boss.send(form, deputy=str(deputy.id), valid_from="2026-11-22", valid_until="2026-11-30")
    assert "代理人：示例经办人（deputy）" in page.text
    assert has_right(deputy, REVIEW)


def test_a_sign_in_is_disabled_and_enabled_again(
    boss: Browser, someone: Callable[[Person], Browser]
) -> None:
    person = make_person()
    member = someone(person)
    form = boss.get(f"/bureau/people/{person.id}/disable")
    assert "账号已停用" in boss.send(form, reason="账号疑似被他人使用").text
    assert "/account/sign-in" in member.ask("/my/").location
    form = boss.get(f"/bureau/people/{person.id}/enable")
    assert "账号已恢复" in boss.send(form, reason="核实完毕").text
    assert "我的" in someone(person).get("/my/").text

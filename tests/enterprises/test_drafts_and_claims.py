"""A draft reveals and blocks nothing; a code in use leads to the record's claim page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.journey import ANSWERS, begin, fill_in
from tests.factories import make_active, make_draft, make_officer, make_person, make_submitted

Someone = Callable[[Person], Browser]
CODE = ANSWERS["identity"]["uscc"]
STATEMENT = "示例：本人为公司行政主管，由法定代表人授权。"


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def newcomer(app: Flask) -> Person:
    return make_person("newcomer@example.com")


def test_two_people_may_draft_the_same_enterprise_and_neither_sees_the_other(
    someone: Someone, newcomer: Person
) -> None:
    make_draft(make_person())
    page = fill_in(someone(newcomer), begin(someone(newcomer)))
    assert page.heading == "核对并提交"


def test_nobody_else_learns_of_a_draft(someone: Someone, newcomer: Person, officer: Person) -> None:
    draft = make_draft(make_person())
    stranger = someone(newcomer)
    for path in ("", "/check", "/steps/identity", "/submitted", "/trail"):
        page = stranger.get(f"/my/enterprises/{draft.id}{path}", 404)
        assert page.heading == "页面不存在"
    assert stranger.get(f"/my/enterprises/claims/{CODE}", 404).heading == "页面不存在"
    assert someone(officer).get(f"/bureau/enterprises/{draft.id}", 404).heading == "页面不存在"
    assert "没有待办理的事项" in someone(officer).get("/bureau/worklist").main


def test_who_submits_first_has_the_code_and_the_second_is_led_to_the_record(
    someone: Someone, newcomer: Person
) -> None:
    owner = make_person()
    slow, fast = someone(newcomer), someone(owner)
    page = fill_in(slow, begin(slow))
    fast.send(fill_in(fast, begin(fast)), "/submit")
    page = slow.send(page, "/submit")
    assert page.heading == "该企业已登记"
    assert CODE in page.main
    assert "四川岷江储能科技有限公司" not in page.main, "not public yet: only the code is told"
    taken = select(func.count()).where(Enterprise.state == "submitted")
    assert db.session.scalar(taken) == 1


def test_typing_a_code_in_the_registry_leads_to_its_claim_page(
    someone: Someone, newcomer: Person, officer: Person
) -> None:
    make_active(make_person(), officer)
    member = someone(newcomer)
    page = member.get(f"{begin(member)}/steps/identity")
    page = member.send(page, "/save", **ANSWERS["identity"])
    assert page.heading == "该企业已登记"
    assert "四川岷江储能科技有限公司" in page.main
    assert "13800000000" not in page.html
    assert db.session.scalar(select(func.count()).where(Enterprise.uscc == CODE)) == 1


def test_a_refused_enterprise_frees_its_code(
    someone: Someone, newcomer: Person, officer: Person
) -> None:
    enterprise = make_submitted(make_person())
    someone(officer).post(
        f"/bureau/enterprises/{enterprise.id}/decide",
        {"decision": "refuse", "ground": "示例：已注销。", "version": str(enterprise.version)},
    )
    member = someone(newcomer)
    page = member.send(fill_in(member, begin(member)), "/submit")
    assert page.heading == "已提交"

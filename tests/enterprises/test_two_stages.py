"""A registration reviewed twice: in its district and then in the city, by one officer at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions.cases import case_of
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.terms.record import Decision, Step
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.journey import fill_in
from tests.factories import make_officer, make_person, make_submitted, opine

Someone = Callable[[Person], Browser]
REVIEW = Right.REVIEW_ENTERPRISES
HERE = "/bureau/enterprises/1"


@pytest.fixture
def local(app: Flask) -> Person:
    return make_officer(REVIEW, mail="local@portal.example", district="dongpo")


@pytest.fixture
def city(app: Flask) -> Person:
    return make_officer(REVIEW, mail="city@portal.example")


def state() -> str:
    return str(db.session.scalar(select(Enterprise.state)))


def test_the_district_passes_on_with_a_note_the_city_reads_and_the_member_does_not(
    local: Person, city: Person, someone: Someone
) -> None:
    owner = make_person()
    make_submitted(owner)
    here, there = someone(local), someone(city)
    page = here.get(HERE)
    assert "初审意见" in page.main
    assert "不予入库" not in page.main
    page = here.send(page, "/decide", decision="pass", ground="示例：经营地已实地看过。")
    assert "S2026-0001：初审通过，已报市级复审" in page.text
    assert state() == "submitted"
    page = there.get(HERE)
    assert "示例：经营地已实地看过。" in page.main
    assert "示例经办人（local）" in page.main
    there.send(page, "/decide", decision="admit")
    assert state() == "active"
    page = someone(owner).get("/my/enterprises/1/trail")
    assert "初审通过" in page.main
    assert "实地看过" not in page.main


def test_before_the_first_review_the_city_reads_whose_turn_it_is(
    local: Person, city: Person, someone: Someone
) -> None:
    make_submitted(make_person())
    page = someone(city).get(HERE)
    assert "初审由区县或功能区的工作人员办理" in page.main
    assert "初审意见" not in page.main


@pytest.mark.parametrize("decision", [Decision.ADMIT, Decision.REFUSE])
def test_the_district_neither_admits_nor_refuses(local: Person, decision: Decision) -> None:
    enterprise = make_submitted(make_person())
    with pytest.raises(Refused, match="已进入另一环节"):
        opine(local, enterprise, decision)


def test_a_return_stops_the_clock_and_a_correction_goes_back_to_the_same_officer_s_desk(
    local: Person, city: Person, someone: Someone
) -> None:
    owner = make_person()
    make_submitted(owner)
    here, member = someone(local), someone(owner)
    here.send(here.get(HERE), "/decide", decision="return", reason_name="与执照不一致。")
    assert "暂停计时" in here.get("/bureau/worklist").main
    member.send(member.get("/my/enterprises/1/check"), "/submit")
    page = here.get(HERE)
    assert "剩5个工作日" in page.main
    here.send(page, "/decide", decision="pass")
    assert state() == "submitted"


def test_moving_to_a_district_without_officers_goes_to_the_city(
    local: Person, someone: Someone
) -> None:
    owner = make_person()
    enterprise = make_submitted(owner)
    here, member = someone(local), someone(owner)
    here.send(here.get(HERE), "/decide", decision="return", reason_district="请核对所在区县。")
    fill_in(member, "/my/enterprises/1", Step.PLACE, district="renshou", zone="")
    member.send(member.get("/my/enterprises/1/check"), "/submit")
    case = case_of(enterprise)
    assert case is not None
    assert (case.stage, case.number) == ("second_review", "S2026-0002")


def test_who_submitted_it_never_decides_even_after_leaving(app: Flask, city: Person) -> None:
    enterprise = make_submitted(city)
    membership = db.session.scalars(select(Membership)).one()
    membership.ended_at = membership.since
    db.session.commit()
    with pytest.raises(NotAllowed, match="由您本人提交"):
        opine(city, enterprise, Decision.ADMIT)


def test_of_two_officers_one_takes_it_and_the_other_waits(city: Person, someone: Someone) -> None:
    make_submitted(make_person())
    first, other = someone(city), someone(make_officer(REVIEW, mail="third@portal.example"))
    page = first.send(first.get(HERE), "/take")
    assert "已认领，其他工作人员暂不能办理" in page.text
    assert "您已认领" in page.main
    page = other.get(HERE)
    assert "示例经办人（city）已认领" in page.main
    assert "提交办理结果" not in page.main
    values = {"decision": "admit", "version": str(db.session.scalar(select(Enterprise.version)))}
    page = other.post(f"{HERE}/decide", values, 422)
    assert "已认领该事项" in page.main
    assert "接手" in other.get(HERE).main
    page = other.send(other.get(HERE), "/take-over")
    assert "已接手" in page.text
    other.send(page, "/decide", decision="admit")
    assert state() == "active"

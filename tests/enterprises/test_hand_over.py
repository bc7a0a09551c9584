"""The bureau enters a record in an enterprise's place and hands it over by a code in a letter."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.casework import check_may_decide
from portal.enterprises.actions import hand_over as actions
from portal.enterprises.actions import recording, registration
from portal.enterprises.actions.cases import case_of
from portal.enterprises.models import Enterprise, HandOverCode
from portal.enterprises.queries.members import find_membership, members_of
from portal.enterprises.rules.joining import read_code
from portal.enterprises.terms.record import STEP_FIELDS, Origin, Role, Step
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.journey import ANSWERS
from tests.factories import bring_in, facts, make_active, make_officer, make_person, make_recorded

Someone = Callable[[Person], Browser]
PATH = "/my/enterprises/hand-over"


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def second(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES, mail="second@portal.example")


@pytest.fixture
def taker(app: Flask) -> Person:
    return make_person("taker@example.com", "示例企业经办人")


@pytest.fixture
def recorded(officer: Person, second: Person) -> Enterprise:
    """A record one officer entered and another admitted."""
    enterprise = make_recorded(officer)
    bring_in(second, enterprise)
    return enterprise


def test_an_officer_enters_a_record_by_the_same_steps_and_another_decides(
    someone: Someone, officer: Person, second: Person
) -> None:
    browser = someone(officer)
    page = browser.get(browser.get("/bureau/enterprises").link("代录企业"))
    page = browser.send(page, "/start")
    for step in Step:
        page = browser.send(page, f"/{step}/save", **ANSWERS[step])
    assert page.heading == "四川岷江储能科技有限公司"
    page = browser.send(page, "/submit")
    assert "已提交，由其他工作人员核验" in page.text
    assert "该事项由您本人提交，须由其他工作人员办理" in page.main
    assert not [form for form in page.all("form") if form.get("action", "").endswith("/decide")]
    enterprise = db.session.scalars(select(Enterprise)).one()
    assert enterprise.origin == Origin.BUREAU
    assert members_of(enterprise.id) == []
    bring_in(second, enterprise)
    assert enterprise.admission_no
    page = someone(second).get(f"/bureau/enterprises/{enterprise.id}/hand-over")
    assert "主管部门代录" in page.main


def test_nobody_decides_on_what_they_entered_for_a_colleague_who_sent_it(
    officer: Person, second: Person
) -> None:
    enterprise = recording.start_record(officer)
    values = facts()
    for step in Step:
        part = {name: values[name] for name in STEP_FIELDS[step]}
        writer = second if step == Step.PROFILE else officer
        registration.save_step(writer, enterprise, step, part, enterprise.version)
    registration.submit(officer, enterprise, enterprise.version)
    case = case_of(enterprise)
    assert case is not None
    with pytest.raises(NotAllowed, match="该企业由您录入，须由其他工作人员核验"):
        check_may_decide(second, case)


def test_a_record_being_entered_is_checked_like_any_other(
    someone: Someone, officer: Person, second: Person
) -> None:
    make_active(make_person(), second)
    browser = someone(officer)
    page = browser.send(browser.get("/bureau/enterprises/new"), "/start")
    page = browser.send(page, "/identity/save", 422, **ANSWERS["identity"])
    assert page.errors == ["该企业已登记，可申请成为其成员"]
    wrong = ANSWERS["identity"] | {"uscc": "91511402MA0000001", "name": "示例"}
    assert "应为18位" in browser.send(page, "/identity/save", 422, **wrong).errors[0]


def test_members_and_other_districts_do_not_write_in_the_bureaus_record(
    someone: Someone, officer: Person, taker: Person
) -> None:
    enterprise = make_recorded(officer)
    there = make_officer(Right.REVIEW_ENTERPRISES, mail="there@portal.example", district="renshou")
    for person in (taker, there):
        with pytest.raises(NotAllowed):
            registration.submit(person, enterprise, enterprise.version)
    assert someone(taker).get(f"/my/enterprises/{enterprise.id}", 404).heading == "页面不存在"


def issued(browser: Browser, enterprise: Enterprise) -> str:
    """Issue a code by the page and return it as the letter shows it."""
    page = browser.get(f"/bureau/enterprises/{enterprise.id}/hand-over")
    page = browser.send(page, "/issue")
    assert page.heading == "企业信息移交告知书"
    assert "2026年12月22日" in page.main
    assert "/my/enterprises/hand-over" in page.main
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.main)
    assert found
    return found.group()


def test_the_letters_code_makes_its_reader_the_owner(
    someone: Someone, officer: Person, recorded: Enterprise, taker: Person
) -> None:
    code = issued(someone(officer), recorded)
    browser = someone(taker)
    page = browser.get(browser.get("/my/").link("使用移交码接管企业信息"))
    page = browser.send(page, code=code.lower().replace("-", " "))
    assert "您已成为该企业的负责人" in page.text
    assert page.heading == "四川岷江储能科技有限公司"
    membership = find_membership(taker, recorded.id)
    assert membership is not None
    assert membership.role == Role.OWNER


def test_a_code_is_shown_once_and_kept_as_a_hash_only(
    someone: Someone, officer: Person, recorded: Enterprise
) -> None:
    browser = someone(officer)
    code = issued(browser, recorded)
    page = browser.get(f"/bureau/enterprises/{recorded.id}/hand-over")
    assert code not in page.html
    page = browser.post(f"/bureau/enterprises/{recorded.id}/hand-over/issue", {}, 422)
    assert page.errors == ["已有一个有效移交码且仅显示一次，请先作废再重新制发"]
    row = db.session.scalars(select(HandOverCode)).one()
    assert row.code_digest not in code
    kept = " ".join(str(e.changes) + e.note for e in db.session.scalars(select(AuditEvent)))
    assert read_code(code) not in kept


def test_clicking_twice_finds_the_work_done_and_nobody_else_gets_in(
    someone: Someone, officer: Person, recorded: Enterprise, taker: Person
) -> None:
    code = issued(someone(officer), recorded)
    browser = someone(taker)
    page = browser.get(PATH)
    browser.send(page, code=code)
    assert "您已成为该企业的负责人" in browser.send(page, code=code).text
    late = someone(make_person("late@example.com"))
    page = late.send(late.get(PATH), status=422, code=code)
    assert page.errors == ["该移交码已使用，可改为申请成为企业成员"]
    assert len(members_of(recorded.id)) == 1


def test_a_voided_code_is_worthless_and_another_can_be_issued(
    someone: Someone, officer: Person, recorded: Enterprise, taker: Person
) -> None:
    browser = someone(officer)
    old = issued(browser, recorded)
    page = browser.get(f"/bureau/enterprises/{recorded.id}/hand-over")
    assert "移交码已作废" in browser.send(page, "/void").text
    new = issued(browser, recorded)
    with pytest.raises(Refused, match="已由主管部门作废"):
        actions.use_code(taker, old, "127.0.0.1")
    actions.use_code(taker, new, "127.0.0.1")


@pytest.mark.parametrize(("days", "works"), [(29.9, True), (30.1, False)])
def test_a_code_is_good_for_thirty_days(
    officer: Person,
    recorded: Enterprise,
    taker: Person,
    wait: Callable[..., None],
    days: float,
    works: bool,
) -> None:
    code = actions.issue_code(officer, recorded)
    wait(days=days)
    if works:
        actions.use_code(taker, code, "127.0.0.1")
    else:
        with pytest.raises(Refused, match="已过期"):
            actions.use_code(taker, code, "127.0.0.1")
    assert len(members_of(recorded.id)) == int(works)


def test_wrong_codes_are_counted(
    someone: Someone, officer: Person, recorded: Enterprise, taker: Person
) -> None:
    code = actions.issue_code(officer, recorded)
    browser = someone(taker)
    page = browser.get(PATH)
    for _try in range(8):
        again = browser.send(page, status=422, code="0000-0000-0000-0000")
        assert again.errors == ["移交码不正确，请与告知书核对"]
    again = browser.send(page, status=429, code=code)
    assert "操作过于频繁" in again.errors[0] or "15分钟" in again.errors[0]
    assert members_of(recorded.id) == []


def test_an_owned_record_is_not_handed_over(
    someone: Someone, officer: Person, second: Person, taker: Person
) -> None:
    owned = make_active(make_person(), second)
    page = someone(officer).get(f"/bureau/enterprises/{owned.id}/hand-over")
    assert "该企业已有负责人，无须移交" in page.main
    with pytest.raises(Refused, match="已有负责人"):
        actions.issue_code(officer, owned)


def test_who_issued_a_code_does_not_use_it(officer: Person, recorded: Enterprise) -> None:
    code = actions.issue_code(officer, recorded)
    with pytest.raises(NotAllowed, match="须由企业使用"):
        actions.use_code(officer, code, "127.0.0.1")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("abcd-efgh-jkmn-pqrs", "ABCDEFGHJKMNPQRS"),
        ("ＡＢＣＤ efgh　jkmn pqrs", "ABCDEFGHJKMNPQRS"),
        ("oil0-0000-0000-0000", "0110000000000000"),
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert read_code(typed) == read

"""Asking to act for a record with a letter of authorisation: the owner decides, then the bureau."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import casework
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.cli import nightly
from portal.database import action
from portal.enterprises.actions import claims as actions
from portal.enterprises.actions.members import end
from portal.enterprises.models import Claim, Enterprise
from portal.enterprises.queries.members import find_membership
from portal.enterprises.terms.record import Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.files.models import StoredFile
from tests.browser_client import Browser
from tests.factories import (
    make_active,
    make_claim,
    make_member,
    make_officer,
    make_person,
    make_submitted,
    make_uscc,
)
from tests.files.factories import PDF, upload
from tests.page import Page
from tests.worker import Mailbox

Someone = Callable[[Person], Browser]
PATH = f"/my/enterprises/claims/{make_uscc(1)}"
STATEMENT = "示例：本人为公司行政主管，由法定代表人授权。"
NEWCOMER = "newcomer@example.com"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(name="示例负责人")


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def newcomer(app: Flask) -> Person:
    return make_person(NEWCOMER, "示例申请人")


@pytest.fixture
def submitted(owner: Person) -> Enterprise:
    return make_submitted(owner)


@action
def end_membership(person: Person, enterprise: Enterprise) -> None:
    """Take somebody's membership away whatever the rules say, as erasing an account does."""
    membership = find_membership(person, enterprise.id)
    assert membership is not None
    end(membership)


def ask(browser: Browser, **values: Any) -> Page:
    sent = {"statement": STATEMENT, "letter": upload(PDF, "授权书.pdf")} | values
    return browser.send(browser.get(PATH), **sent)


def test_the_owner_reads_the_letter_and_lets_the_person_in_with_a_role(
    someone: Someone, owner: Person, newcomer: Person, submitted: Enterprise, mailbox: Mailbox
) -> None:
    page = ask(someone(newcomer))
    assert "您2026-11-22提交的申请正在办理，结果将告知您。" in page.main
    assert mailbox.subjects("owner@example.com") == ["有人申请成为您企业的成员"]
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{submitted.id}/members")
    assert "2026-11-27前办理" in page.main
    page = browser.get(page.link("示例申请人"))
    assert STATEMENT in page.main
    letter = browser.ask(page.link("授权书.pdf"))
    assert letter.get_data() == PDF
    refused = browser.send(page, "/decide", 422, accepted="yes")
    assert refused.errors == ["请选择此人的角色"]
    browser.send(page, "/decide", accepted="yes", role="viewer")
    membership = find_membership(newcomer, submitted.id)
    assert membership is not None
    assert membership.role == Role.VIEWER
    assert mailbox.subjects(NEWCOMER) == ["企业成员申请的办理结果"]
    assert mailbox.link(NEWCOMER) == f"/my/enterprises/{submitted.id}"


def test_refusing_needs_a_ground_which_the_person_reads(
    someone: Someone, owner: Person, newcomer: Person, submitted: Enterprise, mailbox: Mailbox
) -> None:
    made = make_claim(newcomer, submitted)
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{submitted.id}/requests/{made.id}")
    again = browser.send(page, "/decide", 422, accepted="no")
    assert again.errors == ["请填写不同意的理由，申请人可见"]
    browser.send(page, "/decide", accepted="no", ground="示例：授权书未盖章。")
    (mail,) = mailbox.mails(NEWCOMER)
    assert "示例：授权书未盖章。" in mail.get_content()
    assert browser.send(page, "/decide", 422, accepted="yes", role="viewer").errors == [
        "该申请已办理"
    ]
    assert find_membership(newcomer, submitted.id) is None


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"statement": " \u3000 "}, "请说明您的职务和授权人"),
        ({"letter": ""}, "请选择授权书文件"),
        ({"letter": (b"<html>", "授权书.pdf")}, "只能上传PDF、JPG或PNG，请转换后再上传"),
        ({"letter": (b"", "授权书.pdf")}, "文件是空的，请选择正确的文件"),
    ],
)
def test_a_request_says_who_asks_and_brings_a_letter(
    someone: Someone, newcomer: Person, submitted: Enterprise, values: dict[str, Any], error: str
) -> None:
    letter = values.get("letter")
    if isinstance(letter, tuple):
        values = {"letter": upload(*letter)}
    browser = someone(newcomer)
    sent = {"statement": STATEMENT, "letter": upload()} | values
    page = browser.send(browser.get(PATH), status=422, **sent)
    assert page.errors == [error]
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 0


def test_asking_twice_makes_one_request_and_keeps_one_letter(
    someone: Someone, newcomer: Person, submitted: Enterprise
) -> None:
    browser = someone(newcomer)
    page = browser.get(PATH)
    for _time in range(2):
        browser.send(page, statement=STATEMENT, letter=upload())
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 1
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_a_member_needs_no_request(someone: Someone, owner: Person, submitted: Enterprise) -> None:
    assert "您已是该企业的成员。" in someone(owner).get(PATH).main


def test_who_asks_cannot_tell_whether_there_is_an_owner(
    someone: Someone, owner: Person, newcomer: Person, submitted: Enterprise
) -> None:
    with_owner = ask(someone(newcomer)).main
    end_membership(owner, submitted)
    other = make_person("other@example.com")
    without = ask(someone(other)).main
    assert without == with_owner
    assert "示例负责人" not in with_owner


def test_without_an_owner_the_bureau_decides_at_once_and_makes_an_owner(
    someone: Someone, owner: Person, newcomer: Person, officer: Person, mailbox: Mailbox
) -> None:
    enterprise = make_active(owner, officer)
    end_membership(owner, enterprise)
    ask(someone(newcomer))
    deciding = someone(officer)
    page = deciding.get(deciding.get("/bureau/worklist").link("C0001"))
    assert STATEMENT in page.main
    assert "该企业没有负责人，同意后申请人即成为负责人" in page.main
    assert deciding.ask(page.link("授权书.pdf")).get_data() == PDF
    page = deciding.send(page, "/decide", accepted="yes")
    assert "申请已办理，并已告知申请人" in page.text
    membership = find_membership(newcomer, enterprise.id)
    assert membership is not None
    assert membership.role == Role.OWNER
    assert mailbox.subjects(NEWCOMER) == ["企业成员申请的办理结果"]


def test_officers_wait_for_the_owner_and_see_no_letter_meanwhile(
    someone: Someone, newcomer: Person, officer: Person, submitted: Enterprise
) -> None:
    made = make_claim(newcomer, submitted)
    browser = someone(officer)
    page = browser.get(f"/bureau/enterprises/claims/{made.id}")
    assert "该申请2026-11-27前由企业负责人办理，逾期转由主管部门办理" in page.main
    assert "授权书.pdf" not in page.main
    letter = db.session.scalars(select(StoredFile)).one()
    browser.get(f"/files/{letter.name}", 404)
    with pytest.raises(Refused, match="由企业负责人办理"):
        actions.decide_as_officer(officer, made, True, Role.EDITOR, "")


@pytest.mark.parametrize(
    ("days", "reminded", "passed"), [(2, 0, 0), (3, 1, 0), (5, 1, 0), (6, 1, 1)]
)
def test_the_owner_is_reminded_once_and_then_the_bureau_decides(
    owner: Person,
    newcomer: Person,
    submitted: Enterprise,
    mailbox: Mailbox,
    wait: Callable[..., None],
    days: int,
    reminded: int,
    passed: int,
) -> None:
    # Sunday 22 November: five working days end on Friday the 27th, the reminder is due from the
    # 25th on, as two working days remain.
    made = make_claim(newcomer, submitted)
    for _day in range(days):
        wait(days=1)
        nightly.attend_to_claims()
        mailbox.mails()
    subjects = mailbox.subjects("owner@example.com")
    assert subjects.count("一份成员申请待您办理") == reminded
    assert subjects.count("一份成员申请已转主管部门办理") == passed
    assert (actions.case_of(made) is not None) == bool(passed)
    if passed:
        with pytest.raises(Refused, match="由主管部门办理"):
            actions.decide_as_owner(owner, made, True, Role.VIEWER, "")


def test_after_the_owners_time_an_officer_decides_and_the_case_closes(
    newcomer: Person, officer: Person, submitted: Enterprise, wait: Callable[..., None]
) -> None:
    made = make_claim(newcomer, submitted)
    wait(days=8)
    nightly.attend_to_claims()
    with pytest.raises(Refused, match="请选择此人的角色"):
        actions.decide_as_officer(officer, made, True, None, "")
    actions.decide_as_officer(officer, made, True, Role.EDITOR, "")
    assert casework.find_case("claim", "claim", made.id) is None
    membership = find_membership(newcomer, submitted.id)
    assert membership is not None
    assert membership.role == Role.EDITOR


def test_only_owners_decide_and_only_on_their_own_enterprise(
    someone: Someone, owner: Person, newcomer: Person, submitted: Enterprise
) -> None:
    made = make_claim(newcomer, submitted)
    for role in (Role.EDITOR, Role.VIEWER):
        person = make_person(f"{role}@example.com")
        make_member(submitted, person, role)
        with pytest.raises(NotAllowed, match="只有企业的负责人可以管理成员"):
            actions.decide_as_owner(person, made, True, Role.OWNER, "")
        page = someone(person).get(f"/my/enterprises/{submitted.id}/requests/{made.id}", 403)
        assert STATEMENT not in page.main
    outsider = make_person("outsider@example.com")
    other = make_submitted(outsider, uscc=make_uscc(2), name="示例另一公司")
    browser = someone(outsider)
    browser.get(f"/my/enterprises/{submitted.id}/requests/{made.id}", 404)
    browser.get(f"/my/enterprises/{other.id}/requests/{made.id}", 404)
    letter = db.session.scalars(select(StoredFile)).one()
    browser.get(f"/files/{letter.name}", 404)


def test_nobody_decides_on_their_own_request(
    owner: Person, officer: Person, submitted: Enterprise
) -> None:
    end_membership(owner, submitted)
    made = make_claim(officer, submitted)
    with pytest.raises(NotAllowed, match="该申请由您提出"):
        actions.decide_as_officer(officer, made, True, Role.OWNER, "")


def test_who_joined_by_invitation_meanwhile_keeps_that_role(
    owner: Person, newcomer: Person, submitted: Enterprise
) -> None:
    made = make_claim(newcomer, submitted)
    make_member(submitted, newcomer, Role.OWNER)
    actions.decide_as_owner(owner, made, True, Role.VIEWER, "")
    membership = find_membership(newcomer, submitted.id)
    assert membership is not None
    assert membership.role == Role.OWNER

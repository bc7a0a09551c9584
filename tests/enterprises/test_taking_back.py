"""Turning an invitation down, taking one's own request back, and how long its letter is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from portal import casework
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.cli import nightly
from portal.enterprises.actions import claims, members
from portal.enterprises.models import Claim, Enterprise, Invitation
from portal.enterprises.queries.members import find_membership
from portal.enterprises.terms.record import Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.files.models import StoredFile
from tests.browser_client import Browser
from tests.enterprises.test_claims import PATH, ask, end_membership
from tests.enterprises.test_invitations import GUEST, invite
from tests.factories import make_claim, make_member, make_officer, make_person, make_submitted
from tests.worker import Mailbox

Someone = Callable[[Person], Browser]


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(name="示例负责人")


@pytest.fixture
def newcomer(app: Flask) -> Person:
    return make_person("newcomer@example.com", "示例申请人")


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_submitted(owner)


def letter() -> StoredFile:
    return db.session.scalars(select(StoredFile)).one()


def test_who_is_invited_reads_by_whom_and_declines_without_an_account(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser, mailbox: Mailbox
) -> None:
    invite(someone, owner, firm)
    page = visitor.get(mailbox.link(GUEST))
    assert "示例负责人" in page.main
    page = visitor.send(page, "/decline")
    assert page.heading == "已谢绝邀请"
    row = db.session.scalars(select(Invitation)).one()
    assert (row.outcome, row.address, row.ended_by_id) == ("declined", "", None)
    assert mailbox.subjects("owner@example.com") == ["您发出的邀请被谢绝"]
    assert GUEST not in str(trail_of("enterprise", firm.id)[0].changes)


def test_a_declined_invitation_makes_nobody_a_member(
    someone: Someone, owner: Person, newcomer: Person, firm: Enterprise, mailbox: Mailbox
) -> None:
    invite(someone, owner, firm)
    guest = someone(newcomer)
    page = guest.get(mailbox.link(GUEST))
    guest.send(page, "/decline")
    said = ["该邀请已被谢绝。如有误，请联系企业重新邀请"]
    assert guest.send(page, "/accept", 422).errors == said
    assert guest.send(page, "/decline", 422).errors == said
    assert find_membership(newcomer, firm.id) is None


def test_an_owner_who_left_is_not_told(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser, mailbox: Mailbox
) -> None:
    invite(someone, owner, firm)
    make_member(firm, make_person("second@example.com"), Role.OWNER)
    members.leave(owner, firm)
    visitor.send(visitor.get(mailbox.link(GUEST)), "/decline")
    assert "您发出的邀请被谢绝" not in mailbox.subjects()


def test_a_request_is_taken_back_and_its_letter_and_words_go(
    someone: Someone, newcomer: Person, firm: Enterprise, mailbox: Mailbox
) -> None:
    browser = someone(newcomer)
    page = browser.send(ask(browser), "/withdraw")
    assert "申请已撤回，授权书已删除" in page.text
    made = db.session.scalars(select(Claim)).one()
    assert (made.is_withdrawn, made.statement) == (True, "")
    assert letter().removed_at is not None
    assert "一份成员申请已由申请人撤回" in mailbox.subjects("owner@example.com")
    assert trail_of("enterprise", firm.id)[0].act == "withdraw_claim"
    assert "您2026-11-22提交的申请正在办理" in ask(browser).main


def test_the_owner_reads_that_it_was_taken_back(
    someone: Someone, owner: Person, newcomer: Person, firm: Enterprise
) -> None:
    made = make_claim(newcomer, firm)
    claims.withdraw(newcomer, made)
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{firm.id}/requests/{made.id}")
    assert "申请人已撤回" in page.main
    with pytest.raises(Refused):
        claims.decide_as_owner(owner, made, True, Role.VIEWER, "")


def test_taking_back_closes_the_case_at_the_bureau(
    owner: Person, newcomer: Person, firm: Enterprise
) -> None:
    end_membership(owner, firm)
    made = make_claim(newcomer, firm)
    assert claims.case_of(made) is not None
    claims.withdraw(newcomer, made)
    assert casework.find_case("claim", "claim", made.id) is None


def test_a_decided_request_is_not_taken_back(
    someone: Someone, owner: Person, newcomer: Person, firm: Enterprise
) -> None:
    browser = someone(newcomer)
    page = ask(browser)
    made = db.session.scalars(select(Claim)).one()
    claims.decide_as_owner(owner, made, False, None, "示例：授权书未盖章")
    page = browser.send(page, "/withdraw")
    assert "没有正在办理的申请可以撤回" in page.text
    assert letter().removed_at is None


def test_only_who_asked_takes_a_request_back(
    owner: Person, newcomer: Person, firm: Enterprise
) -> None:
    made = make_claim(newcomer, firm)
    with pytest.raises(NotAllowed, match="只有申请人本人可以撤回申请"):
        claims.withdraw(owner, made)


def test_who_never_asked_has_nothing_to_take_back(someone: Someone, firm: Enterprise) -> None:
    officer = make_officer(Right.REVIEW_ENTERPRISES)
    page = someone(officer).post(f"{PATH}/withdraw")
    assert "没有正在办理的申请可以撤回" in page.text


def test_the_letter_is_kept_for_three_years_from_the_decision(
    owner: Person, newcomer: Person, firm: Enterprise, wait: Callable[..., None]
) -> None:
    made = make_claim(newcomer, firm)
    assert letter().keep_until == date(2029, 11, 21)
    wait(days=4)
    claims.decide_as_owner(owner, made, True, Role.VIEWER, "")
    assert letter().keep_until == date(2029, 11, 25)
    wait(days=1094)
    nightly.forget_files()
    assert letter().removed_at is None
    wait(days=2)
    nightly.forget_files()
    assert letter().removed_at is not None

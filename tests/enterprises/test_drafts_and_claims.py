"""A draft reveals and blocks nothing; a code in use leads to the record's claim page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Claim, Enterprise
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.journey import ANSWERS, begin, fill_in
from tests.factories import make_active, make_draft, make_officer, make_person, make_submitted
from tests.worker import Mailbox

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


def test_a_claim_is_sent_accepted_and_told_by_mail(
    someone: Someone, newcomer: Person, officer: Person, mailbox: Mailbox
) -> None:
    enterprise = make_active(make_person(), officer)
    asking, deciding = someone(newcomer), someone(officer)
    page = asking.get(f"/my/enterprises/claims/{CODE}")
    page = asking.send(page, statement=STATEMENT)
    assert "您2026-11-22提交的申请正在办理" in page.main
    page = deciding.get(deciding.get("/bureau/worklist").link("申请1"))
    assert STATEMENT in page.main
    page = deciding.send(page, "/decide", accepted="yes")
    assert "申请已办理，并已邮件告知申请人" in page.text
    assert mailbox.subjects("newcomer@example.com") == ["企业成员申请的办理结果"]
    link = mailbox.link("newcomer@example.com")
    assert link == f"/my/enterprises/{enterprise.id}"
    assert asking.get(link).heading == "四川岷江储能科技有限公司"


def test_refusing_a_claim_needs_a_ground_which_the_person_reads(
    someone: Someone, newcomer: Person, officer: Person, mailbox: Mailbox
) -> None:
    make_active(make_person(), officer)
    asking, deciding = someone(newcomer), someone(officer)
    asking.send(asking.get(f"/my/enterprises/claims/{CODE}"), statement=STATEMENT)
    page = deciding.get("/bureau/enterprises/claims/1")
    page = deciding.send(page, "/decide", 422, accepted="no")
    assert page.errors == ["请填写不同意的理由，申请人可见"]
    deciding.send(page, "/decide", accepted="no", ground="示例：未提供授权书。")
    (mail,) = mailbox.mails("newcomer@example.com")
    assert "示例：未提供授权书。" in mail.get_content()
    assert asking.get("/my/enterprises/1", 404).heading == "页面不存在"


def test_asking_twice_makes_one_request(someone: Someone, newcomer: Person) -> None:
    make_submitted(make_person())
    asking = someone(newcomer)
    page = asking.get(f"/my/enterprises/claims/{CODE}")
    asking.send(page, statement=STATEMENT)
    asking.send(page, statement=STATEMENT)
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 1


@pytest.mark.parametrize("statement", ["", "   \u3000 "])
def test_a_claim_says_who_asks(someone: Someone, newcomer: Person, statement: str) -> None:
    make_submitted(make_person())
    asking = someone(newcomer)
    page = asking.send(
        asking.get(f"/my/enterprises/claims/{CODE}"), status=422, statement=statement
    )
    assert page.errors == ["请说明您的职务和授权人"]


def test_a_member_needs_no_claim(someone: Someone) -> None:
    owner = make_person()
    make_submitted(owner)
    assert "您已是该企业的成员。" in someone(owner).get(f"/my/enterprises/claims/{CODE}").main


def test_nobody_accepts_their_own_request(someone: Someone, officer: Person) -> None:
    make_submitted(make_person())
    both = someone(officer)
    both.send(both.get(f"/my/enterprises/claims/{CODE}"), statement=STATEMENT)
    page = both.post("/bureau/enterprises/claims/1/decide", {"accepted": "yes"}, 403)
    assert "该申请由您提出，须由其他工作人员办理" in page.main


def test_a_decided_request_is_not_decided_again(
    someone: Someone, newcomer: Person, officer: Person
) -> None:
    make_submitted(make_person())
    asking, deciding = someone(newcomer), someone(officer)
    asking.send(asking.get(f"/my/enterprises/claims/{CODE}"), statement=STATEMENT)
    page = deciding.get("/bureau/enterprises/claims/1")
    deciding.send(page, "/decide", accepted="yes")
    page = deciding.send(page, "/decide", 422, accepted="no", ground="示例")
    assert page.errors == ["该申请已办理"]
    assert db.session.scalars(select(Claim)).one().accepted is True


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

"""An officer verifies what was sent: admits, returns with reasons per field, or refuses."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.database import site_state
from portal.enterprises.models import Enterprise, EnterprisePeriod, Membership, Submission
from portal.enterprises.terms.record import Step
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.browser_client import Browser
from tests.enterprises.journey import fill_in, register
from tests.factories import make_officer, make_person, make_submitted, make_uscc
from tests.page import Page, text_of, words
from tests.worker import Mailbox

Someone = Callable[[Person], Browser]
OWNER = "owner@example.com"
REVIEW = Right.REVIEW_ENTERPRISES


@pytest.fixture
def member(someone: Someone) -> Browser:
    return someone(make_person(OWNER))


@pytest.fixture
def officer(someone: Someone) -> Browser:
    return someone(make_officer(REVIEW))


def opened(officer: Browser, number: str = "S2026-0001") -> Page:
    """Open a submission from the worklist."""
    return officer.get(officer.get("/bureau/worklist").link(number))


def differing(page: Page) -> list[str]:
    """Return the names of the items marked as changed."""
    rows = page.all("tr", class_="differs")
    return [words(text_of(next(row.iter("th")))) for row in rows]


def rows(page: Page) -> dict[str, list[str]]:
    """Return what stands in each row of the comparison."""
    table = page.one("table", class_="compare")
    return {
        words(text_of(next(row.iter("th")))): [cell_text(cell) for cell in row.iter("td")]
        for row in table.iter("tr")
    }


def cell_text(cell: Element) -> str:
    return words(text_of(cell))


def test_admitting_puts_the_enterprise_in_the_registry(
    member: Browser, officer: Browser, mailbox: Mailbox
) -> None:
    tasks = register(member)
    page = opened(officer)
    assert page.heading == "四川岷江储能科技有限公司"
    for value in ("东坡区", "13800000000", "示例联系人", "8000万元"):
        assert value in page.main, value
    page = officer.send(page, "/decide", decision="admit")
    assert "S2026-0001：已准予入库" in page.text
    assert "没有待办理的事项" in page.main
    page = member.get(tasks)
    assert "2026-11-22入库，编号MS-QY-2026-0001。" in page.main
    assert mailbox.subjects(OWNER) == ["提交编号S2026-0001的办理结果"]
    assert "企业已入库" in mailbox.mails(OWNER)[0].get_content()


def test_admitting_is_the_moment_the_public_content_changes(
    member: Browser, officer: Browser
) -> None:
    register(member)
    before = site_state().content_version
    officer.send(opened(officer), "/decide", decision="admit")
    assert site_state().content_version == before + 1
    owed = db.session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "search"))
    assert {"key": "enterprise:1"} in [message.payload for message in owed]
    period = db.session.scalars(select(EnterprisePeriod)).one()
    assert (period.state, str(period.valid_from)) == ("active", "2026-11-22")


def test_a_return_carries_a_reason_to_each_field_and_comes_back_with_the_difference(
    member: Browser, officer: Browser, mailbox: Mailbox
) -> None:
    tasks = register(member)
    page = opened(officer)
    reasons = {"reason_name": "与营业执照不一致。", "reason_landline": "电话打不通。"}
    page = officer.send(page, "/decide", decision="return", ground="请补正两处。", **reasons)
    assert "S2026-0001：已退回企业补正" in page.text
    assert "部分项目需补正" in mailbox.mails(OWNER)[-1].get_content()

    page = member.get(tasks)
    assert "已退回补正：请补正两处。" in page.main
    assert page.main.count("需修改") == 2
    page = member.get(f"{tasks}/steps/identity")
    assert "与营业执照不一致。" in page.errors
    fill_in(member, tasks, Step.IDENTITY, name="四川岷江储能技术有限公司")
    page = member.get(f"{tasks}/steps/contact")
    assert page.errors == ["电话打不通。"]
    page = fill_in(member, tasks, Step.CONTACT, landline="028-0000 0202")
    member.send(page, "/submit")

    page = opened(officer, "S2026-0002")
    assert differing(page) == ["企业名称 有变化", "对外联系座机 有变化"]
    assert "与上次提交相比有2项不同：企业名称、对外联系座机" in page.main
    assert rows(page)["对外联系座机 有变化"][:2] == ["028-0000 0202", "028-0000 0101"]
    officer.send(page, "/decide", decision="admit")
    assert len(mailbox.mails(OWNER)) == 2


def test_a_reason_leaves_the_field_once_it_is_corrected(member: Browser, officer: Browser) -> None:
    tasks = register(member)
    officer.send(opened(officer), "/decide", decision="return", reason_products="过于笼统。")
    fill_in(member, tasks, Step.PROFILE, products="液流电池储能系统")
    assert member.get(f"{tasks}/steps/profile").errors == []


def test_a_changed_private_contact_shows_as_a_difference_without_the_old_value(
    member: Browser, officer: Browser
) -> None:
    tasks = register(member)
    officer.send(opened(officer), "/decide", decision="return", reason_contact_phone="停机。")
    member.send(fill_in(member, tasks, Step.CONTACT, contact_phone="13900000000"), "/submit")
    page = opened(officer, "S2026-0002")
    assert differing(page) == ["联系电话（不公开） 有变化"]
    assert "13800000000" not in page.html
    assert "13900000000" in page.html


def test_the_officer_does_not_see_corrections_before_they_are_sent(
    member: Browser, officer: Browser
) -> None:
    tasks = register(member)
    officer.send(opened(officer), "/decide", decision="return", reason_name="不一致。")
    fill_in(member, tasks, Step.IDENTITY, name="四川未提交名称有限公司")
    page = officer.get("/bureau/enterprises/1")
    assert "未提交名称" not in rows(page).get("企业名称", [""])[0]
    fill_in(member, tasks, Step.CONTACT, contact_phone="13900000000")
    assert "13900000000" not in officer.get("/bureau/enterprises/1").html


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "请选择结论"),
        ({"decision": "return"}, "请至少写明一项需补正的项目和原因"),
        ({"decision": "return", "reason_name": " \u3000"}, "请至少写明一项需补正的项目和原因"),
        ({"decision": "refuse"}, "请填写不予入库的理由，企业可见"),
        ({"decision": "refuse", "ground": " \n "}, "请填写不予入库的理由，企业可见"),
        ({"decision": "recognise"}, "请在列表中选择结论"),
        ({"decision": "admit", "ground": "长" * 2001}, "意见不能超过2000字，现为2001字，请精简"),
        ({"decision": "admit", "version": "x"}, "此表单已不是最新，请重新打开页面再办理"),
        ({"decision": "admit", "version": ""}, "此表单已不是最新，请重新打开页面再办理"),
    ],
)
def test_an_unfinished_decision_is_not_taken(
    member: Browser, officer: Browser, values: dict[str, str], said: str
) -> None:
    register(member)
    page = officer.send(opened(officer), "/decide", 422, **values)
    assert len(page.errors) == 1
    assert said in page.errors[0]
    assert db.session.scalars(select(Enterprise.state)).one() == "submitted"


def test_a_refusal_gives_its_ground_to_the_enterprise(member: Browser, officer: Browser) -> None:
    tasks = register(member)
    officer.send(opened(officer), "/decide", decision="refuse", ground="示例：企业已注销。")
    assert "不予入库：示例：企业已注销。" in member.get(tasks).main
    page = member.get(f"{tasks}/trail")
    assert "市经济合作局" in page.main
    assert "officer" not in page.main, "officers appear as their office"


def test_of_two_officers_the_second_is_told_who_decided(
    member: Browser, officer: Browser, someone: Someone
) -> None:
    register(member)
    second = someone(make_officer(REVIEW, mail="second@portal.example"))
    first_page, second_page = opened(officer), opened(second)
    officer.send(first_page, "/decide", decision="admit")
    page = second.send(second_page, "/decide", 422, decision="refuse", ground="示例")
    (said,) = page.errors
    assert "S2026-0001已由" in said
    assert "示例经办人（officer）办理" in said
    assert db.session.scalars(select(Enterprise.state)).one() == "active"


def test_deciding_twice_decides_once(member: Browser, officer: Browser, mailbox: Mailbox) -> None:
    register(member)
    page = opened(officer)
    officer.send(page, "/decide", decision="admit")
    page = officer.send(page, "/decide", 422, decision="admit")
    assert "已由" in page.errors[0]
    assert len(mailbox.mails(OWNER)) == 1
    assert db.session.scalar(select(func.count()).select_from(EnterprisePeriod)) == 1


def test_a_decision_on_what_was_resubmitted_meanwhile_is_out_of_date(
    member: Browser, officer: Browser, someone: Someone
) -> None:
    tasks = register(member)
    old_page = opened(officer)
    second = someone(make_officer(REVIEW, mail="second@portal.example"))
    second.send(opened(second), "/decide", decision="return", reason_products="过于笼统。")
    fill_in(member, tasks, Step.PROFILE, products="液流电池储能系统")
    member.send(member.get(f"{tasks}/check"), "/submit")
    page = officer.send(old_page, "/decide", 422, decision="admit")
    assert page.errors == ["打开此页后登记信息已被修改，请对照后重新保存"]
    assert "液流电池储能系统" in page.main


def test_nobody_decides_on_an_enterprise_they_belong_to(someone: Someone) -> None:
    person = make_officer(REVIEW)
    both = someone(person)
    register(both)
    assert "您是该企业的成员，须由其他工作人员办理" in both.get("/bureau/enterprises/1", 403).main
    values = {"decision": "admit", "version": "7"}
    page = both.post("/bureau/enterprises/1/decide", values, 403)
    assert "您是该企业的成员，须由其他工作人员办理" in page.main


def test_a_former_member_may_decide_again(app: Flask, someone: Someone) -> None:
    person = make_officer(REVIEW)
    make_submitted(person)
    membership = db.session.scalars(select(Membership)).one()
    membership.ended_at = membership.since
    db.session.commit()
    assert opened(someone(person)).heading == "四川岷江储能科技有限公司"


def test_an_officer_of_a_district_sees_and_decides_there_only(someone: Someone) -> None:
    local = someone(make_officer(REVIEW, district="renshou"))
    make_submitted(make_person("a@example.com"))
    make_submitted(
        make_person("b@example.com"), uscc=make_uscc(2), district="renshou", name="示例仁寿公司"
    )
    page = local.get("/bureau/worklist")
    assert "示例仁寿公司" in page.main
    assert "岷江" not in page.main
    page = local.get("/bureau/enterprises/1", 403)
    assert "只有负责该区县企业核验的工作人员可以办理" in page.main
    local.post("/bureau/enterprises/1/decide", {"decision": "admit", "version": "7"}, 403)
    assert local.get("/bureau/enterprises/2").heading == "示例仁寿公司"


def test_a_right_taken_away_meanwhile_no_longer_decides(
    app: Flask, member: Browser, someone: Someone
) -> None:
    register(member)
    person = make_officer(REVIEW)
    officer = someone(person)
    page = opened(officer)
    person.rights[0].ended_at = person.created_at
    db.session.commit()
    page = officer.send(page, "/decide", 403, decision="admit")
    assert "此页面仅向具有相应权限的工作人员开放" in page.main
    assert db.session.scalars(select(Submission.decision)).one() is None


def test_the_record_keeps_who_decided_for_which_office(member: Browser, officer: Browser) -> None:
    register(member)
    officer.send(opened(officer), "/decide", decision="admit", ground="信息属实。")
    page = officer.get("/bureau/enterprises/1")
    assert "市经济合作局，示例经办人（officer）" in page.main
    assert "信息属实。" in page.main
    assert "提交办理结果" not in page.main

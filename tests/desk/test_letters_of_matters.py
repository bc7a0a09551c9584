"""Every decision of the bureau is told by a numbered letter, by mail and in the inbox."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.casework.letter_words import LETTERS
from portal.casework.procedures import procedure_of
from portal.casework.terms import Matter
from portal.enterprises.actions import merges, standing
from portal.enterprises.actions.claim_nights import attend_to_claims
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.changes import changes_of
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.standing import Act
from tests.browser_client import Browser
from tests.enterprises.test_changes import report
from tests.factories import make_active, make_claim, make_officer, make_person, make_uscc
from tests.page import Page
from tests.worker import Mailbox

Someone = Callable[[Person], Browser]
OWNER = "owner@example.com"
REVIEW = Right.REVIEW_ENTERPRISES


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(OWNER)


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(REVIEW)


@pytest.fixture
def second(app: Flask) -> Person:
    return make_officer(REVIEW, mail="second@portal.example")


@pytest.fixture
def record(owner: Person, officer: Person) -> Enterprise:
    return make_active(owner, officer)


def newest(reader: Browser) -> Page:
    """Return the letter the newest message of a person's inbox leads to."""
    page = reader.get("/my/inbox")
    page = reader.get(next(link for link in page.links() if re.search(r"/my/inbox/\d+$", link)))
    return reader.get(next(link for link in page.links() if "/my/letters/" in link))


def numbered(page: Page) -> bool:
    return re.search(r"MS-TZ-2026-\d{4}", page.main) is not None


@pytest.mark.parametrize(
    ("verdict", "title", "said"),
    [
        ("accept", "准予变更通知书", "准予变更，登记信息已更新。"),
        ("refuse", "不予变更通知书", "不予变更，登记信息维持不变，理由如下："),
        ("return", "补正通知书", "请于2026年12月4日前补正"),
    ],
)
def test_a_change_is_decided_by_letter(
    record: Enterprise,
    owner: Person,
    officer: Person,
    someone: Someone,
    mailbox: Mailbox,
    verdict: str,
    title: str,
    said: str,
) -> None:
    report(someone(owner), record)
    desk = someone(officer)
    page = desk.get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    common = "证明材料与所报变更无关，不予变更。"
    assert "新名称与变更通知书不一致，请按通知书全称填写。" in page.html, "offered beside the item"
    desk.send(page, "/decide", verdict=verdict, reason_name="请核对。", common=common, ground="一")
    letter = newest(someone(owner))
    assert letter.heading == title
    assert said in letter.main
    assert common in letter.main
    assert ("请核对。" in letter.main) is (verdict == "return")
    assert numbered(letter)
    assert "/my/letters/" in str(mailbox.mails(OWNER)[-1].get_content())
    assert title in someone(owner).get(f"/my/enterprises/{record.id}/letters").main


def test_what_the_first_review_passes_on_is_told_to_nobody(
    record: Enterprise, owner: Person, officer: Person, someone: Someone, mailbox: Mailbox
) -> None:
    local = make_officer(REVIEW, mail="local@portal.example", district="dongpo")
    report(someone(owner), record)
    before = len(mailbox.subjects(OWNER))
    desk = someone(local)
    page = desk.get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    desk.send(page, "/decide", verdict="accept", ground="执照已核对。")
    assert len(mailbox.subjects(OWNER)) == before
    page = someone(officer).get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    assert "执照已核对。" in page.main, "the city reads what the district wrote"


@pytest.mark.parametrize(
    ("act", "title"), [(Act.SUSPEND, "暂停通知书"), (Act.REMOVE, "移出通知书")]
)
def test_an_act_consented_to_is_told_with_its_ground(
    record: Enterprise,
    owner: Person,
    officer: Person,
    second: Person,
    someone: Someone,
    act: Act,
    title: str,
) -> None:
    kind = "dissolved" if act == Act.REMOVE else ""
    asked = standing.ask(
        officer, record, get_enterprise(record.id).version, act, kind=kind, ground="示例理由"
    )
    standing.consent(second, asked, asked.version, urgent=True)
    letter = newest(someone(owner))
    assert letter.heading == title
    assert "示例理由" in letter.main
    assert numbered(letter)
    if act == Act.SUSPEND:
        lifted = standing.ask(
            officer, record, get_enterprise(record.id).version, Act.LIFT, ground="已整改"
        )
        standing.consent(second, lifted, lifted.version)
        assert newest(someone(owner)).heading == "解除暂停通知书"


def test_an_act_declined_is_told_without_the_officers_words(
    record: Enterprise, owner: Person, officer: Person, second: Person, someone: Someone
) -> None:
    version = get_enterprise(record.id).version
    asked = standing.ask(officer, record, version, Act.SUSPEND, ground="示例理由")
    desk = someone(second)
    page = desk.get(f"/bureau/enterprises/standing/{asked.id}")
    common = "依据不足，请补充核查材料后再提出。"
    desk.send(page, "/decide", decision="decline", common=common)
    letter = newest(someone(owner))
    assert letter.heading == "维持现状通知书"
    assert common not in letter.main
    assert common in desk.get(f"/bureau/enterprises/{record.id}/standing").main


def test_a_merge_is_told_to_those_of_both_records_and_so_is_its_undoing(
    record: Enterprise, owner: Person, officer: Person, second: Person, someone: Someone
) -> None:
    other = make_person("other@example.com")
    double = make_active(other, officer, uscc=make_uscc(2), name="示例岷江储能有限公司")
    for decided, title in (("decline", "不予合并通知书"), ("consent", "记录合并通知书")):
        version = get_enterprise(record.id).version
        merge = merges.propose(officer, record, double, version, chosen=(), ground="示例重复")
        if decided == "decline":
            merges.decline(second, merge, merge.version, "两家企业")
        else:
            merges.consent(second, merge, merge.version)
        for reader in (owner, other):
            assert newest(someone(reader)).heading == title
    assert "示例岷江储能有限公司" in newest(someone(owner)).main
    merges.undo(second, merge, merge.version, "示例核实有误")
    for reader, name in ((owner, "示例岷江储能有限公司"), (other, record.name)):
        letter = newest(someone(reader))
        assert letter.heading == "撤销合并通知书"
        assert name in letter.main


@pytest.mark.parametrize(
    ("accepted", "title"),
    [("yes", "同意企业成员申请通知书"), ("no", "不予同意企业成员申请通知书")],
)
def test_a_request_to_act_is_answered_to_the_person_alone(
    officer: Person,
    second: Person,
    someone: Someone,
    wait: Callable[..., None],
    accepted: str,
    title: str,
) -> None:
    owner = make_person("leaving@example.com")
    record = make_active(owner, officer)
    asker = make_person("asker@example.com", "示例申请人")
    claim = make_claim(asker, record)
    wait(days=20)
    attend_to_claims()
    desk = someone(second)
    page = desk.get(f"/bureau/enterprises/claims/{claim.id}")
    common = "无法核实您与该企业的关系，请提供在职或委托证明。"
    desk.send(page, "/decide", accepted=accepted, role="editor", common=common)
    letter = newest(someone(asker))
    assert letter.heading == title
    assert (common in letter.main) is (accepted == "no")
    assert "示例申请人" not in letter.main, "a letter is kept for ever, a name is not"
    assert numbered(letter)
    assert someone(owner).get("/my/letters/2", 404)
    assert title not in someone(owner).get(f"/my/enterprises/{record.id}/letters").main
    assert title in desk.get(f"/bureau/enterprises/{record.id}").main


def test_every_matter_decided_in_stages_has_its_letters(application: Flask) -> None:
    """A matter added later must say how its decisions are told, or that nobody is told."""
    told = {matter for matter, _outcome in LETTERS}
    inside = {Matter.TITLE_CHECK, Matter.ENTRY, Matter.SIGNATURE, Matter.ERRATUM}  # no case
    inside |= {Matter.CONSULTATION, Matter.OBJECTION}  # answered on the page
    inside |= {Matter.LIST_OPINION, Matter.LIST_OBJECTION}
    inside |= {Matter.LIST_OPINION_PAPER, Matter.CONSULTATION_PAPER}  # compared by an officer
    assert told == {str(matter) for matter in Matter if procedure_of(matter)} - inside

"""Officers see what became of named contacts, who they are on demand, and may remove one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal import audit
from portal.accounts.keys import digest_of
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions.contact_oversight import remove_as_officer
from portal.enterprises.actions.contacts import ask_contact, confirm_contact, remove_contact
from portal.enterprises.models import Enterprise
from tests.browser_client import Browser
from tests.enterprises.test_contacts import token_sent
from tests.factories import make_active, make_officer, make_person
from tests.worker import Mailbox, Phones

Someone = Callable[[Person], Browser]
ADDRESS = "zhang.san.shili@example.com"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def firm(owner: Person, officer: Person) -> Enterprise:
    return make_active(owner, officer)


def ask(owner: Person, firm: Enterprise) -> None:
    ask_contact(owner, firm, "张三（示例）", "市场总监", ADDRESS, "供需对接")


def newest_mail(mailbox: Mailbox) -> str:
    return str(mailbox.mails(ADDRESS)[-1].get_content())


def acts(firm: Enterprise) -> list[str]:
    return [event.act for event in audit.trail_of("enterprise", firm.id)]


def test_who_has_not_agreed_is_covered_until_the_officer_asks_to_see(
    someone: Someone, owner: Person, officer: Person, firm: Enterprise
) -> None:
    ask(owner, firm)
    reader = someone(officer)
    page = reader.get(f"/bureau/enterprises/{firm.id}/contacts")
    assert "待本人确认" in page.main
    assert "供需对接" in page.main
    assert "张三" not in page.html
    assert ADDRESS not in page.html
    assert "reveal_contacts" not in acts(firm)
    page = reader.send(page, "/reveal")
    assert "张三（示例）" in page.main
    assert ADDRESS in page.main
    assert acts(firm)[0] == "reveal_contacts"
    assert "张三" not in reader.get(f"/bureau/enterprises/{firm.id}/contacts").html


def test_who_agreed_is_public_and_needs_no_uncovering(
    someone: Someone, owner: Person, officer: Person, firm: Enterprise
) -> None:
    ask(owner, firm)
    confirm_contact(digest_of(token_sent()))
    page = someone(officer).get(f"/bureau/enterprises/{firm.id}/contacts")
    assert "张三（示例）" in page.main
    assert "2026-11-22本人确认" in page.main
    assert "查看联系人" not in page.main


def test_an_officer_removes_a_contact_with_a_ground_the_enterprise_reads(
    someone: Someone, owner: Person, officer: Person, firm: Enterprise, visitor: Browser
) -> None:
    ask(owner, firm)
    confirm_contact(digest_of(token_sent()))
    reader = someone(officer)
    page = reader.get(f"/bureau/enterprises/{firm.id}/contacts")
    page = reader.get(page.link("移除联系人"))
    assert reader.send(page, "", 422).errors == ["请填写理由，企业可以看到"]
    page = reader.send(page, "", ground="该联系方式并非本人使用")
    assert "经办单位移除" in page.main
    assert "该联系方式并非本人使用" in page.main
    assert "张三" not in visitor.get(f"/enterprises/{firm.uscc}").main
    inbox = someone(owner).get("/my/inbox")
    assert "经办单位移除了贵企业的一位公开联系人" in inbox.main
    assert ADDRESS not in str(audit.trail_of("enterprise", firm.id)[0].changes)


@pytest.mark.parametrize(
    ("agreed", "subject", "said"),
    [
        (True, "您的联系方式已不再公开", "现已不再公开"),
        (False, "您无须再答复：未将您列为联系人", "您的信息从未公开"),
    ],
)
def test_the_person_is_told_calmly_and_not_why(
    someone: Someone,
    owner: Person,
    officer: Person,
    firm: Enterprise,
    visitor: Browser,
    mailbox: Mailbox,
    agreed: bool,
    subject: str,
    said: str,
) -> None:
    ask(owner, firm)
    address = mailbox.link(ADDRESS)
    if agreed:
        visitor.send(visitor.get(address), "/agree")
        address = mailbox.link(ADDRESS)
    reader = someone(officer)
    page = reader.get(reader.get(f"/bureau/enterprises/{firm.id}/contacts").link("移除联系人"))
    page = reader.send(page, "", ground="该联系方式并非本人使用")
    assert "已告知企业和本人" in page.text
    assert mailbox.subjects(ADDRESS)[-1] == subject
    text = newest_mail(mailbox)
    assert firm.name in text
    assert said in text
    assert "由经办单位移除" in text
    assert "您无须办理任何事项" in text
    assert "并非本人使用" not in text
    assert visitor.get(address, 404).heading == "链接已失效"


def test_who_was_named_by_number_is_told_by_sms(
    owner: Person, officer: Person, firm: Enterprise, phones: Phones
) -> None:
    contact = ask_contact(owner, firm, "张三（示例）", "", "13800000001", "供需对接")
    remove_as_officer(officer, firm, contact, "示例理由")
    assert phones.texts("+8613800000001")[-1] == (
        f"{firm.name}不再就公开联系方式征求您的意见，您的信息已从中删除，无须办理任何事项。"
    )


def test_who_is_removed_by_the_enterprise_is_told_too(
    owner: Person, firm: Enterprise, mailbox: Mailbox
) -> None:
    contact = ask_contact(owner, firm, "张三（示例）", "", ADDRESS, "供需对接")
    confirm_contact(digest_of(token_sent()))
    remove_contact(owner, firm, contact)
    remove_contact(owner, firm, contact)
    subjects = mailbox.subjects(ADDRESS)
    assert subjects[-1] == "您的联系方式已不再公开"
    assert len(subjects) == 3
    assert "由企业移除" in newest_mail(mailbox)


def test_a_contact_is_removed_once(
    someone: Someone, owner: Person, officer: Person, firm: Enterprise
) -> None:
    ask(owner, firm)
    reader = someone(officer)
    page = reader.get(reader.get(f"/bureau/enterprises/{firm.id}/contacts").link("移除联系人"))
    reader.send(page, "", ground="示例理由")
    page = reader.send(page, "", 422, ground="示例理由")
    assert page.errors == ["该联系人已移除，请重新打开页面"]

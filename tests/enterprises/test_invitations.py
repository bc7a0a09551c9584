"""Inviting somebody to act for an enterprise: the link, who may use it, when it ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.cli import nightly
from portal.enterprises.actions import invitations as actions
from portal.enterprises.actions import members
from portal.enterprises.models import Enterprise, Invitation
from portal.enterprises.queries.members import find_membership, members_of
from portal.enterprises.rules.joining import check_room, read_address
from portal.enterprises.terms.record import Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.messages.models import Message
from portal.messages.terms import Channel
from portal.outbox.models import OutboxMessage
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_draft, make_member, make_person
from tests.worker import Mailbox, Phones

Someone = Callable[[Person], Browser]
GUEST = "guest@example.com"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(name="示例负责人")


@pytest.fixture
def draft(owner: Person) -> Enterprise:
    return make_draft(owner)


def invite(someone: Someone, owner: Person, draft: Enterprise, **values: str) -> Browser:
    """Invite by the pages and return the owner's browser."""
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{draft.id}/members")
    page = browser.get(page.link("邀请成员"))
    page = browser.send(page, "/invite", **{"address": GUEST, "role": "editor"} | values)
    assert "邀请已发出" in page.text
    return browser


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Guest@Example.com ", (Channel.MAIL, "guest@example.com")),
        ("ｇｕｅｓｔ＠example.com", (Channel.MAIL, "guest@example.com")),
        ("138 0000 0000", (Channel.SMS, "13800000000")),
        ("+86 138-0000-0000", (Channel.SMS, "13800000000")),
        ("028-0000 0000", None),
        ("1380000000", None),
        ("guest@", None),
        ("guest", None),
    ],
)
def test_an_address_is_a_mail_address_or_a_mobile_number(
    app: Flask, typed: str, read: tuple[Channel, str] | None
) -> None:
    if read is not None:
        assert read_address(typed) == read
    else:
        with pytest.raises(Refused) as refused:
            read_address(typed)
        assert refused.value.field == "address"


@pytest.mark.parametrize(
    ("open_now", "sent", "allowed"), [(19, 19, True), (20, 19, False), (19, 20, False)]
)
def test_invitations_have_a_limit(app: Flask, open_now: int, sent: int, allowed: bool) -> None:
    if allowed:
        check_room(open_now, 20, sent, 20)
    else:
        with pytest.raises(Refused, match="达到上限"):
            check_room(open_now, 20, sent, 20)


def test_the_twenty_first_invitation_of_a_day_is_refused_on_the_page(
    someone: Someone, owner: Person, draft: Enterprise
) -> None:
    for number in range(20):
        actions.invite(owner, draft, f"guest{number}@example.com", Role.VIEWER)
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{draft.id}/invitation")
    page = browser.send(page, "/invite", 422, address=GUEST, role="viewer")
    assert page.errors == ["已有20份邀请尚未处理，达到上限，请先撤回其中一份"]
    assert page.form("/invite").fields["address"] == [GUEST]


def test_who_is_invited_reads_by_whom_to_what_and_accepts_with_any_account(
    someone: Someone,
    visitor: Browser,
    owner: Person,
    draft: Enterprise,
    mailbox: Mailbox,
) -> None:
    invite(someone, owner, draft)
    link = mailbox.link(GUEST)
    page = visitor.get(link)
    assert "四川岷江储能科技有限公司" in page.main
    assert "示例负责人" in page.main
    assert "编辑：可填报和提交" in page.main
    other = make_person("someone-else@example.com", "示例受邀人")
    page = visitor.get(page.link("登录并接受"))
    page = visitor.send(page, account="someone-else@example.com", password=PASSWORD)
    assert page.path == link
    page = visitor.send(visitor.get(link), "/accept")
    assert "您已成为该企业的成员" in page.text
    membership = find_membership(other, draft.id)
    assert membership is not None
    assert membership.role == Role.EDITOR
    assert mailbox.subjects("owner@example.com") == ["您的邀请已被接受"]


def test_clicking_accept_twice_makes_one_member(
    someone: Someone, owner: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    invite(someone, owner, draft)
    guest = someone(make_person(GUEST))
    page = guest.get(mailbox.link(GUEST))
    guest.send(page, "/accept")
    page = guest.send(page, "/accept")
    assert page.heading == "四川岷江储能科技有限公司"
    assert len(members_of(draft.id)) == 2


def test_a_used_link_makes_nobody_else_a_member(
    someone: Someone, owner: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    invite(someone, owner, draft)
    link = mailbox.link(GUEST)
    first = someone(make_person(GUEST))
    first.send(first.get(link), "/accept")
    second = someone(make_person("second@example.com"))
    assert "该邀请已被接受，请用接受时的账号登录" in second.get(link).main
    page = second.post(f"{link}/accept", {}, 422)
    assert page.errors == ["该邀请已被接受，请用接受时的账号登录"]
    assert "四川岷江储能科技有限公司" not in page.main


def test_a_member_need_not_accept(
    someone: Someone, owner: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    browser = invite(someone, owner, draft)
    link = mailbox.link(GUEST)
    assert "您已是该企业的成员，无须接受邀请" in browser.get(link).main
    page = browser.post(f"{link}/accept", {}, 422)
    assert page.errors == ["您已是该企业的成员，无须接受邀请"]
    assert "待接受的邀请" in browser.get(f"/my/enterprises/{draft.id}/members").main


@pytest.mark.parametrize(("days", "works"), [(6.99, True), (7.01, False)])
def test_an_invitation_is_good_for_seven_days(
    someone: Someone,
    owner: Person,
    draft: Enterprise,
    mailbox: Mailbox,
    wait: Callable[..., None],
    days: float,
    works: bool,
) -> None:
    invite(someone, owner, draft)
    link = mailbox.link(GUEST)
    wait(days=days)
    guest = someone(make_person(GUEST))
    page = guest.get(link)
    if works:
        assert "您已成为该企业的成员" in guest.send(page, "/accept").text
    else:
        assert "该邀请已过期，请联系企业重新发送" in page.main
        assert guest.post(f"{link}/accept", {}, 422).errors == ["该邀请已过期，请联系企业重新发送"]


def test_a_withdrawn_invitation_says_so(
    someone: Someone, owner: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    browser = invite(someone, owner, draft)
    link = mailbox.link(GUEST)
    page = browser.get(f"/my/enterprises/{draft.id}/members")
    page = browser.send(page, "/withdraw")
    assert "邀请已撤回，其链接失效" in page.text
    assert GUEST not in page.main
    guest = someone(make_person(GUEST))
    assert "该邀请已被企业撤回" in guest.get(link).main
    assert "该邀请已被企业撤回" in guest.post(f"{link}/accept", {}, 422).errors[0]


def test_sending_again_ends_the_old_link(
    someone: Someone, owner: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    browser = invite(someone, owner, draft)
    old = mailbox.link(GUEST)
    browser.send(browser.get(f"/my/enterprises/{draft.id}/members"), "/invite-again")
    new = mailbox.link(GUEST)
    guest = someone(make_person(GUEST))
    assert "该邀请已重新发送，请使用最新一条消息中的链接" in guest.get(old).main
    assert "您已成为该企业的成员" in guest.send(guest.get(new), "/accept").text


def test_withdrawing_what_was_accepted_meanwhile_changes_nothing(
    someone: Someone, owner: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    browser = invite(someone, owner, draft)
    page = browser.get(f"/my/enterprises/{draft.id}/members")
    guest = someone(make_person(GUEST))
    guest.send(guest.get(mailbox.link(GUEST)), "/accept")
    page = browser.send(page, "/withdraw")
    assert "该邀请已结束，请重新打开成员页" in page.text
    assert len(members_of(draft.id)) == 2


def test_an_invitation_of_somebody_no_longer_owner_is_not_accepted(
    someone: Someone, owner: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    invite(someone, owner, draft)
    make_member(draft, make_person("second@example.com"), Role.OWNER)
    members.leave(owner, draft)
    guest = someone(make_person(GUEST))
    page = guest.post(f"{mailbox.link(GUEST)}/accept", {}, 422)
    assert page.errors == ["发出邀请的人已不是企业负责人，请联系企业重新邀请"]


def test_inviting_says_nothing_about_accounts(
    someone: Someone, owner: Person, draft: Enterprise
) -> None:
    make_person(GUEST, "示例已有账号")
    browser = someone(owner)
    answers = []
    for address in (GUEST, "nobody@example.com"):
        page = browser.get(f"/my/enterprises/{draft.id}/invitation")
        page = browser.send(page, "/invite", address=address, role="viewer")
        answers.append(page.main.replace(address, "…"))
        assert "示例已有账号" not in page.html
    assert "邀请已发出" in answers[1]
    assert answers[0].count("…") == 1


def test_a_mobile_number_gets_the_link_by_sms(
    someone: Someone, owner: Person, draft: Enterprise, app: Flask
) -> None:
    invite(someone, owner, draft, address="138 0000 0000")
    (text,) = Phones(app).texts("+8613800000000")
    found = re.search(r"https?://\S+", text)
    assert found
    assert "邀请您成为四川岷江储能科技有限公司的成员" in text
    guest = someone(make_person(GUEST))
    page = guest.get(urlsplit(found.group()).path)
    assert "您已成为该企业的成员" in guest.send(page, "/accept").text


def test_only_owners_invite(owner: Person, draft: Enterprise) -> None:
    for role, mail in ((Role.EDITOR, "editor@example.com"), (Role.VIEWER, "viewer@example.com")):
        person = make_person(mail)
        make_member(draft, person, role)
        with pytest.raises(NotAllowed, match="只有企业的负责人可以管理成员"):
            actions.invite(person, draft, GUEST, Role.VIEWER)
    assert db.session.scalars(select(Invitation)).all() == []


def test_the_address_stays_out_of_trail_and_outbox_and_is_forgotten(
    owner: Person, draft: Enterprise, mailbox: Mailbox, wait: Callable[..., None]
) -> None:
    invitation = actions.invite(owner, draft, GUEST, Role.VIEWER)
    kept = [f"{e.changes} {e.note}" for e in db.session.scalars(select(AuditEvent))]
    kept += [str(m.payload) for m in db.session.scalars(select(OutboxMessage))]
    assert GUEST not in " ".join(kept)
    assert invitation.address == GUEST
    mailbox.mails()
    assert {(m.address, str(m.values)) for m in db.session.scalars(select(Message))} == {("", "{}")}
    wait(days=8)
    nightly.forget_expired_invitations()
    assert [i.address for i in db.session.scalars(select(Invitation))] == [""]


def test_a_link_that_was_never_sent_opens_nothing(visitor: Browser) -> None:
    assert visitor.get("/my/enterprises/invitations/unknown", 404).heading == "页面不存在"

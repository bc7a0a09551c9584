"""Named contacts: public only by the word of the very person, and only as long as they want."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.enterprises.actions.contacts import ask_contact
from portal.enterprises.models import Enterprise, NamedContact
from portal.extensions import db
from portal.messages.models import Message
from portal.outbox.models import OutboxMessage
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person

Someone = Callable[[Person], Browser]
ADDRESS = "zhang.san.shili@example.com"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES))


def token_sent() -> str:
    """Return the token of the last message; it stands nowhere else."""
    message = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert message is not None
    return str(message.values["token"])


def ask(owner: Person, firm: Enterprise, address: str = ADDRESS) -> str:
    ask_contact(owner, firm, "张三（示例）", "市场总监", address, "供需对接")
    return token_sent()


def profile(visitor: Browser, firm: Enterprise) -> str:
    return visitor.get(f"/enterprises/{firm.uscc}").main


def test_the_person_is_asked_and_named_only_after_agreeing(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    member = someone(owner)
    page = member.get(f"/my/enterprises/{firm.id}/contacts/ask")
    said = {"name": "张三（示例）", "post": "市场总监", "address": ADDRESS, "purpose": "供需对接"}
    page = member.send(page, **said)
    assert "待本人确认" in page.main
    assert "张三" not in profile(visitor, firm)
    token = token_sent()
    assert token not in page.html
    page = visitor.get(f"/contacts/{token}")
    for words in (*said.values(), firm.name, "企业主页"):
        assert words in page.main
    page = visitor.send(page, "/agree")
    assert page.heading == "已同意公开"
    shown = profile(visitor, firm)
    for words in said.values():
        assert words in shown


def test_a_link_is_good_once(owner: Person, firm: Enterprise, visitor: Browser) -> None:
    token = ask(owner, firm)
    visitor.send(visitor.get(f"/contacts/{token}"), "/agree")
    assert visitor.get(f"/contacts/{token}", 404).heading == "链接已失效"


def test_a_link_ends_after_fourteen_days(
    owner: Person, firm: Enterprise, visitor: Browser, wait: Callable[..., None]
) -> None:
    token = ask(owner, firm)
    wait(days=14, minutes=-1)
    visitor.get(f"/contacts/{token}")
    wait(minutes=2)
    visitor.get(f"/contacts/{token}", 404)
    visitor.post(f"/contacts/{token}/agree", status=404)
    assert "张三" not in profile(visitor, firm)


def test_the_person_withdraws_at_any_time_and_is_forgotten(
    owner: Person, firm: Enterprise, visitor: Browser, wait: Callable[..., None]
) -> None:
    visitor.send(visitor.get(f"/contacts/{ask(owner, firm)}"), "/agree")
    later = token_sent()
    wait(days=400)
    page = visitor.send(visitor.get(f"/contacts/{later}"), "/take-back")
    assert page.heading == "未公开"
    assert "张三" not in profile(visitor, firm)
    row = db.session.scalars(select(NamedContact)).one()
    assert (row.name, row.post, row.address, row.state) == ("", "", "", "withdrawn")


def test_saying_no_forgets_the_person_at_once(
    owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    visitor.send(visitor.get(f"/contacts/{ask(owner, firm)}"), "/take-back")
    row = db.session.scalars(select(NamedContact)).one()
    assert (row.name, row.address, row.state) == ("", "", "declined")


def test_asking_again_voids_the_link_before_and_ends_after_three_times(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    first = ask(owner, firm)
    member = someone(owner)
    for _time in range(2):
        page = member.get(f"/my/enterprises/{firm.id}/presence")
        page = member.send(page, "/ask-again")
    visitor.get(f"/contacts/{first}", 404)
    visitor.get(f"/contacts/{token_sent()}")
    page = member.send(page, "/ask-again", 422)
    assert page.errors == ["已征求本人意见3次，不再发送"]


@pytest.mark.parametrize("address", ["13800000000", "+86 138-0000-0000".replace("-", "")])
def test_a_mobile_number_is_asked_by_sms(
    someone: Someone, owner: Person, firm: Enterprise, address: str
) -> None:
    member = someone(owner)
    page = member.get(f"/my/enterprises/{firm.id}/contacts/ask")
    typed = {"name": "示例", "address": address, "purpose": "招聘"}
    member.send(page, **typed)
    message = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert message is not None
    assert (message.channel, message.address) == ("sms", "+8613800000000")


@pytest.mark.parametrize("address", ["028-0000 0101", "12800000000", "zhang@", "微信zhang"])
def test_where_nobody_can_be_asked_is_refused(
    someone: Someone, owner: Person, firm: Enterprise, address: str
) -> None:
    member = someone(owner)
    page = member.get(f"/my/enterprises/{firm.id}/contacts/ask")
    typed = {"name": "示例", "address": address, "purpose": "招聘"}
    page = member.send(page, "", 422, **typed)
    assert page.errors == ["请填写11位手机号或邮箱地址，用于征求本人意见"]


def test_neither_trail_nor_outbox_nor_files_hold_the_person(
    owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    visitor.send(visitor.get(f"/contacts/{ask(owner, firm)}"), "/agree")
    trail = db.session.execute(select(AuditEvent.changes, AuditEvent.note)).all()
    owed = db.session.scalars(select(OutboxMessage.payload)).all()
    kept = json.dumps([[list(map(str, row)) for row in trail], owed], ensure_ascii=False)
    exported = visitor.get("/enterprises.csv").text
    for text in (kept, exported, visitor.get("/search?q=zhang").main):
        assert ADDRESS not in text
        assert "张三" not in text

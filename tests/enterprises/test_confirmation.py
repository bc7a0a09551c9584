"""The yearly confirmation: asked for, reminded of, missed, made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.cli import nightly
from portal.enterprises.actions import confirmation
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.rules.confirmation import Reminders, last_day, next_due, reminders_owed
from portal.enterprises.rules.durations import months_later
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import make_call
from tests.worker import Mailbox

Wait = Callable[..., None]
SignIn = Callable[[Person], Browser]
OWNER = "owner@example.com"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(OWNER)


@pytest.fixture
def record(owner: Person) -> Enterprise:
    """A record admitted today (2026-11-22): due on 2027-11-22, until 2028-01-21."""
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES))


def night(days: int, wait: Wait) -> None:
    """Let days pass and the last of their nights' work be done."""
    wait(days=days)
    confirmation.ask_for_confirmations()


def state(enterprise: Enterprise) -> str:
    db.session.expire_all()
    return get_enterprise(enterprise.id).state


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 15), -2, date(2025, 11, 15)),
    ],
)
def test_months_are_counted_as_the_law_counts_them(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


LAST = date(2028, 1, 21)


@pytest.mark.parametrize(
    ("left", "sent", "owed"),
    [
        (31, set(), Reminders(None, frozenset())),
        (30, set(), Reminders(30, frozenset())),
        (29, {30}, Reminders(None, frozenset())),
        (15, {30}, Reminders(None, frozenset())),
        (14, {30}, Reminders(14, frozenset())),
        (13, set(), Reminders(14, frozenset({30}))),
        (4, {30, 14}, Reminders(None, frozenset())),
        (3, {30, 14}, Reminders(3, frozenset())),
        (2, set(), Reminders(3, frozenset({30, 14}))),
        (0, {30, 14}, Reminders(3, frozenset())),
        (-1, {30, 14}, Reminders(None, frozenset())),
    ],
)
def test_one_reminder_is_owed_at_a_time(left: int, sent: set[int], owed: Reminders) -> None:
    assert reminders_owed(LAST, LAST - timedelta(days=left), sent) == owed


def test_a_window_opened_late_leaves_time_for_every_reminder() -> None:
    due_on = date(2027, 11, 22)
    assert next_due(date(2026, 11, 22)) == due_on
    assert last_day(due_on, due_on) == LAST
    assert last_day(due_on, LAST) == LAST + timedelta(days=31)


def test_a_record_is_asked_for_reminded_of_and_then_out_of_date(
    record: Enterprise, wait: Wait, mailbox: Mailbox
) -> None:
    mailbox.mails()
    steps = [(364, "active", 0), (1, "confirm_due", 1), (29, "confirm_due", 1)]
    steps += [(1, "confirm_due", 2), (16, "confirm_due", 3), (11, "confirm_due", 4)]
    steps += [(3, "confirm_due", 4), (1, "stale", 5), (30, "stale", 5)]
    before = len(mailbox.mails(OWNER))
    for days, expected, letters in steps:
        night(days, wait)
        confirmation.ask_for_confirmations()  # the night's work done twice changes nothing
        assert (state(record), len(mailbox.mails(OWNER)) - before) == (expected, letters)


def test_a_worker_that_stood_still_reminds_once_with_the_days_really_left(
    record: Enterprise, wait: Wait, mailbox: Mailbox
) -> None:
    night(365, wait)
    mailbox.mails()
    before = len(mailbox.mails(OWNER))
    night(50, wait)  # past the days of the first two reminders, ten before the end
    written = mailbox.subjects(OWNER)[before:]
    assert len(written) == 1
    assert "还剩10天" in written[0]


def test_a_worker_killed_between_two_records_reminds_each_once(
    record: Enterprise, wait: Wait, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(365, wait)
    before = len(mailbox.mails(OWNER))
    wait(days=30)

    def killed(*_facts: object, **_values: object) -> None:
        raise SystemError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(confirmation, "tell_members", killed)
        with pytest.raises(SystemError):
            confirmation.ask_for_confirmations()
    confirmation.ask_for_confirmations()
    assert len(mailbox.mails(OWNER)) - before == 1


def test_the_nightly_jobs_ask_for_confirmations() -> None:
    assert confirmation.ask_for_confirmations in nightly.JOBS


def test_a_member_reads_every_fact_and_confirms_with_one_act(
    record: Enterprise, owner: Person, someone: SignIn, wait: Wait
) -> None:
    night(366, wait)
    member = someone(owner)
    assert "待年度确认" in member.get(f"/my/enterprises/{record.id}").main
    page = member.get(f"/my/enterprises/{record.id}/confirmation")
    assert page.heading == "信息是否仍然属实"
    for fact in ("四川岷江储能科技有限公司", "8000", "市场部", "示例联系人", "确认截止2028-01-21"):
        assert fact in page.main
    assert member.send(page, "/confirm", status=422).errors == [
        "请勾选信息均仍属实；如有变化，请先修改"
    ]
    done = member.send(page, "/confirm", still_true="y")
    assert "已确认" in done.text
    assert "已入库" in done.main
    assert state(record) == "active"
    assert trail_of("enterprise", record.id)[0].act == "confirm"
    assert get_enterprise(record.id).confirm_due_on == months_later(clock.today(), 12)


def test_out_of_date_is_marked_for_everyone_until_confirmed(
    record: Enterprise, owner: Person, someone: SignIn, visitor: Browser, wait: Wait
) -> None:
    night(365, wait)
    assert "信息过期" not in visitor.get("/enterprises").main
    night(61, wait)
    for place in ("/enterprises", "/search?q=岷江储能", f"/enterprises/{record.uscc}"):
        assert "信息过期" in visitor.get(place).main
    assert "信息过期" in visitor.ask("/enterprises.csv").get_data(as_text=True)
    confirmation.confirm(owner, get_enterprise(record.id), get_enterprise(record.id).version)
    for place in ("/enterprises", f"/enterprises/{record.uscc}"):
        assert "信息过期" not in visitor.get(place).main


@pytest.mark.parametrize(
    ("days", "answer"),
    [((365,), ""), ((365, 61), "该企业信息过期，请先完成年度确认")],
)
def test_only_what_is_out_of_date_may_send_in_no_entries(
    record: Enterprise,
    owner: Person,
    someone: SignIn,
    wait: Wait,
    days: tuple[int, ...],
    answer: str,
) -> None:
    for each in days:
        night(each, wait)
    call = make_call()
    member = someone(owner)
    page = member.get(f"/my/entries/calls/{call.id}")
    sent = member.send(page, "/start", status=422 if answer else 200, subtype="supply_need")
    assert sent.errors == ([answer] if answer else [])


def test_public_facts_of_a_record_are_edited_and_shown_at_once(
    record: Enterprise, owner: Person, someone: SignIn, visitor: Browser
) -> None:
    member = someone(owner)
    page = member.get(f"/my/enterprises/{record.id}/steps/profile")
    done = member.send(page, "/save", products="全新液冷储能柜")
    assert done.heading == record.name
    assert "全新液冷储能柜" in visitor.get(f"/enterprises/{record.uscc}").main
    again = member.send(page, "/save", status=422, products="再改一次")
    assert any("修改" in error for error in again.errors)


def test_a_needed_fact_cannot_be_emptied_and_verified_facts_are_locked(
    record: Enterprise, owner: Person, someone: SignIn
) -> None:
    member = someone(owner)
    page = member.get(f"/my/enterprises/{record.id}/steps/contact")
    emptied = member.send(page, "/save", status=422, office="", later="1")
    assert emptied.errors == ["在库企业的这一项不能为空，请填写"]
    locked = member.get(f"/my/enterprises/{record.id}/steps/identity")
    assert "已经核验锁定" in locked.text
    assert not locked.all("input", name="name")

"""The life of a title: suspended, restored and revoked by two officers, reminded of, renewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock, files
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.classification.actions import standing
from portal.classification.actions.claiming import claim_title
from portal.classification.actions.reminders import remind_of_titles
from portal.classification.actions.titles import correct_title, withdraw_title
from portal.classification.models.standing import TitleReminder, TitleRequest
from portal.classification.models.titles import Title
from portal.classification.queries import counts
from portal.classification.queries.titles import get_title, held_now, titles_of
from portal.classification.rules.standing import Asked, reminders_owed
from portal.classification.terms.standing import Act
from portal.classification.terms.titles import Standing
from portal.enterprises.models import Enterprise
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.browser_client import Browser
from tests.classification.factories import (
    make_enterprise,
    make_recogniser,
    record_title_for,
    title_facts,
)
from tests.files.factories import upload
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
OWNER = "owner-1@example.com"
GRANTED, UNTIL = date(2024, 11, 5), date(2027, 11, 4)
DAY = timedelta(days=1)


@pytest.fixture
def enterprise(app: object) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def first(app: object) -> Person:
    return make_recogniser()


@pytest.fixture
def second(app: object) -> Person:
    return make_recogniser(mail="second@portal.example")


@pytest.fixture
def title(enterprise: Enterprise, first: Person) -> Title:
    return record_title_for(enterprise, first)


def asked(title: Title, actor: Person, act: Act, on: date, **more: date) -> TitleRequest:
    wish = Asked(str(act), on, "示例：授予机关公告〔2026〕1号", **more)
    return standing.ask(actor, title, title.version, wish)


def done(
    title: Title, first: Person, second: Person, act: Act, on: date, **more: date
) -> TitleRequest:
    request = asked(title, first, act, on, **more)
    standing.consent(second, request, request.version)
    return request


def test_a_suspension_takes_two_officers_and_counts_from_its_day(
    title: Title, first: Person, second: Person, enterprise: Enterprise
) -> None:
    today, before = clock.today(), clock.now()
    request = asked(title, first, Act.SUSPEND, today - 10 * DAY)
    with pytest.raises(NotAllowed, match="须由另一名工作人员决定"):
        standing.consent(first, request, request.version)
    assert counts.count_family("high_tech", today) == 1
    last = db.session.scalar(select(func.max(OutboxMessage.id))) or 0
    standing.consent(second, request, request.version)
    assert counts.count_family("high_tech", today) == 0
    assert counts.count_family("high_tech", today, before) == 1
    assert [held.standing for held in titles_of(enterprise.id)] == [Standing.SUSPENDED]
    owed = db.session.scalars(select(OutboxMessage.payload).where(OutboxMessage.id > last)).all()
    judged = [payload["enterprises"] for payload in owed if "enterprises" in payload]
    assert judged == [[enterprise.id]], "its pre-checks are owed, once"
    earlier = titles_of(enterprise.id, today - 11 * DAY)
    assert [held.standing for held in earlier] == [Standing.VALID]


def test_a_restored_title_was_suspended_only_in_between(
    title: Title, first: Person, second: Person, enterprise: Enterprise
) -> None:
    today = clock.today()
    done(title, first, second, Act.SUSPEND, today - 10 * DAY)
    suspended_at = clock.now()
    done(title, first, second, Act.RESTORE, today - 3 * DAY)

    def stands(days_ago: int, known_at: datetime | None = None) -> str:
        return str(titles_of(enterprise.id, today - days_ago * DAY, known_at)[0].standing)

    assert [stands(days) for days in (11, 10, 4, 3, 0)] == [
        "valid",
        "suspended",
        "suspended",
        "valid",
        "valid",
    ]
    assert stands(0, suspended_at) == "suspended"
    assert counts.count_family("high_tech", today) == 1


def test_a_revocation_bars_the_enterprise_until_its_day(
    title: Title, first: Person, second: Person, enterprise: Enterprise
) -> None:
    today = clock.today()
    done(title, first, second, Act.REVOKE, today - DAY, ban_until=today - DAY)
    assert held_now(get_title(title.id)).standing == Standing.REVOKED
    with pytest.raises(Refused, match="不再授予") as refused:
        record_title_for(
            enterprise, first, number="GR202651000001", granted_on=today - DAY, source_date=today
        )
    assert refused.value.field == "granted_on"
    again = record_title_for(
        enterprise, first, number="GR202651000001", granted_on=today, source_date=today
    )
    assert held_now(again).standing == Standing.VALID
    assert counts.count_family("high_tech", today) == 1


def test_a_revocation_bars_a_claim_and_says_until_when(
    title: Title, first: Person, second: Person, enterprise: Enterprise, app: Flask
) -> None:
    today = clock.today()
    done(title, first, second, Act.REVOKE, today - DAY, ban_until=today)
    owner = find_confirmed(OWNER)
    assert owner is not None
    claimed = title_facts(number="GR202651000001", granted_on=today, source_date=today)
    stream, name = upload()
    with (
        files.receiving(app.config["FILES"], stream, name, field="proof") as received,
        pytest.raises(Refused, match=f"{today.isoformat()}前不再授予") as refused,
    ):
        claim_title(owner.person, enterprise, title.kind, claimed, received)
    assert refused.value.field == "granted_on"


@pytest.mark.parametrize(
    ("act", "on", "field"),
    [
        (Act.RESTORE, date(2026, 1, 1), "act"),
        (Act.SUSPEND, date(2026, 11, 23), "begins_on"),
        (Act.SUSPEND, GRANTED - DAY, "begins_on"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(
    title: Title, first: Person, act: Act, on: date, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        asked(title, first, act, on)
    assert refused.value.field == field


def test_one_request_waits_and_holds_corrections_up(
    title: Title, first: Person, second: Person
) -> None:
    request = asked(title, first, Act.SUSPEND, clock.today())
    with pytest.raises(Refused, match="待决定"):
        asked(title, second, Act.REVOKE, clock.today())
    for act in (
        lambda: withdraw_title(second, title, title.version, "示例"),
        lambda: correct_title(second, title, title.version, "示例", title_facts(batch="另")),
    ):
        with pytest.raises(Refused, match="须先"):
            act()
    with pytest.raises(NotAllowed):
        standing.withdraw(second, request)
    standing.withdraw(first, request)
    asked(title, second, Act.REVOKE, clock.today())


def test_a_correction_keeps_what_interrupts_the_title(
    title: Title, first: Person, second: Person, enterprise: Enterprise
) -> None:
    today = clock.today()
    done(title, first, second, Act.SUSPEND, today - 10 * DAY)
    before = clock.now()
    correct_title(first, get_title(title.id), title.version, "示例", title_facts(batch="2024年"))
    assert [held.standing for held in titles_of(enterprise.id)] == [Standing.SUSPENDED]
    assert [held.standing for held in titles_of(enterprise.id, today, before)] == [
        Standing.SUSPENDED
    ]
    assert counts.count_family("high_tech", today) == 0


def test_officers_ask_and_decide_in_their_pages_and_the_public_reads_the_outcome(
    title: Title,
    first: Person,
    second: Person,
    enterprise: Enterprise,
    someone: SignIn,
    visitor: Browser,
    mailbox: Mailbox,
) -> None:
    one, other = someone(first), someone(second)
    page = one.get(f"/bureau/titles/{title.id}")
    page = one.get(page.link("暂停、恢复或撤销"))
    assert len(one.send(page, "/standing", status=422, begins_on="").errors) == 3
    page = one.send(page, "/standing", act="revoke", ground="示例：授予机关已撤销")
    assert "须由另一名工作人员决定" in page.main
    worklist = other.get("/bureau/worklist")
    page = other.get(worklist.link("GR202451000001"))
    assert "示例：授予机关已撤销" in page.main
    declined = other.send(page, "/decide", status=422, decision="decline")
    assert declined.errors == ["请说明不同意的理由"]
    other.send(page, "/decide", decision="consent")
    assert mailbox.subjects(OWNER)[-2:] == [
        "拟撤销资质：高新技术企业",
        "资质已撤销：高新技术企业",
    ]
    assert "已撤销" in visitor.get(f"/enterprises/{enterprise.uscc}").main
    owner = find_confirmed(OWNER)
    assert owner is not None
    assert "已撤销" in someone(owner.person).get(mailbox.link(OWNER)).main


@pytest.mark.parametrize(
    ("left", "sent", "send", "passed"),
    [
        (181, set(), None, set()),
        (180, set(), 180, set()),
        (91, {180}, None, set()),
        (90, {180}, 90, set()),
        (31, {180, 90}, None, set()),
        (30, {180, 90}, 30, set()),
        (0, {180, 90, 30}, None, set()),
        (20, set(), 30, {90, 180}),
        (-1, set(), None, set()),
    ],
)
def test_each_reminder_is_owed_once_and_late_ones_are_passed_over(
    left: int, sent: set[int], send: int | None, passed: set[int]
) -> None:
    today = date(2026, 11, 22)
    owed = reminders_owed(today + left * DAY, today, sent)
    assert (owed.send, set(owed.passed)) == (send, passed)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=timezone.utc)


def test_members_are_reminded_three_times_and_never_twice(title: Title, mailbox: Mailbox) -> None:
    for left in (181, 180, 179, 90, 89, 30, 29, 0):
        with clock.at(at(UNTIL - left * DAY)):
            remind_of_titles()
            remind_of_titles()
            told = [subject for subject in mailbox.subjects(OWNER) if "天后到期" in subject]
    assert told == [f"高新技术企业{days}天后到期" for days in (180, 90, 30)]


def test_a_renewed_or_suspended_title_is_not_reminded_of(
    title: Title, enterprise: Enterprise, first: Person, second: Person
) -> None:
    with clock.at(at(UNTIL - 100 * DAY)):
        record_title_for(
            enterprise,
            first,
            number="GR202751000001",
            granted_on=UNTIL - 101 * DAY,
            source_date=UNTIL - 101 * DAY,
        )
        remind_of_titles()
    assert db.session.query(TitleReminder).count() == 0
    suspended = record_title_for(
        make_enterprise(2, name="示例甲乙公司"), first, number="GR202451000002"
    )
    done(suspended, first, second, Act.SUSPEND, clock.today())
    with clock.at(at(UNTIL - 30 * DAY)):
        remind_of_titles()
    assert db.session.query(TitleReminder).count() == 0


def test_pages_are_written_in_english_too(
    title: Title, first: Person, second: Person, someone: SignIn
) -> None:
    request = asked(title, first, Act.SUSPEND, clock.today())
    for officer in (someone(first), someone(second)):
        officer.client.set_cookie("language", "en")
        officer.get(f"/bureau/titles/requests/{request.id}")
        officer.get(f"/bureau/titles/{title.id}/standing")
        officer.get(f"/bureau/titles/{title.id}")

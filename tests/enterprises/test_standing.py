"""Suspending, lifting and removing: asked for by one officer, decided by another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.casework import Matter, find_case
from portal.casework.actions import take
from portal.classification.queries import counts
from portal.enterprises.actions import standing
from portal.enterprises.models import Enterprise, StandingRequest
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.queries.standing import get_request
from portal.enterprises.rules.standing import check_heard
from portal.enterprises.terms.standing import KIND_NAMES, Act, Kind
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import make_recogniser, record_title_for
from tests.factories import make_active, make_draft, make_officer, make_person, make_submitted
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
OWNER = "owner@example.com"
REVIEW = Right.REVIEW_ENTERPRISES
PUBLIC_PLACES = ("/enterprises", "/enterprises.csv", "/sitemap.xml", "/search?q=岷江储能")


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(OWNER)


@pytest.fixture
def first(app: Flask) -> Person:
    return make_officer(REVIEW, mail="first@portal.example")


@pytest.fixture
def second(app: Flask) -> Person:
    return make_officer(REVIEW, mail="second@portal.example")


@pytest.fixture
def record(owner: Person, first: Person) -> Enterprise:
    return make_active(owner, first)


def asked(record: Enterprise, first: Person, act: Act, kind: str = "") -> StandingRequest:
    """Let the first officer ask for an act."""
    record = get_enterprise(record.id)
    return standing.ask(first, record, record.version, act, kind=kind, ground="示例理由")


def done(record: Enterprise, first: Person, second: Person, act: Act, kind: str = "") -> None:
    """Let one officer ask and the other consent."""
    request = asked(record, first, act, kind)
    standing.consent(second, request, request.version, urgent=True)


def test_a_suspension_takes_two_officers_and_hides_the_record(
    record: Enterprise,
    first: Person,
    second: Person,
    owner: Person,
    someone: SignIn,
    visitor: Browser,
    mailbox: Mailbox,
) -> None:
    officer = someone(first)
    page = officer.get(f"/bureau/enterprises/{record.id}/standing")
    page = officer.send(page, "/ask", act="suspend", ground="登记信息与公示系统不符")
    assert "该事项由您提出，须由另一名工作人员决定" in page.main
    assert page.all("form", class_="decision") == []
    assert "拟暂停企业" in mailbox.subjects(OWNER)[-1]
    request_path = officer.response.request.path
    member = someone(owner)
    own = member.get(f"/my/enterprises/{record.id}/standing")
    assert "登记信息与公示系统不符" in own.main
    member.send(own, "/answer", statement="已向登记机关申请更正")
    colleague = someone(second)
    decision = colleague.get(request_path)
    assert "已向登记机关申请更正" in decision.main
    page = colleague.send(decision, "/decide", decision="consent")
    assert "暂停" in page.main
    for place in PUBLIC_PLACES:
        assert record.uscc not in visitor.ask(place).get_data(as_text=True)
    gone = visitor.get(f"/enterprises/{record.uscc}", 404)
    assert gone.heading == "该企业页面暂不公开"
    assert record.name not in gone.text
    assert "企业已暂停" in mailbox.subjects(OWNER)[-1]
    assert "示例经办人" not in member.get(f"/my/enterprises/{record.id}/standing").main


def test_nobody_consents_to_their_own_request(record: Enterprise, first: Person) -> None:
    request = asked(record, first, Act.SUSPEND)
    with pytest.raises(NotAllowed, match="另一名"):
        standing.consent(first, request, request.version, urgent=True)
    with pytest.raises(NotAllowed, match="另一名"):
        standing.decline(first, request, request.version, "示例")
    assert get_enterprise(record.id).state == "active"


def test_an_officer_of_another_district_or_of_the_enterprise_may_not_decide(
    record: Enterprise, first: Person
) -> None:
    request = asked(record, first, Act.SUSPEND)
    elsewhere = make_officer(REVIEW, mail="there@portal.example", district="renshou")
    with pytest.raises(NotAllowed):
        standing.consent(elsewhere, request, request.version, urgent=True)


def test_of_two_officers_at_once_one_decides_and_the_other_is_told(
    record: Enterprise, first: Person, second: Person
) -> None:
    third = make_officer(REVIEW, mail="third@portal.example")
    request = asked(record, first, Act.SUSPEND)
    version = request.version
    standing.consent(second, request, version, urgent=True)
    with pytest.raises(Refused, match="已决定"):
        standing.decline(third, get_request(request.id), version, "示例")


def test_who_has_taken_the_case_is_not_overtaken(
    record: Enterprise, first: Person, second: Person
) -> None:
    third = make_officer(REVIEW, mail="third@portal.example")
    request = asked(record, first, Act.SUSPEND)
    case = find_case(Matter.SUSPENSION, "standing_request", request.id)
    assert case is not None
    take(third, case)
    with pytest.raises(Refused, match="third"):
        standing.consent(second, request, request.version, urgent=True)


def test_a_statement_sent_meanwhile_is_read_before_the_decision(
    record: Enterprise, owner: Person, first: Person, second: Person
) -> None:
    request = asked(record, first, Act.SUSPEND)
    opened = request.version
    standing.state(owner, request, "示例说明")
    with pytest.raises(ChangedSinceOpened):
        standing.consent(second, request, opened)
    with pytest.raises(Refused, match="已提交说明"):
        standing.state(owner, request, "再说一次")
    standing.consent(second, request, request.version)


@pytest.mark.parametrize(
    ("answered", "days", "urgent", "waits"),
    [
        (False, 0, False, True),
        (False, 1, False, False),
        (False, 0, True, False),
        (True, 0, False, False),
    ],
)
def test_the_enterprise_is_heard_unless_it_cannot_wait(
    app: Flask, answered: bool, days: int, urgent: bool, waits: bool
) -> None:
    last = clock.today()
    today = last.fromordinal(last.toordinal() + days)
    if waits:
        with pytest.raises(Refused):
            check_heard(answered, last, today, urgent)
    else:
        check_heard(answered, last, today, urgent)


def test_a_lifted_suspension_leads_back_to_where_the_record_stood(
    record: Enterprise, first: Person, second: Person, visitor: Browser
) -> None:
    done(record, first, second, Act.SUSPEND)
    request = asked(record, second, Act.LIFT)
    standing.consent(first, request, request.version)
    assert get_enterprise(record.id).state == "active"
    assert visitor.get(f"/enterprises/{record.uscc}").heading.startswith(record.name)


@pytest.mark.parametrize("kind", Kind)
def test_a_removed_record_leaves_a_tombstone_with_public_words(
    record: Enterprise, first: Person, second: Person, visitor: Browser, kind: Kind
) -> None:
    done(record, first, second, Act.REMOVE, kind)
    page = visitor.get(f"/enterprises/{record.uscc}", 410)
    assert page.heading == record.name
    assert str(KIND_NAMES[kind]) in page.main
    assert clock.today().isoformat() in page.main
    assert "示例理由" not in page.text
    for place in PUBLIC_PLACES:
        assert record.uscc not in visitor.ask(place).get_data(as_text=True)


def test_titles_stay_in_history_and_leave_the_counts(
    record: Enterprise, first: Person, second: Person, wait: Callable[..., None]
) -> None:
    record_title_for(record, make_recogniser())
    held_on = clock.today()
    wait(days=1)
    done(record, first, second, Act.REMOVE, Kind.MOVED_AWAY)
    assert counts.count_family("high_tech", held_on) == 1
    assert counts.count_family("high_tech", clock.today()) == 0


def test_the_code_of_an_enterprise_that_moved_away_is_free_again(
    record: Enterprise, owner: Person, first: Person, second: Person, visitor: Browser
) -> None:
    done(record, first, second, Act.REMOVE, Kind.MOVED_AWAY)
    again = make_submitted(owner, uscc=record.uscc)
    assert visitor.get(f"/enterprises/{record.uscc}", 410).heading == record.name
    assert again.state == "submitted"


def test_nobody_registers_under_the_code_of_a_dissolved_enterprise(
    record: Enterprise, owner: Person, first: Person, second: Person
) -> None:
    done(record, first, second, Act.REMOVE, Kind.DISSOLVED)
    with pytest.raises(Refused, match="注销"):
        make_draft(owner, uscc=record.uscc)


def test_one_request_at_a_time_and_the_asker_may_take_it_back(
    record: Enterprise, first: Person, second: Person
) -> None:
    request = asked(record, first, Act.SUSPEND)
    with pytest.raises(Refused, match="另有一项"):
        asked(record, second, Act.REMOVE, Kind.DUPLICATE)
    with pytest.raises(NotAllowed):
        standing.withdraw(second, request)
    standing.withdraw(first, request)
    asked(record, second, Act.REMOVE, Kind.DUPLICATE)


def test_the_trail_holds_grounds_and_kinds_never_the_statement(
    record: Enterprise, owner: Person, first: Person, second: Person
) -> None:
    request = asked(record, first, Act.REMOVE, Kind.OWN_REQUEST)
    standing.state(owner, request, "张某某的私人说明")
    standing.consent(second, request, request.version)
    events = trail_of("enterprise", record.id)
    acts = [event.act for event in events]
    assert acts[:3] == ["remove", "state_standing", "ask_remove"]
    assert "私人说明" not in str([(event.note, event.changes) for event in events])


def test_a_form_without_kind_or_ground_says_what_is_missing(
    record: Enterprise, first: Person, someone: SignIn
) -> None:
    officer = someone(first)
    page = officer.get(f"/bureau/enterprises/{record.id}/standing")
    assert officer.send(page, "/ask", status=422).errors == [
        "请选择办理事项",
        "请填写理由，企业可以看到",
    ]
    page = officer.send(page, "/ask", status=422, act="remove", ground="示例")
    assert page.errors == ["请选择移出原因，该原因将公开"]
    assert db.session.query(StandingRequest).count() == 0

"""A title of the city near its end: applied for again, reviewed shortly, renewed or lapsed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.casework.queries import letters_about
from portal.classification.actions import standing
from portal.classification.models.titles import Title
from portal.classification.queries.titles import titles_of
from portal.classification.rules.standing import Asked
from portal.classification.terms.standing import Act
from portal.classification.terms.titles import Standing
from portal.errors import NotAllowed, Refused
from portal.recognition.actions import applications as actions
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.applications import get_application
from portal.recognition.rules.renewals import check_not_barred, renewed_until
from portal.recognition.terms.applications import AppState, Step
from tests.browser_client import Browser
from tests.recognition.factories import (
    decide,
    hand_in,
    make_call,
    make_firm,
    make_recognised,
    owner_of,
    recognise,
    recogniser,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


def make_holder(wait: Wait, left: int = 100) -> Title:
    """Return a title of firm 1 granted here, so many days before its last day."""
    title = make_recognised(wait).title
    assert title is not None
    assert title.valid_until is not None
    wait(days=(title.valid_until - clock.today()).days - left)
    return title


def apply_again(**call: object) -> RecognitionApplication:
    """Submit an application of firm 1 under a new call."""
    opened = make_call(**call)
    (firm,) = (one.title.enterprise for one in titles_of(1))
    draft = actions.start(owner_of(), opened, firm)
    actions.save(owner_of(), draft, draft.version, "示例：持续经营。")
    hand_in(draft, owner_of())
    actions.submit(owner_of(), draft, draft.version, declared=True)
    return get_application(draft.id)


def propose(application: RecognitionApplication) -> None:
    decide(application, recogniser(), Step.PROPOSE, opinion="条件保持，同意")


def test_a_holder_renews_in_its_pages_and_two_officers_decide(
    app: Flask, someone: SignIn, visitor: Browser, wait: Wait, mailbox: Mailbox
) -> None:
    old = make_holder(wait)
    make_call()
    owner = someone(owner_of())
    page = owner.get("/my/recognition")
    assert old.number in page.text
    page = owner.send(owner.get(page.link("申请复核")), enterprise=str(old.enterprise_id))
    assert "拟复核编号" in page.text
    page = owner.send(page, "/save", statement="持续经营")
    application = get_application(2)
    hand_in(application, owner_of())
    page = owner.get(f"/my/recognition/applications/{application.id}")
    owner.send(page, "/submit", declared="y")
    assert "复核中" in visitor.get(f"/titles/check/{old.number}").text
    assert "复核中" in owner.get(f"/my/enterprises/{old.enterprise_id}/titles").text
    first = someone(recogniser())
    page = first.get(f"/bureau/recognition/applications/{application.id}")
    assert "征求意见" not in page.main
    first.send(page, "/decide", decision="propose", opinion="同意")
    second = someone(recogniser("decider"))
    page = second.get(f"/bureau/recognition/applications/{application.id}/decision")
    second.send(page, verdict="recognise", document_no="示例府函〔2029〕1号")
    new = get_application(application.id).title
    assert new is not None
    assert new.number == "MS-RD-2029-0001"
    assert "有效" in visitor.get(f"/titles/check/{new.number}").text
    assert letters_about(old.enterprise_id)[0].outcome == "renew"
    assert any("复核通过" in one for one in mailbox.subjects("firm-1@example.com"))


def test_a_renewed_title_runs_on_from_the_end_of_the_old_one(app: Flask, wait: Wait) -> None:
    old = make_holder(wait)
    application = apply_again()
    propose(application)
    recognise(application, recogniser("decider"))
    new = get_application(application.id).title
    assert new is not None
    assert old.valid_until is not None
    assert new.valid_from == clock.today()
    assert new.valid_until == old.valid_until.replace(year=old.valid_until.year + 3)
    assert [one.standing for one in titles_of(old.enterprise_id)] == [
        Standing.VALID,
        Standing.EXPIRING,
    ]


@pytest.mark.parametrize(
    ("old", "decided", "until"),
    [
        (date(2027, 5, 10), date(2027, 5, 10), date(2030, 5, 10)),
        (date(2027, 5, 10), date(2027, 5, 11), date(2030, 5, 10)),
        (date(2027, 5, 10), date(2027, 6, 1), date(2030, 5, 31)),
        (date(2027, 5, 10), date(2027, 1, 1), date(2030, 5, 10)),
    ],
)
def test_the_term_of_a_renewal(old: date, decided: date, until: date) -> None:
    assert renewed_until(old, decided, 36) == until


@pytest.mark.parametrize(("left", "taken"), [(181, False), (180, True), (0, True)])
def test_renewal_is_applied_for_in_the_last_180_days(
    app: Flask, wait: Wait, left: int, taken: bool
) -> None:
    old = make_holder(wait, left)
    call = make_call()
    if taken:
        assert actions.start(owner_of(), call, old.enterprise).renews_id == old.id
    else:
        with pytest.raises(Refused, match="最后180日"):
            actions.start(owner_of(), call, old.enterprise)


def test_after_the_last_day_it_is_applied_for_anew(app: Flask, wait: Wait) -> None:
    old = make_holder(wait, left=-1)
    assert titles_of(old.enterprise_id)[0].standing == Standing.LAPSED
    assert actions.start(owner_of(), make_call(), old.enterprise).renews_id is None


def test_a_draft_begun_in_time_and_submitted_after_the_end_renews_nothing(
    app: Flask, wait: Wait
) -> None:
    old = make_holder(wait, left=1)
    draft = actions.start(owner_of(), make_call(), old.enterprise)
    assert draft.renews_id == old.id
    actions.save(owner_of(), draft, draft.version, "示例")
    hand_in(draft, owner_of())
    wait(days=2)
    actions.submit(owner_of(), draft, draft.version, declared=True)
    assert get_application(draft.id).renews_id is None


def test_a_call_for_renewals_takes_no_others(app: Flask, wait: Wait, visitor: Browser) -> None:
    call, firm = make_call(renewals_only=True), make_firm()
    with pytest.raises(Refused, match="仅受理复核"):
        actions.start(owner_of(), call, firm)
    assert "仅复核" in visitor.get(f"/recognition/calls/{call.id}").text


def test_a_renewal_refused_leaves_the_title_to_its_last_day(
    app: Flask, someone: SignIn, wait: Wait, mailbox: Mailbox
) -> None:
    old = make_holder(wait)
    application = apply_again()
    decide(application, recogniser(), Step.DECLINE, opinion="已不从事相关业务")
    assert letters_about(old.enterprise_id)[0].outcome == "not_renewed"
    assert any("复核不予通过" in one for one in mailbox.subjects("firm-1@example.com"))
    assert titles_of(old.enterprise_id)[0].standing == Standing.EXPIRING
    wait(days=101)
    assert titles_of(old.enterprise_id)[0].standing == Standing.LAPSED


def test_who_proposed_the_renewal_does_not_decide_on_it(app: Flask, wait: Wait) -> None:
    make_holder(wait)
    application = apply_again()
    with pytest.raises(Refused, match="经推荐"):
        recognise(application, recogniser("decider"))
    propose(application)
    with pytest.raises(NotAllowed):
        recognise(application, recogniser())


def interrupt(title: Title, act: Act, ban_until: date | None = None) -> None:
    """Suspend or revoke a title by two officers, today."""
    asked = Asked(str(act), clock.today(), "示例", ban_until)
    request = standing.ask(recogniser(), title, title.version, asked)
    standing.consent(recogniser("second"), request, request.version)


@pytest.mark.parametrize("act", [Act.SUSPEND, Act.REVOKE])
def test_a_title_that_no_longer_stands_is_not_renewed(app: Flask, wait: Wait, act: Act) -> None:
    old = make_holder(wait)
    application = apply_again()
    propose(application)
    interrupt(old, act)
    with pytest.raises(Refused, match="不能复核通过"):
        recognise(application, recogniser("decider"))
    assert get_application(application.id).state == AppState.PROPOSED


def test_a_suspended_title_is_not_applied_for_again(app: Flask, wait: Wait) -> None:
    old = make_holder(wait)
    interrupt(old, Act.SUSPEND)
    with pytest.raises(Refused, match="已暂停"):
        actions.start(owner_of(), make_call(), old.enterprise)


@pytest.mark.parametrize(("days", "barred"), [(30, True), (31, False)])
def test_a_ban_after_a_revocation_says_until_when(
    app: Flask, wait: Wait, someone: SignIn, days: int, barred: bool
) -> None:
    old = make_holder(wait)
    until = clock.today() + timedelta(days=30)
    interrupt(old, Act.REVOKE, until)
    call = make_call(closes_on=clock.today() + timedelta(days=60))
    wait(days=days)
    owner = someone(owner_of())
    page = owner.get(f"/my/recognition/calls/{call.id}/apply")
    status = 422 if barred else 200
    page = owner.send(page, enterprise=str(old.enterprise_id), status=status)
    assert (f"{until.isoformat()}前（含当日）不再授予" in page.text) is barred


def test_a_ban_set_meanwhile_stops_the_submission_of_a_draft(app: Flask, wait: Wait) -> None:
    old = make_holder(wait)
    draft = actions.start(owner_of(), make_call(), old.enterprise)
    actions.save(owner_of(), draft, draft.version, "示例")
    hand_in(draft, owner_of())
    interrupt(old, Act.REVOKE, clock.today() + timedelta(days=30))
    with pytest.raises(Refused, match="不再授予"):
        actions.submit(owner_of(), draft, draft.version, declared=True)


@pytest.mark.parametrize("until", [None, date(2026, 12, 31)])
def test_no_ban_and_one_that_has_ended_stand_in_nobodys_way(until: date | None) -> None:
    check_not_barred(until, date(2027, 1, 1))


def test_the_last_day_belongs_to_the_ban() -> None:
    with pytest.raises(Refused):
        check_not_barred(date(2027, 1, 1), date(2027, 1, 1))

"""A decision is reversed by two officers: the title ends as known, nothing is rewritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.casework.queries import letters_about
from portal.classification.actions import standing
from portal.classification.models.titles import Title
from portal.classification.queries.titles import titles_of
from portal.classification.rules.standing import Asked
from portal.classification.terms.standing import Act
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.recognition.actions import reversals as actions
from portal.recognition.actions.reviews import lapse_missed
from portal.recognition.models import RecognitionApplication, RecognitionReversal
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.notices import last_notice_of
from portal.recognition.terms.applications import AppState, Step
from tests.browser_client import Browser
from tests.recognition.factories import (
    decide,
    make_recognised,
    make_submitted,
    owner_of,
    recogniser,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]
GROUND = "专利证书系伪造，有鉴定意见"


def propose(application: RecognitionApplication, name: str = "lead") -> RecognitionReversal:
    """Propose to reverse the decision on an application as one officer."""
    return actions.propose(recogniser(name), application, application.version, GROUND)


def granted_by(application: RecognitionApplication) -> Title:
    assert application.title is not None
    return application.title


def test_two_officers_reverse_a_recognition_in_their_pages(
    app: Flask, someone: SignIn, visitor: Browser, wait: Wait, mailbox: Mailbox
) -> None:
    application = make_recognised(wait)
    number = granted_by(application).number
    notice = last_notice_of(application.id)
    assert notice is not None
    first = someone(recogniser("lead"))
    page = first.get(f"/bureau/recognition/applications/{application.id}")
    page = first.send(first.get(page.link("撤回决定")), ground=GROUND)
    assert "第二名经办人" in page.text
    second = someone(recogniser("second"))
    page = second.get(second.get("/bureau/worklist").link("MS-SB-2026-0001"))
    page = second.send(page, "/decide", decision="consent")
    assert "认定已撤回" in page.text
    assert get_application(application.id).state == AppState.REVERSED
    assert "认定决定已于2026年11月28日撤回" in visitor.get(f"/titles/check/{number}").text
    assert "认定已撤回" in visitor.get(f"/recognition/notices/{notice.id}").text
    page = someone(owner_of()).get(f"/my/recognition/applications/{application.id}")
    assert GROUND in page.text
    assert letters_about(application.enterprise_id)[0].ground == GROUND
    subjects = mailbox.subjects("firm-1@example.com")
    assert any("拟撤回" in one for one in subjects)
    assert any("认定已撤回" in one for one in subjects)


def test_what_was_known_before_the_reversal_stays_told(app: Flask, wait: Wait) -> None:
    application = make_recognised(wait)
    wait(days=1)
    before = clock.now()
    wait(days=1)
    made = propose(application)
    actions.consent(recogniser("second"), made, made.version)
    today, firm = clock.today(), application.enterprise_id
    assert titles_of(firm, today) == []
    assert titles_of(firm, today - timedelta(days=1)) == []
    (held,) = titles_of(firm, today - timedelta(days=1), before)
    assert held.title.number == granted_by(application).number
    acts = [event.act for event in trail_of("title", held.title.id)]
    assert acts[:1] == ["take_back_title"]


@pytest.mark.parametrize("name", ["lead", "decider"])
def test_neither_who_proposed_it_nor_who_decided_consents_to_a_reversal(
    app: Flask, wait: Wait, name: str
) -> None:
    made = propose(make_recognised(wait))
    with pytest.raises(NotAllowed):
        actions.consent(recogniser(name), made, made.version)


def test_who_decided_may_propose_the_reversal(app: Flask, wait: Wait) -> None:
    made = propose(make_recognised(wait), "decider")
    actions.consent(recogniser("second"), made, made.version)
    assert get_application(made.application_id).state == AppState.REVERSED


def test_a_reversal_needs_a_reason_and_one_waits_at_a_time(app: Flask, wait: Wait) -> None:
    application = make_recognised(wait)
    with pytest.raises(Refused, match="理由"):
        actions.propose(recogniser(), application, application.version, "  ")
    propose(application)
    with pytest.raises(Refused, match="待第二名经办人"):
        propose(application)


def test_a_declined_reversal_lets_the_decision_stand(
    app: Flask, someone: SignIn, wait: Wait, mailbox: Mailbox
) -> None:
    application = make_recognised(wait)
    made = propose(application)
    browser = someone(recogniser("second"))
    page = browser.get(f"/bureau/recognition/reversals/{made.id}")
    page = browser.send(page, "/decide", status=422, decision="decline")
    assert "请说明维持原决定的理由" in page.text
    browser.send(page, "/decide", decision="decline", opinion="证据不足")
    assert get_application(application.id).state == AppState.RECOGNISED
    assert letters_about(application.enterprise_id)[0].outcome == "declined"
    assert any("予以维持" in one for one in mailbox.subjects("firm-1@example.com"))
    assert propose(application).is_open


def test_who_proposed_it_takes_it_back_and_nobody_else(
    app: Flask, someone: SignIn, wait: Wait
) -> None:
    made = propose(make_recognised(wait))
    with pytest.raises(NotAllowed):
        actions.withdraw(recogniser("second"), made)
    browser = someone(recogniser("lead"))
    page = browser.get(f"/bureau/recognition/reversals/{made.id}")
    browser.send(page, "/withdraw")
    with pytest.raises(Refused, match="已"):
        actions.consent(recogniser("second"), made, made.version)


def test_a_refusal_that_is_reversed_is_reviewed_once_more(
    app: Flask, someone: SignIn, mailbox: Mailbox
) -> None:
    application = make_submitted()
    decide(application, recogniser(), Step.DECLINE, opinion="材料不实")
    made = propose(application)
    with pytest.raises(NotAllowed):
        actions.consent(recogniser("lead"), made, made.version)
    actions.consent(recogniser("second"), made, made.version)
    application = get_application(application.id)
    assert (application.state, application.decided_on) == (AppState.REVIEW, None)
    assert application.number in someone(recogniser("third")).get("/bureau/worklist").text
    assert any("重新评审" in one for one in mailbox.subjects("firm-1@example.com"))


def test_a_lapse_is_reversed_and_the_application_returned_again(app: Flask, wait: Wait) -> None:
    application = make_submitted()
    until = clock.today() + timedelta(days=5)
    decide(application, recogniser(), Step.RETURN, opinion="请补充", correct_by=until)
    wait(days=6)
    lapse_missed()
    made = propose(application)
    actions.consent(recogniser("second"), made, made.version)
    until = clock.today() + timedelta(days=5)
    decide(application, recogniser(), Step.RETURN, opinion="请补充", correct_by=until)
    assert application.correct_by == until


def test_what_is_under_way_has_no_decision_to_reverse(app: Flask) -> None:
    with pytest.raises(Refused, match="没有可以撤回的决定"):
        propose(make_submitted())


def test_a_title_already_revoked_is_not_taken_back_besides(app: Flask, wait: Wait) -> None:
    application = make_recognised(wait)
    title = granted_by(application)
    asked = Asked(str(Act.REVOKE), clock.today(), "示例")
    request = standing.ask(recogniser(), title, title.version, asked)
    made = propose(application)
    with pytest.raises(Refused, match="待决定"):
        actions.consent(recogniser("second"), made, made.version)
    standing.consent(recogniser("third"), request, request.version)
    with pytest.raises(Refused, match="已撤销"):
        actions.consent(recogniser("second"), made, made.version)


def test_a_reversal_opened_on_another_state_is_not_confirmed(app: Flask, wait: Wait) -> None:
    application = make_recognised(wait)
    with pytest.raises(ChangedSinceOpened):
        actions.propose(recogniser(), application, application.version - 1, GROUND)
    made = propose(application)
    with pytest.raises(ChangedSinceOpened):
        actions.consent(recogniser("second"), made, made.version + 1)


def test_officers_of_other_departments_do_not_reverse(
    app: Flask, someone: SignIn, wait: Wait
) -> None:
    application = make_recognised(wait)
    stranger = recogniser("science", "meishan-sci")
    with pytest.raises(NotAllowed):
        actions.propose(stranger, application, application.version, GROUND)
    made = propose(application)
    someone(stranger).get(f"/bureau/recognition/reversals/{made.id}", 403)

"""Applications and open claims follow a merged record, and come back when that is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, current_app

from portal import clock, files
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.casework.queries import find_case, letters_to
from portal.casework.terms import Matter
from portal.classification.actions.claiming import claim_title
from portal.classification.models.titles import TitleClaim
from portal.classification.queries.claims import get_claim
from portal.classification.queries.titles import get_title_kind
from portal.enterprises.actions import merges
from portal.enterprises.models import Enterprise, Merge
from portal.enterprises.queries.records import get_enterprise
from portal.recognition.actions import applications as actions
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.reviews import consultations_of
from portal.recognition.terms.applications import AppState, Step
from tests.browser_client import Browser
from tests.classification.factories import title_facts
from tests.factories import make_officer
from tests.files.factories import upload
from tests.recognition.factories import (
    ask,
    decide,
    make_call,
    make_firm,
    make_recognised,
    make_scored,
    make_submitted,
    owner_of,
    recogniser,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


def merge(survivor: Enterprise, double: Enterprise) -> Merge:
    """Merge a record into another by two officers."""
    first, second = (
        make_officer(Right.REVIEW_ENTERPRISES, mail=f"{name}@merge.example") for name in "ab"
    )
    version = get_enterprise(survivor.id).version
    made = merges.propose(first, survivor, double, version, chosen=(), ground="示例重复")
    merges.consent(second, made, made.version)
    return made


def undo(made: Merge) -> list[str]:
    """Undo a merge as a third officer."""
    third = make_officer(Right.REVIEW_ENTERPRISES, mail="c@merge.example")
    return merges.undo(third, made, made.version, "示例有误")


def firm_of(application: RecognitionApplication) -> Enterprise:
    return get_enterprise(application.enterprise_id)


def test_an_application_under_way_goes_on_for_the_record_that_remains(
    app: Flask, someone: SignIn
) -> None:
    application = make_scored(2)
    ask(application, "meishan-market")
    double, survivor = firm_of(application), make_firm(1, name="示例留存公司")
    made = merge(survivor, double)
    application = get_application(application.id)
    assert application.enterprise_id == survivor.id
    asked = consultations_of(application.id)[0]
    for matter, row in ((Matter.RECOGNITION, application), (Matter.CONSULTATION, asked)):
        case = find_case(matter, row.__tablename__, row.id)
        assert case is not None
        assert (case.enterprise_id, case.label) == (survivor.id, "示例留存公司")
    assert application.number in someone(owner_of(1)).get("/my/recognition").text
    assert undo(made) == []
    application = get_application(application.id)
    assert (application.enterprise_id, application.state) == (double.id, AppState.CONSULTING)
    case = find_case(Matter.RECOGNITION, application.__tablename__, application.id)
    assert case is not None
    assert case.enterprise_id == double.id
    decide(application, recogniser(), Step.DECLINE, opinion="示例")


@pytest.mark.parametrize("state", [AppState.REVIEW, AppState.CONSULTING, AppState.RETURNED])
def test_of_two_applications_under_one_call_the_other_is_closed_with_a_letter(
    app: Flask, mailbox: Mailbox, state: AppState
) -> None:
    call = make_call()
    kept, closed = make_submitted(call, 1), make_scored(2, call)
    if state == AppState.CONSULTING:
        ask(closed, "meishan-market")
    if state == AppState.RETURNED:
        until = clock.today() + timedelta(days=9)
        decide(closed, recogniser(), Step.RETURN, opinion="示例", correct_by=until)
    survivor, double = firm_of(kept), firm_of(closed)
    made = merge(survivor, double)
    assert get_application(closed.id).state == AppState.WITHDRAWN
    assert get_application(kept.id).state == AppState.REVIEW
    assert kept.number in letters_to(survivor.id)[1].ground
    assert any("申请终止" in one for one in mailbox.subjects("firm-1@example.com"))
    undo(made)
    closed = get_application(closed.id)
    assert (closed.state, closed.enterprise_id) == (state, double.id)
    case = find_case(Matter.RECOGNITION, closed.__tablename__, closed.id)
    assert case is not None
    assert case.is_stopped == (state == AppState.RETURNED)
    if state == AppState.RETURNED:
        actions.submit(owner_of(2), closed, closed.version, declared=True)
    decide(closed, recogniser(), Step.DECLINE, opinion="示例")


def test_a_draft_is_closed_without_a_letter_and_comes_back(app: Flask) -> None:
    call = make_call()
    kept = make_submitted(call, 1)
    second = make_firm(2, name="示例重复公司")
    draft = actions.start(owner_of(2), call, second)
    survivor, double = firm_of(kept), firm_of(draft)
    made = merge(survivor, double)
    assert get_application(draft.id).state == AppState.WITHDRAWN
    assert [one.matter for one in letters_to(survivor.id)].count(Matter.RECOGNITION) == 0
    undo(made)
    assert get_application(draft.id).state == AppState.DRAFT


def test_a_recognition_stays_checked_by_its_number_after_a_merge(
    app: Flask, wait: Wait, visitor: Browser
) -> None:
    application = make_recognised(wait, 2)
    assert application.title is not None
    number = application.title.number
    double, survivor = firm_of(application), make_firm(1, name="示例留存公司")
    made = merge(survivor, double)
    assert holders_of(number, visitor) == [f"/enterprises/{survivor.uscc}"]
    undo(made)
    assert holders_of(number, visitor) == [f"/enterprises/{double.uscc}"]


def holders_of(number: str, visitor: Browser) -> list[str]:
    """Return the profiles the check page of a number leads to."""
    page = visitor.get(f"/titles/check/{number}")
    assert "有效" in page.main
    return [link for link in page.links() if link.startswith("/enterprises/9")]


def test_what_has_ended_stays_where_it_is_when_the_other_applied_too(app: Flask) -> None:
    call = make_call()
    kept, ended = make_submitted(call, 1), make_submitted(call, 2)
    decide(ended, recogniser(), Step.DECLINE, opinion="示例")
    double = firm_of(ended)
    merge(firm_of(kept), double)
    assert get_application(ended.id).enterprise_id == double.id


def claim(serial: int, firm: Enterprise, number: str) -> TitleClaim:
    """Claim a title for a firm as its owner."""
    stream, name = upload()
    kind = get_title_kind("high_tech")
    folder = current_app.config["FILES"]
    with files.receiving(folder, stream, name, field="proof") as received:
        return claim_title(owner_of(serial), firm, kind, title_facts(number=number), received)


def test_an_open_claim_follows_and_comes_back(app: Flask, someone: SignIn) -> None:
    double, survivor = make_firm(2, name="示例重复公司"), make_firm(1, name="示例留存公司")
    made_claim = claim(2, double, "GR202451000002")
    made = merge(survivor, double)
    assert get_claim(made_claim.id).enterprise_id == survivor.id
    path = f"/my/enterprises/{survivor.id}/titles/claims/{made_claim.id}"
    someone(owner_of(2)).get(path)
    undo(made)
    assert get_claim(made_claim.id).enterprise_id == double.id


def test_of_two_claims_of_one_title_the_other_is_closed_and_reopened(
    app: Flask, mailbox: Mailbox
) -> None:
    double, survivor = make_firm(2, name="示例重复公司"), make_firm(1, name="示例留存公司")
    kept, closed = claim(1, survivor, "GR202451000001"), claim(2, double, "GR202451000002")
    made = merge(survivor, double)
    assert get_claim(kept.id).is_open
    assert not get_claim(closed.id).is_open
    assert any("申报终止" in one for one in mailbox.subjects("firm-1@example.com"))
    assert undo(made) == []
    assert get_claim(closed.id).is_open
    assert get_claim(closed.id).enterprise_id == double.id

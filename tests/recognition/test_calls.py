"""Calls: made known, extended, closed; applied to within the window only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.queries.titles import get_title_kind
from portal.errors import NotAllowed, Refused
from portal.recognition.actions import calls
from portal.recognition.rules.calls import documents_of, state_on
from portal.recognition.terms.calls import CallState
from tests.browser_client import Browser
from tests.factories import make_officer
from tests.recognition.factories import call_facts, make_call, recogniser

SignIn = Callable[[Person], Browser]
FORM = {
    "title_zh": "示例市2026年新经济示范企业申报",
    "document_no": "示例经合〔2026〕1号",
    "opens_on": "2026-11-22",
    "closes_on": "2026-12-22",
    "guidance_zh": "请在窗口期内申报。",
    "required": "申报书 / Application form\n审计报告",
    "contact_zh": "企业服务科",
    "phone": "028-0000 0001",
}


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 11, 30), CallState.PLANNED),
        (date(2026, 12, 1), CallState.OPEN),
        (date(2026, 12, 31), CallState.OPEN),
        (date(2027, 1, 1), CallState.CLOSED),
    ],
)
def test_both_days_belong_to_the_window(on: date, state: CallState) -> None:
    assert state_on(date(2026, 12, 1), date(2026, 12, 31), on) == state


def test_documents_are_read_one_a_line(app: Flask) -> None:
    with app.test_request_context():
        found = documents_of("申报书 / Form\n\n审计报告", "专利 / Patents")
    assert [(one["name_zh"], one["name_en"], one["required"]) for one in found] == [
        ("申报书", "Form", True),
        ("审计报告", "", True),
        ("专利", "Patents", False),
    ]


def test_an_officer_makes_a_call_known_and_the_public_reads_it(
    app: Flask, someone: SignIn, visitor: Browser
) -> None:
    browser = someone(recogniser())
    board = browser.send(browser.get("/bureau/recognition/calls/new"), **FORM)
    assert board.heading == FORM["title_zh"]
    page = visitor.get(visitor.get("/recognition").link(FORM["title_zh"]))
    for words in ("2026-11-22至2026-12-22", "审计报告", "示例经合〔2026〕1号", "申报中"):
        assert words in page.text


def test_a_call_that_ends_before_it_begins_comes_back_with_what_was_typed(
    app: Flask, someone: SignIn
) -> None:
    browser = someone(recogniser())
    page = browser.get("/bureau/recognition/calls/new")
    page = browser.send(page, status=422, **(FORM | {"closes_on": "2026-11-21"}))
    assert "截止日期不能早于开始日期" in page.text, page.errors
    assert page.form("/bureau/recognition/calls/new").fields["phone"] == ["028-0000 0001"]


def test_only_the_department_in_charge_opens_calls(app: Flask) -> None:
    other = recogniser("science", "meishan-sci")
    with pytest.raises(NotAllowed):
        calls.open_call(other, get_title_kind("demonstration"), call_facts())
    district = recogniser("dongpo", "gov-dongpo", "dongpo")
    with pytest.raises(NotAllowed):
        calls.open_call(district, get_title_kind("demonstration"), call_facts())


def test_there_is_no_call_for_a_title_the_city_only_records(app: Flask) -> None:
    science = recogniser("science", "meishan-sci")
    with pytest.raises(Refused, match="记录"):
        calls.open_call(science, get_title_kind("high_tech"), call_facts())


def test_a_call_is_extended_with_a_reason_the_public_reads(
    app: Flask, someone: SignIn, visitor: Browser
) -> None:
    call = make_call()
    later = (call.closes_on + timedelta(days=7)).isoformat()
    browser = someone(recogniser())
    page = browser.get(f"/bureau/recognition/calls/{call.id}/extend")
    browser.send(page, closes_on=later, words_zh="应多家企业要求延期")
    text = visitor.get(f"/recognition/calls/{call.id}").text
    assert "应多家企业要求延期" in text
    assert later in text


def test_an_extension_lies_after_the_present_last_day(app: Flask) -> None:
    call = make_call()
    with pytest.raises(Refused, match="请填写更晚的日期"):
        calls.extend_call(recogniser(), call, call.version, call.closes_on, ("延期", ""))


def test_a_call_closed_early_takes_applications_to_the_end_of_the_day(app: Flask) -> None:
    call = make_call()
    calls.close_call(recogniser(), call, call.version, ("名额已满", ""))
    assert call.closes_on == clock.today()
    with pytest.raises(Refused):
        calls.close_call(recogniser(), call, 1, ("再次", ""))


def test_an_officer_without_the_right_does_not_see_the_calls(app: Flask, someone: SignIn) -> None:
    reviewer = make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example")
    someone(reviewer).get("/bureau/recognition", 403)

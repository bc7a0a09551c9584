"""An enterprise applies: within the window, once, complete, with the pre-check of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.enterprises.actions import standing
from portal.enterprises.terms.record import Role
from portal.enterprises.terms.standing import Act
from portal.errors import NotAllowed, Refused
from portal.recognition.actions import applications as actions
from portal.recognition.terms.applications import AppState
from tests.browser_client import Browser
from tests.factories import make_member, make_officer, make_person
from tests.files.factories import upload
from tests.recognition.factories import (
    decide,
    make_call,
    make_draft,
    make_firm,
    make_submitted,
    owner_of,
    recogniser,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


def test_an_owner_applies_from_the_public_page_to_the_submission(
    app: Flask, someone: SignIn, mailbox: Mailbox
) -> None:
    call, firm = make_call(), make_firm()
    browser = someone(owner_of())
    page = browser.get(browser.get(f"/recognition/calls/{call.id}").link("申请认定"))
    page = browser.send(page, enterprise=str(firm.id))
    page = browser.send(page, "/save", statement="储能产品已应用于多个场景。")
    page = browser.send(page, "/documents/add", document="document-1", proof=upload(name="书.pdf"))
    assert "书.pdf" in page.text
    page = browser.send(page, "/submit", declared="y")
    assert "MS-SB-2026-0001" in page.text
    assert "预评" in page.text
    assert any("已提交" in subject for subject in mailbox.subjects("firm-1@example.com"))


def test_what_is_missing_is_named_and_nothing_typed_is_lost(app: Flask, someone: SignIn) -> None:
    call, firm = make_call(), make_firm()
    draft = actions.start(owner_of(), call, firm)
    actions.save(owner_of(), draft, draft.version, "说明")
    browser = someone(owner_of())
    page = browser.get(f"/my/recognition/applications/{draft.id}")
    page = browser.send(page, "/submit", status=422, declared="y")
    assert "尚缺以下材料：申报书" in page.text
    assert "说明" in page.text


def test_the_declaration_is_ticked_before_submitting(app: Flask) -> None:
    draft = make_draft(make_call(), make_firm(), owner_of())
    with pytest.raises(Refused, match="承诺"):
        actions.submit(owner_of(), draft, draft.version, declared=False)


def test_outside_the_window_nothing_is_taken(app: Flask, wait: Wait) -> None:
    call = make_call(opens_on=clock.today() + timedelta(days=1))
    firm = make_firm()
    with pytest.raises(Refused, match="2026-11-23起受理"):
        actions.start(owner_of(), call, firm)
    wait(days=31)
    with pytest.raises(Refused, match="已于2026-12-22截止"):
        actions.start(owner_of(), call, firm)


def test_a_draft_is_not_submitted_after_the_window(app: Flask, wait: Wait) -> None:
    draft = make_draft(make_call(), make_firm(), owner_of())
    wait(days=31)
    with pytest.raises(Refused, match="截止"):
        actions.submit(owner_of(), draft, draft.version, declared=True)


def test_an_enterprise_applies_once_and_again_after_withdrawing(app: Flask) -> None:
    call, firm = make_call(), make_firm()
    first = actions.start(owner_of(), call, firm)
    with pytest.raises(Refused, match="已有本次申报的申请"):
        actions.start(owner_of(), call, firm)
    actions.withdraw(owner_of(), first, first.version)
    assert actions.start(owner_of(), call, firm).state == AppState.DRAFT


def test_a_suspended_enterprise_does_not_apply(app: Flask) -> None:
    firm, call = make_firm(), make_call()
    one, two = (make_officer("review_enterprises", mail=f"{n}@s.example") for n in "ab")
    request = standing.ask(one, firm, firm.version, Act.SUSPEND, ground="示例")
    standing.consent(two, request, request.version, urgent=True)
    with pytest.raises(Refused, match="在库企业"):
        actions.start(owner_of(), call, firm)


def test_viewers_and_strangers_do_not_apply(app: Flask, someone: SignIn) -> None:
    firm, call = make_firm(), make_call()
    viewer = make_person("viewer@example.com")
    make_member(firm, viewer, Role.VIEWER)
    with pytest.raises(NotAllowed):
        actions.start(viewer, call, firm)
    draft = actions.start(owner_of(), call, firm)
    someone(make_person("else@example.com")).get(f"/my/recognition/applications/{draft.id}", 404)
    page = someone(viewer).get(f"/my/recognition/applications/{draft.id}")
    assert "提交申请" not in page.text


def test_the_precheck_of_the_day_is_kept_with_the_facts_it_read(app: Flask) -> None:
    application = make_submitted()
    snapshot = application.snapshot
    assert snapshot is not None
    assert snapshot["explanation"]["verdict"] == "undetermined"
    assert snapshot["explanation"]["version"] == "xjj.2023"
    assert snapshot["facts"]["reg_date"]["value"] == "2016-05-04"


def test_a_correction_goes_on_where_it_was_and_lapses_after_its_day(
    app: Flask, wait: Wait, mailbox: Mailbox
) -> None:
    application = make_submitted()
    until = clock.today() + timedelta(days=5)
    decide(application, recogniser(), "return", opinion="请补充审计报告", correct_by=until)
    assert any("退回补正" in one for one in mailbox.subjects("firm-1@example.com"))
    wait(days=5)
    actions.submit(owner_of(), application, application.version, declared=True)
    assert application.state == AppState.REVIEW
    decide(
        application,
        recogniser(),
        "return",
        opinion="再次补正",
        correct_by=clock.today() + timedelta(days=1),
    )
    wait(days=2)
    with pytest.raises(Refused, match="补正期限已过"):
        actions.submit(owner_of(), application, application.version, declared=True)


def test_withdrawing_ends_the_review(app: Flask, someone: SignIn) -> None:
    application = make_submitted()
    browser = someone(owner_of())
    page = browser.get(f"/my/recognition/applications/{application.id}/withdraw")
    page = browser.send(page)
    assert "已撤回" in page.text
    events = {event.act for event in trail_of("recognition_application", application.id)}
    assert "withdraw_application" in events
    browser.get(f"/my/recognition/applications/{application.id}/withdraw", 404)

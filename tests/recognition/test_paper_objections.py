"""An objection on paper: recorded by an officer, sealed as others are, examined by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock, files
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.casework.objections import handle as handle_objection
from portal.casework.objectors import Objector, Paper
from portal.errors import NotAllowed, Refused
from portal.recognition.actions import objections as actions
from portal.recognition.models import RecognitionObjection
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.notices import last_notice_of, objections_to
from portal.recognition.terms.applications import AppState
from portal.recognition.terms.notices import ObjectionResult
from tests.browser_client import Browser
from tests.files.factories import upload
from tests.recognition.factories import make_noticed, recogniser
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]
LETTER = {"name": "李来信", "contact": "示例路1号", "statement": "专利已转让他人"}


def record(app: Flask, actor: Person | None = None, on: date | None = None) -> RecognitionObjection:
    """Record a letter about the first application, as the lead officer by default."""
    actor = actor or recogniser()
    application = get_application(1)
    notice = last_notice_of(application.id)
    assert notice is not None
    who = Objector(LETTER["name"], LETTER["contact"])
    stream, filename = upload(name="来信.pdf")
    with files.receiving(app.config["FILES"], stream, filename, field="proof") as scan:
        paper = Paper(on or clock.today(), scan)
        return actions.record_objection(actor, notice, application, who, LETTER["statement"], paper)


def test_an_officer_records_a_letter_and_another_examines_it(
    app: Flask, someone: SignIn, visitor: Browser, mailbox: Mailbox
) -> None:
    notice, (application, other) = make_noticed(1, 2)
    browser = someone(recogniser())
    page = browser.get(f"/bureau/recognition/applications/{application.id}")
    page = browser.get(page.link("登记纸质异议"))
    page = browser.send(page, **LETTER, proof=upload(name="来信.pdf"))
    assert "由其他经办人核查" in page.text
    assert get_application(application.id).state == AppState.CONTESTED
    assert get_application(other.id).state == AppState.NOTICED
    assert LETTER["name"] not in visitor.get(f"/recognition/notices/{notice.id}").text
    (made,) = objections_to(application.id)
    assert LETTER["name"] not in made.sealed_secret
    page = browser.get(f"/bureau/recognition/objections/{made.id}")
    assert "由您提出或登记" in page.text
    examiner = someone(recogniser("examiner"))
    page = examiner.get(f"/bureau/recognition/objections/{made.id}")
    page = examiner.send(page, "/handle", result="rejected", answer="专利权人仍为该企业")
    assert get_application(application.id).state == AppState.NOTICED
    assert not any("李来信" in one for one in mailbox.subjects("firm-1@example.com"))


def test_the_scan_opens_only_to_whom_the_identity_was_shown(app: Flask, someone: SignIn) -> None:
    make_noticed(1)
    made = record(app)
    (scan,) = files.files_of("recognition_objection", [made.id])
    examiner = someone(recogniser("examiner"))
    examiner.get(f"/files/{scan.name}", 404)
    page = examiner.get(f"/bureau/recognition/objections/{made.id}")
    assert LETTER["name"] not in page.text
    assert "来信.pdf" not in page.text
    page = examiner.send(page, "/reveal")
    assert LETTER["name"] in page.text
    assert "来信.pdf" in page.text
    examiner.ask(f"/files/{scan.name}")
    assert examiner.response.status_code == 200
    events = trail_of("recognition_objection", made.id)
    assert all(LETTER["name"] not in str(event.changes) + event.note for event in events)
    assert events[-1].actor_id == recogniser().id


def test_who_recorded_it_does_not_decide_on_it(app: Flask) -> None:
    make_noticed(1)
    made = record(app)
    with pytest.raises(NotAllowed, match="登记"):
        handle_objection(recogniser(), made, made.version, ObjectionResult.REJECTED, "示例")


def test_an_officer_who_objects_does_not_examine_it(app: Flask) -> None:
    notice, (application,) = make_noticed(1)
    who = Objector("示例", "示例")
    examiner = recogniser("examiner")
    made = actions.object_to(examiner, notice, application, who, "示例")
    with pytest.raises(NotAllowed, match="由您提出"):
        handle_objection(examiner, made, made.version, ObjectionResult.UPHELD, "示例")


@pytest.mark.parametrize(("after", "taken"), [(-1, False), (0, True), (5, True), (6, False)])
def test_a_letter_counts_that_came_in_while_the_notice_ran(
    app: Flask, wait: Wait, after: int, taken: bool
) -> None:
    make_noticed(1)
    day = clock.today() + timedelta(days=after)
    wait(days=10)
    if taken:
        assert record(app, on=day).came_on == day
    else:
        with pytest.raises(Refused, match="2026-11-22至2026-11-27") as refused:
            record(app, on=day)
        assert refused.value.field == "received_on"


def test_a_letter_of_a_day_to_come_is_not_recorded_and_nothing_typed_is_lost(
    app: Flask, someone: SignIn
) -> None:
    _notice, (application,) = make_noticed(1)
    browser = someone(recogniser())
    page = browser.get(f"/bureau/recognition/applications/{application.id}/objection")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    sent = LETTER | {"received_on": tomorrow}
    page = browser.send(page, status=422, **sent, proof=upload())
    assert "尚未到来" in page.text
    assert LETTER["statement"] in page.text
    page = browser.send(page, status=422, **LETTER)
    assert "请选择扫描件" in page.text


def test_only_the_department_in_charge_records_letters(app: Flask) -> None:
    make_noticed(1)
    with pytest.raises(NotAllowed):
        record(app, recogniser("science", "meishan-sci"))

"""A body's reply on paper about an application: recorded, and compared by a second officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock, files
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.casework import Matter, find_case, replies, take
from portal.casework.models import Case
from portal.casework.opinions import ReplyKind
from portal.casework.replies import Paper
from portal.errors import NotAllowed, Refused
from portal.recognition.actions import consultations
from portal.recognition.actions.applications import withdraw
from portal.recognition.models import RecognitionApplication, RecognitionReply
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.reviews import consultations_of, get_reply
from portal.recognition.terms.applications import Step
from tests.browser_client import Browser
from tests.files.factories import upload
from tests.recognition.factories import (
    ask,
    decide,
    make_scored,
    owner_of,
    recogniser,
    record_paper_reply,
)

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


@pytest.fixture
def applied(app: Flask) -> RecognitionApplication:
    """An application about which the market regulator is asked."""
    made = make_scored()
    ask(made, "meishan-market")
    return made


def record(application: RecognitionApplication, ground: str = "") -> RecognitionReply:
    """Record the regulator's letter as the lead officer."""
    return record_paper_reply(consultations_of(application.id)[0], ground)


def waiting(found: RecognitionReply) -> Case | None:
    """Return the case of the second officer."""
    return find_case(Matter.CONSULTATION_PAPER, "recognition_reply", found.id)


def test_a_second_officer_finds_the_record_in_the_worklist_and_compares_it(
    app: Flask, applied: RecognitionApplication, someone: SignIn
) -> None:
    made = record(applied, "有一起投诉待核实")
    own = someone(recogniser())
    page = own.get(own.get("/bureau/worklist?matter=consultation_paper").link("MS-SB-2026-0001"))
    assert "须由另一名工作人员确认" in page.text
    assert "复函.pdf" in page.text
    second = someone(recogniser("second"))
    page = second.get(second.get("/bureau/worklist?matter=consultation_paper").link("MS-SB"))
    assert "示例局长" in page.main
    assert "有一起投诉待核实" in page.main
    page = second.send(page, "/confirm", status=422)
    assert page.errors
    page = second.send(page, "/confirm", agreed="y")
    assert "有意见" in page.main
    assert waiting(made) is None
    assert find_case(Matter.CONSULTATION, "recognition_consultation", 1) is None
    assert "MS-SB" not in second.get("/bureau/worklist?matter=consultation_paper").main
    events = trail_of("recognition_application", applied.id)
    assert any(event.act == "confirm_consultation" for event in events)
    assert all("示例局长" not in str(event.changes) + event.note for event in events)


def test_who_recorded_it_neither_confirms_nor_takes_it(
    app: Flask, applied: RecognitionApplication
) -> None:
    made = record(applied)
    case = waiting(made)
    assert case is not None
    with pytest.raises(NotAllowed, match="由另一名工作人员确认"):
        take(recogniser(), case)
    with pytest.raises(NotAllowed, match="由另一名工作人员确认"):
        replies.confirm(recogniser(), made)
    take(recogniser("second"), case)
    with pytest.raises(Refused, match="已认领"):
        replies.confirm(recogniser("third"), get_reply(made.id))


def test_a_record_that_does_not_agree_is_void_and_the_body_answers_itself(
    app: Flask, applied: RecognitionApplication, someone: SignIn
) -> None:
    made = record(applied)
    second = someone(recogniser("second"))
    page = second.get(f"/bureau/recognition/replies/{made.id}")
    second.send(page, "/reject", status=422)
    page = second.send(page, "/reject", reason="文号不符")
    assert "待答复" in page.main
    assert waiting(made) is None
    assert "文号不符" in second.get(f"/bureau/recognition/replies/{made.id}").main
    body = someone(recogniser("market", "meishan-market"))
    page = body.get(body.get("/bureau/worklist?matter=consultation").link("MS-SB-2026-0001"))
    page = body.send(page, "/reply", reply="no_opinion")
    assert "无意见" in page.main


def test_an_unread_letter_holds_the_proposal_up_also_after_the_day(
    app: Flask, applied: RecognitionApplication, wait: Wait
) -> None:
    made = record(applied)
    wait(days=11)
    application = get_application(applied.id)
    with pytest.raises(Refused, match="纸质答复待另一名工作人员确认"):
        decide(application, recogniser(), Step.PROPOSE, opinion="同意")
    replies.confirm(recogniser("second"), get_reply(made.id))
    decide(get_application(application.id), recogniser(), Step.PROPOSE, opinion="同意")


def test_an_application_withdrawn_leaves_no_letter_to_confirm(
    app: Flask, applied: RecognitionApplication
) -> None:
    made = record(applied)
    withdraw(owner_of(), applied, applied.version)
    assert waiting(made) is None
    with pytest.raises(Refused, match="不再等待"):
        replies.confirm(recogniser("second"), get_reply(made.id))


def test_a_letter_of_a_day_to_come_is_not_recorded(
    app: Flask, applied: RecognitionApplication
) -> None:
    asked = consultations_of(applied.id)[0]
    said = consultations.Said(ReplyKind.NO_OPINION)
    stream, filename = upload(name="复函.pdf")
    tomorrow = clock.today() + timedelta(days=1)
    with files.receiving(app.config["FILES"], stream, filename, field="scan") as scan:
        paper = Paper("示例局长", "局长", tomorrow, "示例函〔2026〕1号", scan)
        with pytest.raises(Refused) as refused:
            consultations.record_reply(recogniser(), asked, said, paper)
    assert refused.value.field == "replied_on"
    assert consultations_of(applied.id)[0].reply is None

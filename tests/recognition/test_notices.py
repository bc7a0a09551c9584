"""The public notice, objections under seal, the decision and the public check of the title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.casework.objections import handle as handle_objection
from portal.casework.objectors import Objector
from portal.casework.queries import letters_about
from portal.classification.actions import standing
from portal.classification.queries.titles import titles_of
from portal.classification.rules.standing import Asked
from portal.classification.terms.standing import Act
from portal.enterprises.actions import standing as record_standing
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.record import Role
from portal.enterprises.terms.standing import Act as Suspend
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.recognition.actions import decisions, objections
from portal.recognition.models import RecognitionApplication, RecognitionNotice
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.notices import objections_to
from portal.recognition.queries.reviews import last_event
from portal.recognition.terms.applications import AppState, Step
from portal.recognition.terms.notices import ObjectionResult
from tests.browser_client import Browser
from tests.factories import make_member, make_officer, make_person
from tests.files.factories import upload
from tests.recognition.factories import (
    decide,
    make_call,
    make_noticed,
    make_scored,
    owner_of,
    recognise,
    recogniser,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


def object_as(person: Person, application: RecognitionApplication, notice: RecognitionNotice):  # type: ignore[no-untyped-def]
    """Raise an objection under a name."""
    who = Objector("王示例", "13900000009")
    return objections.object_to(person, notice, application, who, "专利已失效")


def test_a_notice_shows_contact_days_and_the_enterprises(
    app: Flask, someone: SignIn, visitor: Browser
) -> None:
    call = make_call()
    application = make_scored(1, call)
    decide(application, recogniser(), Step.PROPOSE, opinion="同意推荐")
    browser = someone(recogniser())
    page = browser.get(f"/bureau/recognition/calls/{call.id}")
    page = browser.get(page.link("公示"))
    browser.send(page, document_no="示例公示〔2026〕1号")
    page = visitor.get(visitor.get("/recognition").link("公示：新经济示范企业"))
    for words in ("2026年11月22日至2026年11月27日", "5个工作日", "企业服务科", "示例申报1公司"):
        assert words in page.text


def test_the_last_day_leaves_holidays_out_and_counts_make_up_days(app: Flask) -> None:
    clock.set_clock("2026-09-21T10:00", "Asia/Shanghai")
    notice, _found = make_noticed(1)
    assert notice.ends_on.isoformat() == "2026-09-29"
    assert not notice.provisional


def test_an_objection_stops_only_that_enterprise(
    app: Flask, someone: SignIn, visitor: Browser, mailbox: Mailbox
) -> None:
    notice, (one, other) = make_noticed(1, 2)
    neighbour = make_person("neighbour@example.com")
    browser = someone(neighbour)
    page = browser.get(f"/my/recognition/notices/{notice.id}/object/{one.id}")
    page = browser.send(page, name="王示例", contact="13900000009", statement="专利已失效")
    assert "正在核查" in page.text
    assert get_application(one.id).state == AppState.CONTESTED
    assert get_application(other.id).state == AppState.NOTICED
    public = visitor.get(f"/recognition/notices/{notice.id}").text
    assert "王示例" not in public
    assert any("异议已收到" in one for one in mailbox.subjects("neighbour@example.com"))


def test_who_objects_is_sealed_and_each_showing_is_logged(app: Flask, someone: SignIn) -> None:
    notice, (application,) = make_noticed(1)
    made = object_as(make_person("neighbour@example.com"), application, notice)
    assert "王示例" not in made.sealed_secret
    browser = someone(recogniser("examiner"))
    page = browser.get(f"/bureau/recognition/objections/{made.id}")
    assert "王示例" not in page.text
    page = browser.send(page, "/reveal")
    assert "王示例" in page.text
    events = trail_of("recognition_objection", made.id)
    assert events[0].act == "reveal_objector"
    assert events[0].actor_id == recogniser("examiner").id
    assert all("王示例" not in str(event.changes) + event.note for event in events)


def test_an_objection_that_does_not_hold_lets_the_notice_go_on(
    app: Flask, mailbox: Mailbox
) -> None:
    notice, (application,) = make_noticed(1)
    made = object_as(make_person("neighbour@example.com"), application, notice)
    examiner = recogniser("examiner")
    handle_objection(examiner, made, made.version, ObjectionResult.REJECTED, "专利经核实有效")
    assert get_application(application.id).state == AppState.NOTICED
    assert any("异议不成立" in one for one in mailbox.subjects("neighbour@example.com"))


def test_an_objection_that_holds_ends_the_application(app: Flask, someone: SignIn) -> None:
    notice, (application,) = make_noticed(1)
    made = object_as(make_person("neighbour@example.com"), application, notice)
    browser = someone(recogniser("examiner"))
    page = browser.get(f"/bureau/recognition/objections/{made.id}")
    page = browser.send(page, "/handle", result="upheld", answer="专利已失效，不符合条件")
    assert get_application(application.id).state == AppState.DECLINED
    assert letters_about(application.enterprise_id)[0].outcome == "refuse"


@pytest.mark.parametrize(("days", "taken"), [(5, True), (6, False)])
def test_objections_are_taken_to_the_last_day(
    app: Flask, wait: Wait, days: int, taken: bool
) -> None:
    notice, (application,) = make_noticed(1)
    neighbour = make_person("neighbour@example.com")
    wait(days=days)
    if taken:
        object_as(neighbour, application, notice)
    else:
        with pytest.raises(Refused, match="2026-11-27"):
            object_as(neighbour, application, notice)
    assert len(objections_to(application.id)) == taken


def test_nobody_objects_to_their_own_enterprise(app: Flask) -> None:
    notice, (application,) = make_noticed(1)
    with pytest.raises(NotAllowed):
        object_as(owner_of(1), application, notice)


def test_another_officer_decides_after_the_notice_and_the_title_is_public(
    app: Flask, someone: SignIn, visitor: Browser, wait: Wait, mailbox: Mailbox
) -> None:
    _notice, (application,) = make_noticed(1)
    decider = recogniser("decider")
    wait(days=5)
    with pytest.raises(Refused, match="公示至2026-11-27止"):
        recognise(application, decider)
    wait(days=1)
    browser = someone(decider)
    page = browser.get(f"/bureau/recognition/applications/{application.id}")
    page = browser.get(f"/bureau/recognition/applications/{application.id}/decision")
    page = browser.send(page, verdict="recognise", document_no="示例府函〔2026〕9号")
    assert "示例府函〔2026〕9号" in page.text
    (held,) = titles_of(application.enterprise_id)
    assert held.title.number == "MS-RD-2026-0001"
    assert held.title.valid_until == held.title.granted_on.replace(year=2029) - timedelta(days=1)
    page = visitor.get("/titles/check/MS-RD-2026-0001")
    assert "有效" in page.text
    assert "示例申报1公司" in page.text
    assert any("已认定为" in one for one in mailbox.subjects("firm-1@example.com"))


def test_reviewers_scorers_and_publishers_do_not_decide(app: Flask, wait: Wait) -> None:
    _notice, (application,) = make_noticed(1)
    wait(days=6)
    for name in ("lead", "second"):
        with pytest.raises(NotAllowed):
            recognise(application, recogniser(name))


def test_a_suspended_enterprise_is_not_recognised(app: Flask, someone: SignIn, wait: Wait) -> None:
    _notice, (application,) = make_noticed(1)
    wait(days=6)
    one, two = (make_officer("review_enterprises", mail=f"{n}@s.example") for n in "ab")
    firm = get_enterprise(application.enterprise_id)
    asked = record_standing.ask(one, firm, firm.version, Suspend.SUSPEND, ground="示例")
    record_standing.consent(two, asked, asked.version, urgent=True)
    browser = someone(recogniser("decider"))
    page = browser.get(f"/bureau/recognition/applications/{application.id}/decision")
    sent = {"verdict": "recognise", "document_no": "示例府函〔2026〕9号"}
    page = browser.send(page, status=422, **sent)
    assert "已暂停或不在库" in page.text
    assert sent["document_no"] in page.html
    page = browser.send(page, verdict="refuse", ground="企业已暂停")
    assert get_application(application.id).state == AppState.DECLINED


def test_a_decision_on_what_changed_since_the_page_was_opened_says_what(
    app: Flask, wait: Wait
) -> None:
    notice, (application,) = make_noticed(1)
    seen = last_event()
    made = object_as(make_person("neighbour@example.com"), application, notice)
    examiner = recogniser("examiner")
    handle_objection(examiner, made, made.version, ObjectionResult.REJECTED, "查无此事")
    wait(days=6)
    version = get_application(application.id).version
    said = decisions.Decided("示例府函〔2026〕9号", clock.today(), version, seen)
    with pytest.raises(ChangedSinceOpened) as refused:
        decisions.recognise(recogniser("decider"), application, said)
    assert refused.value.changes == ("收到异议", "异议办结，继续公示")


def test_an_officer_who_belongs_to_the_enterprise_does_not_decide(app: Flask, wait: Wait) -> None:
    _notice, (application,) = make_noticed(1)
    insider = recogniser("insider")
    make_member(get_enterprise(application.enterprise_id), insider, Role.EDITOR)
    wait(days=6)
    with pytest.raises(NotAllowed, match="由其他工作人员"):
        recognise(application, insider)


def test_nothing_is_decided_while_an_objection_is_open(app: Flask, wait: Wait) -> None:
    notice, (application,) = make_noticed(1)
    object_as(make_person("neighbour@example.com"), application, notice)
    wait(days=6)
    with pytest.raises(Refused, match="异议"):
        recognise(application, recogniser("decider"))


def test_a_number_nobody_holds_is_said_to_be_unknown(app: Flask, visitor: Browser) -> None:
    page = visitor.get("/titles/check?number=MS-RD-2026-9999")
    assert "本市未认定该编号的称号" in page.text
    visitor.get("/titles/check/MS-RD-2026-9999", 404)


def test_the_check_page_shows_a_revoked_title_as_such(
    app: Flask, visitor: Browser, wait: Wait
) -> None:
    _notice, (application,) = make_noticed(1)
    wait(days=6)
    recognise(application, recogniser("decider"))
    title = get_application(application.id).title
    assert title is not None
    asked = Asked(str(Act.REVOKE), clock.today(), "以虚假材料取得认定")
    request = standing.ask(recogniser(), title, title.version, asked)
    standing.consent(recogniser("second"), request, request.version)
    assert "已撤销" in visitor.get(f"/titles/check/{title.number}").text


@pytest.mark.parametrize(("count", "status"), [(3, 200), (4, 422)])
def test_an_objection_comes_with_up_to_three_files(
    app: Flask, someone: SignIn, visitor: Browser, count: int, status: int
) -> None:
    notice, _found = make_noticed(1)
    browser = someone(make_person("neighbour@example.com"))
    page = browser.get(visitor.get(f"/recognition/notices/{notice.id}").link("提出异议"))
    sent = {"name": "王示例", "contact": "13900000009", "statement": "专利已失效"}
    proofs = [upload(name=f"证明{number}.pdf") for number in range(count)]
    page = browser.send(page, status=status, **sent, proof=proofs)
    if status == 422:
        assert page.errors == ["最多选择3个文件"]
        assert "专利已失效" in page.text
        return
    page = someone(recogniser("second")).get("/bureau/recognition/objections/1")
    for number in range(count):
        assert f"证明{number}.pdf" in page.main

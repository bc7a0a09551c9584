"""The review: district first, then scores, opinions of bodies, and the proposal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.casework.opinions import ReplyKind
from portal.casework.queries import find_case, letters_about
from portal.casework.scoring import summary
from portal.enterprises.actions import registration
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.record import Role
from portal.enterprises.terms.record import Step as Profile
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.recognition.actions import consultations, reviews, scores
from portal.recognition.actions.applications import withdraw
from portal.recognition.actions.reviews import lapse_missed
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.reviews import consultations_of, last_event, scores_of
from portal.recognition.queries.scores import counted_scores
from portal.recognition.rules.reviews import check_enough_scores
from portal.recognition.terms.applications import AppState, Step
from tests.browser_client import Browser
from tests.factories import make_member
from tests.files.factories import upload
from tests.recognition.factories import (
    ANSWERS,
    ask,
    decide,
    give_score,
    make_call,
    make_scored,
    make_submitted,
    owner_of,
    recogniser,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]
PAPER = {
    "reply": "no_opinion",
    "signer_name": "示例局长",
    "signer_post": "局长",
    "replied_on": "2026-11-22",
    "reference": "示例税函〔2026〕8号",
}


@pytest.fixture
def local(app: Flask) -> Person:
    """The officer of the district, so that applications begin with the first review."""
    return recogniser("dongpo", "gov-dongpo", "dongpo")


def test_the_district_reviews_first_and_passes_on(local: Person, someone: SignIn) -> None:
    application = make_submitted()
    assert application.state == AppState.FIRST_REVIEW
    with pytest.raises(NotAllowed):
        decide(application, recogniser(), Step.PASS_ON)
    browser = someone(local)
    page = browser.get(browser.get("/bureau/worklist").link("MS-SB-2026-0001"))
    page = browser.send(page, "/decide", decision="pass_on", opinion="情况属实")
    assert "评审" in page.text
    with pytest.raises(NotAllowed):
        give_score_by(local, get_application(application.id))


def give_score_by(actor: Person, application: RecognitionApplication) -> None:
    scores.score(actor, application, application.version, ANSWERS, "")


def test_without_an_officer_in_the_district_the_department_begins(app: Flask) -> None:
    assert make_submitted().state == AppState.REVIEW


def test_officers_of_another_district_see_nothing(app: Flask, someone: SignIn) -> None:
    application = make_submitted()
    other = recogniser("renshou", "gov-renshou", "renshou")
    someone(other).get(f"/bureau/recognition/applications/{application.id}", 403)


def test_an_officer_scores_on_the_sheet_of_the_rule_version(app: Flask, someone: SignIn) -> None:
    application = make_submitted()
    browser = someone(recogniser())
    page = browser.get(f"/bureau/recognition/applications/{application.id}")
    assert "新技术、新产业、新业态、新模式特征明显" in page.text
    page = browser.send(page, "/score", **{"xjj.c2": "unmet", "remarks": "特征不明显"})
    assert "1人中0人认为达到" in page.text
    page = browser.send(page, "/score", **{"xjj.c2": "met"})
    assert "1人中1人认为达到" in page.text
    assert len(scores_of(application.id)) == 1


@pytest.mark.parametrize(("given", "refused"), [(0, True), (1, True), (2, False), (3, False)])
def test_as_many_scores_as_the_call_asks_for(app: Flask, given: int, refused: bool) -> None:
    if refused:
        with app.test_request_context(), pytest.raises(Refused):
            check_enough_scores(given, 2)
    else:
        check_enough_scores(given, 2)


def test_scores_add_up_to_means_and_counts() -> None:
    sheet = [{"id": "a", "kind": "points", "max": 10}, {"id": "b", "kind": "verdict"}]
    answers = [{"a": 7, "b": "met"}, {"a": 8, "b": "unmet"}, {"a": 8}]
    found = summary(sheet, answers)
    assert str(found["a"]) == "7.7"
    assert found["b"] == (1, 2)


def test_who_declares_a_conflict_decides_nothing_and_their_score_counts_no_longer(
    app: Flask, someone: SignIn
) -> None:
    application = make_scored()
    browser = someone(recogniser("second"))
    page = browser.get(f"/bureau/recognition/applications/{application.id}")
    page = browser.send(page, "/conflict", conflict="与企业负责人有亲属关系")
    assert "有利害关系，不计入" in page.text
    assert [one.reviewer_id for one in counted_scores(application.id)] == [recogniser().id]
    with pytest.raises(NotAllowed, match="利害关系"):
        give_score(application, "second")
    with pytest.raises(NotAllowed, match="利害关系"):
        decide(application, recogniser("second"), Step.PROPOSE, opinion="同意")


def test_without_enough_scores_nothing_is_proposed(app: Flask) -> None:
    application = make_submitted()
    give_score(application, "lead")
    with pytest.raises(Refused, match="须有2名经办人评分，目前1名"):
        decide(application, recogniser(), Step.PROPOSE, opinion="同意")


def test_bodies_answer_in_the_portal_and_on_paper_then_it_is_proposed(
    app: Flask, someone: SignIn, mailbox: Mailbox
) -> None:
    market = recogniser("market", "meishan-market")
    application = make_scored()
    browser = someone(recogniser())
    page = browser.get(f"/bureau/recognition/applications/{application.id}")
    page = browser.send(page, "/decide", decision="ask_bodies")
    assert "市市场监管局" in page.text
    assert any("提出意见" in one for one in mailbox.subjects("market@recognise.example"))
    answer = someone(market)
    page = answer.get(answer.get("/bureau/worklist").link("MS-SB-2026-0001"))
    page = answer.send(page, "/reply", reply="opinion", status=422)
    assert "请说明理由" in page.text
    answer.send(page, "/reply", reply="opinion", ground="2025年有一起行政处罚，已整改")
    with pytest.raises(Refused, match="市税务局"):
        decide(get_application(application.id), recogniser(), Step.PROPOSE, opinion="同意")
    page = browser.get(f"/bureau/recognition/applications/{application.id}")
    page = browser.get(browser.get(page.link("市税务局")).link("登记纸质答复"))
    page = browser.send(page, scan=upload(name="复函.pdf"), **PAPER)
    assert "示例税函〔2026〕8号" in page.text
    with pytest.raises(Refused, match="纸质答复待另一名工作人员确认：市税务局"):
        decide(get_application(application.id), recogniser(), Step.PROPOSE, opinion="同意")
    second = someone(recogniser("second"))
    page = second.get(second.get("/bureau/worklist?matter=consultation_paper").link("MS-SB"))
    second.send(page, "/confirm", agreed="y")
    page = browser.get(f"/bureau/recognition/applications/{application.id}")
    page = browser.send(page, "/decide", decision="propose", opinion="同意推荐")
    assert get_application(application.id).state == AppState.PROPOSED


def test_only_the_body_itself_answers_for_it(app: Flask) -> None:
    application = make_scored()
    ask(application, "meishan-market")
    asked = consultations_of(application.id)[0]
    with pytest.raises(NotAllowed):
        consultations.reply(recogniser(), asked, consultations.Said(ReplyKind.NO_OPINION))


def test_a_body_that_does_not_answer_holds_nothing_up_after_its_day(app: Flask, wait: Wait) -> None:
    application = make_scored()
    ask(application, "meishan-market", due_on=clock.today() + timedelta(days=3))
    wait(days=3)
    with pytest.raises(Refused):
        decide(application, recogniser(), Step.PROPOSE, opinion="同意")
    wait(days=1)
    decide(application, recogniser(), Step.PROPOSE, opinion="同意")
    assert find_case("consultation", "recognition_consultation", 1) is None


def test_a_decision_on_what_changed_meanwhile_says_what_changed(app: Flask) -> None:
    application = make_scored()
    from_market = recogniser("market", "meishan-market")
    ask(application, "meishan-market")
    seen = last_event()
    asked = consultations_of(application.id)[0]
    consultations.reply(from_market, asked, consultations.Said(ReplyKind.NO_OPINION))
    with pytest.raises(ChangedSinceOpened, match="收到意见") as refused:
        decide(application, recogniser(), Step.PROPOSE, opinion="同意", seen=seen)
    assert refused.value.changes == ("收到意见",)


def test_withdrawing_ends_what_was_asked_of_bodies_and_who_belongs_does_not_score(
    app: Flask,
) -> None:
    application = make_scored()
    ask(application, "meishan-market")
    insider = recogniser("insider")
    make_member(get_enterprise(application.enterprise_id), insider, Role.VIEWER)
    with pytest.raises(NotAllowed, match="由其他工作人员"):
        give_score(application, "insider")
    withdraw(owner_of(), application, application.version)
    assert find_case("consultation", "recognition_consultation", 1) is None
    assert find_case("recognition", "recognition_application", application.id) is None


def test_a_decision_on_a_record_changed_meanwhile_names_the_field(app: Flask) -> None:
    application = make_submitted()
    seen, firm = last_event(), get_enterprise(application.enterprise_id)
    profile = {"products": "储能柜", "introduction": "示例", "website": "https://new.example.com/"}
    registration.save_step(owner_of(), firm, Profile.PROFILE, profile, firm.version)
    with pytest.raises(ChangedSinceOpened, match="企业登记信息：主营产品、企业简介、网址"):
        decide(application, recogniser(), Step.DECLINE, opinion="不符合", seen=seen)


def test_an_application_not_corrected_in_time_lapses_in_the_night(
    app: Flask, wait: Wait, mailbox: Mailbox
) -> None:
    application = make_submitted()
    until = clock.today() + timedelta(days=3)
    decide(application, recogniser(), Step.RETURN, opinion="请补正", correct_by=until)
    assert [letter.outcome for letter in letters_about(application.enterprise_id)][:1] == ["return"]
    wait(days=3)
    assert lapse_missed() == 0
    wait(days=1)
    assert lapse_missed() == 1
    assert get_application(application.id).state == AppState.LAPSED
    assert any("已失效" in one for one in mailbox.subjects("firm-1@example.com"))


def test_returning_needs_words_and_a_day_to_come(app: Flask) -> None:
    application = make_submitted()
    with pytest.raises(Refused) as refused:
        decide(application, recogniser(), Step.RETURN, opinion="请补正", correct_by=clock.today())
    assert refused.value.field == "correct_by"
    with pytest.raises(Refused) as refused:
        decide(application, recogniser(), Step.DECLINE)
    assert refused.value.field == "opinion"


def test_declining_ends_it_with_a_letter(app: Flask, someone: SignIn) -> None:
    application = make_submitted()
    decide(application, recogniser(), Step.DECLINE, opinion="不符合申报条件（五）")
    page = someone(owner_of()).get(f"/my/recognition/applications/{application.id}")
    assert "不符合申报条件（五）" in page.text
    assert letters_about(application.enterprise_id)[0].outcome == "refuse"


def test_a_step_that_is_not_open_is_refused(app: Flask) -> None:
    application = make_submitted(make_call())
    with pytest.raises(Refused):
        decide(application, recogniser(), Step.PASS_ON)
    assert reviews.case_of(application).stage == "review"

"""Replies on paper and late ones, reminders, and how opinions are settled and told."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from docx import Document
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.casework import Matter, find_case
from portal.casework.opinions import ReplyKind
from portal.casework.replies import confirm, reject
from portal.database import transaction
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.lists.actions import replies
from portal.lists.actions.freezing import enter_cosign
from portal.lists.actions.opinions import remind, remind_of_opinions
from portal.lists.actions.steps import step_back
from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.opinions import get_body
from portal.lists.terms.editions import EditionState
from portal.lists.terms.steps import Settled
from tests.browser_client import Browser
from tests.factories import make_officer
from tests.files.factories import upload
from tests.lists.factories import LEADS, make_curator, review_all
from tests.lists.step_factories import (
    ASKED,
    TITLES,
    answer,
    ask,
    make_asked_officer,
    make_curating,
    paper_reply,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]
NONE = replies.Said(ReplyKind.NO_OPINION)


@pytest.fixture
def release() -> Release:
    """A list in selection that asks for opinions and no notice."""
    return make_curating(notice_days=0)


def test_every_opinion_is_settled_with_a_reason_by_somebody_else(
    app: Flask, release: Release, someone: SignIn
) -> None:
    found = ask(release, [ASKED[0]])
    answer(found.bodies[0], overall="建议补充供需对接方式。")
    review_all(release)
    with pytest.raises(Refused, match="待处理意见1条"):
        enter_cosign(make_curator(), release, release.version)
    browser = someone(make_curator())
    page = browser.get(browser.get(f"/bureau/editions/releases/{release.id}/opinions").link("处理"))
    page = browser.send(page, status=422, result="not_accepted")
    page = browser.send(page, result="not_accepted", reason="对接方式已在平台统一公布。")
    assert "未采纳" in page.text
    release = get_release(release.id)
    enter_cosign(make_curator(), release, release.version)
    assert get_release(release.id).state == EditionState.COSIGN


def test_who_gave_an_opinion_does_not_settle_it(release: Release) -> None:
    body = ask(release, [ASKED[0]]).bodies[0]
    both = make_officer(Right.CURATE_LISTS, mail="both@portal.example", department=ASKED[0])
    replies.reply(both, body, replies.Said(ReplyKind.OPINION, "示例意见"))
    opinion = get_body(body.id).replies[0].opinions[0]
    with pytest.raises(NotAllowed):
        replies.settle(both, opinion, opinion.version, Settled.ACCEPTED, "示例")
    replies.settle(make_curator(), opinion, opinion.version, Settled.ACCEPTED, "照改")
    with pytest.raises(ChangedSinceOpened):
        replies.settle(make_curator(), opinion, opinion.version, Settled.PARTLY, "再改")


def test_a_reply_on_paper_counts_once_a_second_officer_confirms_it(
    app: Flask, release: Release, someone: SignIn
) -> None:
    body = ask(release, [], ["示例行业协会"]).bodies[0]
    recorder = someone(make_curator())
    page = recorder.get(f"/bureau/editions/opinions/{body.id}/paper")
    paper = {
        "reply": "opinion",
        "ground": "建议增加本行业条目。",
        "signer_name": "示例会长",
        "signer_post": "会长",
        "replied_on": clock.today().isoformat(),
    }
    page = recorder.send(page, status=422, **paper)
    assert "建议增加本行业条目" in page.html
    page = recorder.send(page, **paper, scan=[upload(name="复函.pdf")])
    assert "待确认" in page.text
    assert "待另一名工作人员确认" in page.text
    own = recorder.get(page.link("待确认"))
    assert "须由另一名工作人员确认" in own.text
    second = someone(make_curator("second"))
    worklist = second.get("/bureau/worklist?matter=list_opinion_paper")
    assert "示例行业协会" in worklist.main
    page = second.get(worklist.link("事项"))
    assert page.path == own.path
    assert "示例会长" in page.text
    page = second.send(page, "/confirm", agreed="y")
    assert "有意见" in page.text
    assert "待处理意见1条" in page.text
    assert "示例行业协会" not in second.get("/bureau/worklist?matter=list_opinion_paper").main


def test_a_record_that_does_not_agree_is_void_and_the_body_is_awaited_again(
    release: Release,
) -> None:
    body = ask(release, [], ["示例行业协会"]).bodies[0]
    said = replies.Said(ReplyKind.NO_OPINION)
    with paper_reply() as paper, transaction():
        made = replies.record_paper_reply(make_curator(), body, said, paper)
    with pytest.raises(NotAllowed):
        confirm(make_curator(), made)
    reject(make_curator("second"), made, "日期不符")
    assert get_body(body.id).reply is None
    with paper_reply() as paper, transaction():
        replies.record_paper_reply(make_curator(), body, said, paper)


def test_where_nobody_else_curates_for_the_recorders_body_the_other_lead_body_confirms(
    app: Flask, release: Release, someone: SignIn
) -> None:
    body = ask(release, [], ["示例行业协会"]).bodies[0]
    other = someone(make_curator("other", LEADS[1]))
    with paper_reply() as paper, transaction():
        made = replies.record_paper_reply(make_curator(), body, NONE, paper)
    own = someone(make_curator()).get("/bureau/worklist?matter=list_opinion_paper")
    assert "示例行业协会" not in own.main
    page = other.get(other.get("/bureau/worklist?matter=list_opinion_paper").link("事项"))
    other.send(page, "/confirm", agreed="y")
    assert find_case(Matter.LIST_OPINION_PAPER, "body_reply", made.id) is None


def test_a_round_broken_off_leaves_no_letter_to_confirm(release: Release) -> None:
    body = ask(release, [], ["示例行业协会"]).bodies[0]
    with paper_reply() as paper, transaction():
        made = replies.record_paper_reply(make_curator(), body, NONE, paper)
    step_back(make_curator(), release, release.version, "重新征求意见")
    assert find_case(Matter.LIST_OPINION_PAPER, "body_reply", made.id) is None


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True), (1, False)])
def test_a_paper_is_of_a_day_between_the_question_and_today(
    release: Release, days: int, taken: bool
) -> None:
    body = ask(release, [], ["示例行业协会"]).bodies[0]
    said = replies.Said(ReplyKind.NO_OPINION)
    dated = clock.today() + timedelta(days=days)
    expected = transaction() if taken else pytest.raises(Refused)
    with expected, paper_reply(replied_on=dated) as paper:
        replies.record_paper_reply(make_curator(), body, said, paper)
    assert (get_body(body.id).reply is not None) == taken


def test_a_late_reply_is_marked_and_settled_before_the_signing(
    release: Release, wait: Wait
) -> None:
    body = ask(release, [ASKED[0]]).bodies[0]
    wait(days=6)
    step_back(make_curator(), release, release.version, "期限已过")
    answer(get_body(body.id), overall="补充意见：请核对面积。")
    reply = get_body(body.id).reply
    assert reply is not None
    assert reply.is_late
    review_all(release)
    with pytest.raises(Refused, match="待处理意见1条"):
        enter_cosign(make_curator(), release, release.version)


def test_bodies_are_reminded_before_the_day_after_it_and_by_hand_once_a_day(
    release: Release, wait: Wait, mailbox: Mailbox
) -> None:
    make_asked_officer()
    ask(release, [ASKED[0]], ["示例行业协会"])
    assert remind_of_opinions() == 0
    assert remind(make_curator(), release) == 1
    assert remind(make_curator(), release) == 0
    subjects = mailbox.subjects("answers-meishan-sci@portal.example")
    assert sum("提醒" in one for one in subjects) == 1
    wait(days=6)
    assert remind_of_opinions() == 1
    assert remind_of_opinions() == 0


def test_two_working_days_before_the_end_a_body_is_reminded_by_itself(
    release: Release, wait: Wait
) -> None:
    make_asked_officer()
    ask(release, [ASKED[0]])  # until Friday the 27th
    wait(days=2)
    assert remind_of_opinions() == 0
    wait(days=1)
    assert remind_of_opinions() == 1
    wait(days=1)
    assert remind_of_opinions() == 0


def test_papers_and_the_review_sheet_say_what_was_asked_and_answered(
    app: Flask, release: Release, someone: SignIn
) -> None:
    found = ask(release, [ASKED[0]], ["示例行业协会"])
    answer(found.bodies[0], by_entry={release.entries[0].id: "请核对面积。"})
    opinion = get_body(found.bodies[0].id).replies[0].opinions[0]
    replies.settle(make_curator(), opinion, opinion.version, Settled.ACCEPTED, "已核对并更正")
    browser = someone(make_curator())
    for room in ("review-sheet", "proof"):
        page = browser.get(f"/bureau/editions/releases/{release.id}/{room}")
        for words in ("市科技局", "请核对面积", "采纳", "已核对并更正", "未答复"):
            assert words in page.text, (room, words)
    answered = browser.ask(f"/bureau/editions/releases/{release.id}/documents/draft")
    text = docx_text(answered.get_data())
    for words in ("共2家单位意见", "采纳1条", "征求意见及采纳情况表", "已核对并更正"):
        assert words in text
    letter = browser.ask(f"/bureau/editions/opinions/{found.bodies[1].id}/letter")
    text = docx_text(letter.get_data())
    for words in ("示例行业协会：", "2026年11月27日前", found.content_code, TITLES[0], "□无意见"):
        assert words in text


def docx_text(body: bytes) -> str:
    """Return what a paper says, paragraphs and tables."""
    paper = Document(io.BytesIO(body))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)

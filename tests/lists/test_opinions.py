"""Other bodies are asked for their opinion, and every opinion is settled before the signing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.casework.opinions import ReplyKind
from portal.casework.queries import find_case
from portal.casework.terms import Matter
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.lists.actions import replies
from portal.lists.actions.curation import reconsider
from portal.lists.actions.editions import describe_release
from portal.lists.actions.freezing import enter_cosign
from portal.lists.actions.steps import step_back
from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.opinions import get_body, last_round
from portal.lists.terms.editions import EditionState
from tests.browser_client import Browser
from tests.factories import make_officer
from tests.lists.factories import LEADS, make_curator, review_all
from tests.lists.step_factories import (
    ASKED,
    TITLES,
    agree,
    answer,
    ask,
    make_asked_officer,
    make_curating,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


@pytest.fixture
def release() -> Release:
    """A list in selection that asks for opinions and no notice."""
    return make_curating(notice_days=0)


def test_a_list_that_asks_for_opinions_is_not_signed_without_them(release: Release) -> None:
    review_all(release)
    with pytest.raises(Refused, match="请先征求意见"):
        enter_cosign(make_curator(), release, release.version)
    agree(ask(release))
    enter_cosign(make_curator(), release, release.version)
    assert release.state == EditionState.COSIGN


def test_curators_ask_departments_and_bodies_by_name(
    app: Flask, release: Release, someone: SignIn, mailbox: Mailbox
) -> None:
    officer = make_asked_officer()
    browser = someone(make_curator())
    page = browser.get(browser.get(f"/bureau/editions/releases/{release.id}").link("发起征求意见"))
    page = browser.send(
        page, bodies=[ASKED[0]], others="示例行业协会\n示例高校", words="请于会签前研提意见。"
    )
    for words in ("市科技局", "示例行业协会", "示例高校", "待答复"):
        assert words in page.text
    assert get_release(release.id).state == EditionState.CONSULTING
    assert any(
        "清单征求意见" in one for one in mailbox.subjects("answers-meishan-sci@portal.example")
    )
    assert "清单征求意见" in someone(officer).get("/bureau/worklist").text


def test_the_asked_body_reads_the_very_draft_and_answers_by_entry(
    app: Flask, release: Release, someone: SignIn
) -> None:
    body = ask(release).bodies[0]
    officer = someone(make_asked_officer())
    page = officer.get(f"/bureau/editions/opinions/{body.id}")
    assert all(title in page.text for title in TITLES)
    entry = release.entries[0]
    sent = {"reply": "opinion", f"entry_{entry.id}": "规模与我局台账不一致，建议核实。"}
    page = officer.send(page, "/reply", status=422, reply="opinion")
    assert "请写明意见和理由" in page.text
    page = officer.send(page, "/reply", **sent)
    assert "规模与我局台账不一致" in page.text
    assert find_case(Matter.LIST_OPINION, "consulted_body", body.id) is None
    room = someone(make_curator()).get(f"/bureau/editions/releases/{release.id}/opinions")
    assert "有意见" in room.text


def test_nobody_else_is_shown_the_draft(
    app: Flask, release: Release, someone: SignIn, visitor: Browser
) -> None:
    body = ask(release).bodies[0]
    for slug, status in ((ASKED[1], 403), ("meishan-commerce", 403), (ASKED[0], 200)):
        someone(make_asked_officer(slug)).get(f"/bureau/editions/opinions/{body.id}", status)
    overseer = make_officer(Right.AUDIT, mail="auditor@portal.example")
    someone(overseer).get(f"/bureau/editions/opinions/{body.id}")
    assert TITLES[0] not in visitor.get("/notices").text


def test_only_the_body_answers_and_only_once(release: Release) -> None:
    body = ask(release).bodies[0]
    said = replies.Said(ReplyKind.NO_OPINION)
    for actor in (make_curator(), make_asked_officer(ASKED[1])):
        with pytest.raises(NotAllowed):
            replies.reply(actor, body, said)
    replies.reply(make_asked_officer(), body, said)
    with pytest.raises(ChangedSinceOpened):
        replies.reply(make_asked_officer(), body, said)


@pytest.mark.parametrize(("days", "goes_on"), [(5, False), (6, True)])
def test_silence_counts_after_the_last_day_only(
    release: Release, wait: Wait, days: int, goes_on: bool
) -> None:
    found = ask(release)
    assert found.due_on - clock.today() == timedelta(days=5)
    review_all(release)
    wait(days=days)
    if goes_on:
        enter_cosign(make_curator(), release, release.version)
    else:
        with pytest.raises(Refused, match="仍在等待答复"):
            enter_cosign(make_curator(), release, release.version)


def test_back_to_the_selection_keeps_a_complete_round_and_breaks_off_any_other(
    release: Release,
) -> None:
    found = ask(release)
    answer(found.bodies[0])
    step_back(make_curator(), release, release.version, "先改标题")
    first = last_round(release)
    assert first is not None
    assert first.stop_reason == "先改标题"
    with pytest.raises(NotAllowed):  # the draft of a round broken off is nobody's business any more
        answer(get_body(found.bodies[1].id))
    agree(ask(release))
    step_back(make_curator(), release, release.version, "按意见修改")
    kept = last_round(release)
    assert kept is not None
    assert kept.stop_reason == ""
    review_all(release)
    enter_cosign(make_curator(), release, release.version)


def test_nothing_is_decided_while_bodies_read_the_list(release: Release) -> None:
    ask(release)
    entry = release.entries[0]
    with pytest.raises(Refused, match="退回遴选"):
        reconsider(make_curator(), entry, entry.version, "示例")
    describe_release(make_curator(), release, release.version, "示例〔2026〕9号", None)


def test_what_changed_since_the_bodies_read_it_is_said(
    app: Flask, release: Release, someone: SignIn
) -> None:
    agree(ask(release))
    step_back(make_curator(), release, release.version, "按意见修改")
    entry = release.entries[1]
    reconsider(make_curator(), entry, entry.version, "按意见删除")
    page = someone(make_curator()).get(f"/bureau/editions/releases/{release.id}/opinions")
    assert "清单与征求意见稿已有差异" in page.text
    assert f"删除 {TITLES[1]}" in page.text


def test_an_entry_outside_the_draft_cannot_be_objected_to(release: Release) -> None:
    body = ask(release, [ASKED[0]]).bodies[0]
    with pytest.raises(Refused, match="没有该条目"):
        answer(body, by_entry={99999: "示例"})


def test_lead_bodies_sign_and_are_not_among_those_asked(
    app: Flask, release: Release, someone: SignIn
) -> None:
    page = someone(make_curator()).get(f"/bureau/editions/releases/{release.id}/opinions/ask")
    assert f'value="{LEADS[0]}"' not in page.html
    assert f'value="{ASKED[0]}"' in page.html


def test_a_list_that_asks_for_no_opinions_puts_nobody_before_it(app: Flask) -> None:
    release = make_curating(opinions=False, notice_days=0)
    with pytest.raises(Refused, match="未设征求意见"):
        ask(release)
    review_all(release)
    enter_cosign(make_curator(), release, release.version)

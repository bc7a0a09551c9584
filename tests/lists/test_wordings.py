"""The public wording beside the wording sent in: proposed, consented to, objected to, decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.curation import reconsider
from portal.lists.actions.entries import save_entry, submit_entry
from portal.lists.actions.wordings import (
    answer_wording,
    decide_wording,
    drop_wording,
    propose_wording,
)
from portal.lists.models import Entry, EntryWording, Release
from portal.lists.queries.content import present_content
from portal.lists.queries.entries import get_entry
from portal.lists.queries.wordings import sent_wording, wordings_of
from portal.lists.rules.wordings import pieces
from portal.lists.terms.entries import Decision
from portal.messages.models import InboxMessage, Message
from tests.browser_client import Browser
from tests.lists.factories import (
    decide,
    make_accepted,
    make_call,
    make_curator,
    make_sender,
    start_signing,
)


@pytest.fixture
def call() -> Release:
    return make_call()


@pytest.fixture
def entry(call: Release) -> Entry:
    return make_accepted(call, title="全市最优储能场景")


def propose(entry: Entry, **texts: Any) -> EntryWording:
    """Propose texts in place of some of those sent in, as the curator."""
    worded = sent_wording(entry) | (texts or {"title": "公交场站储能场景"})
    return propose_wording(make_curator(), entry, entry.version, worded, "不用“最优”")


def public_title(release: Release) -> str:
    return str(present_content(release)["entries"][0]["title_zh"])


def after_the_day(wording: EntryWording, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the day for an answer pass."""
    later = clock.now() + timedelta(days=30)
    assert later.date() > wording.answer_by
    monkeypatch.setattr(clock, "now", lambda: later)


def test_until_consent_the_wording_sent_in_is_public(call: Release, entry: Entry) -> None:
    wording = propose(entry, title="公交场站储能场景", details_need="14座场站开放储能。")
    assert public_title(call) == "全市最优储能场景"
    answer_wording(make_sender(), entry, wording, wording.version)
    shown = present_content(call)["entries"][0]
    assert shown["title_zh"] == "公交场站储能场景"
    assert shown["details"][0]["value"] == "14座场站开放储能。"
    assert entry.title == "全市最优储能场景"  # what was sent in is kept as it was


def test_the_submitter_is_asked_by_mail_and_in_the_inbox(entry: Entry) -> None:
    propose(entry)
    mails = db.session.scalars(select(Message.template).where(Message.template == "entry_wording"))
    letters = db.session.scalars(
        select(InboxMessage).where(InboxMessage.template == "entry_wording")
    )
    assert len(mails.all()) == 1
    assert [letter.person_id for letter in letters] == [make_sender().id]


def test_after_an_objection_the_curator_decides_with_ground(call: Release, entry: Entry) -> None:
    wording = propose(entry)
    with pytest.raises(Refused, match="报送单位可在"):
        decide_wording(make_curator(), entry, wording, wording.version, "避免绝对化用语")
    answer_wording(make_sender(), entry, wording, wording.version, "申报时已核实")
    assert public_title(call) == "全市最优储能场景"
    with pytest.raises(Refused, match="请填写理由"):
        decide_wording(make_curator(), entry, wording, wording.version, " ")
    decide_wording(make_curator(), entry, wording, wording.version, "避免绝对化用语")
    assert public_title(call) == "公交场站储能场景"


def test_without_an_answer_the_curator_decides_after_the_day(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    wording = propose(entry)
    after_the_day(wording, monkeypatch)
    decide_wording(make_curator(), entry, wording, wording.version, "逾期未答复")
    assert wording.state == "decided"


def test_nothing_is_fixed_for_signing_while_a_wording_is_open(call: Release, entry: Entry) -> None:
    wording = propose(entry)
    with pytest.raises(Refused, match="公开文本尚未确定：全市最优储能场景"):
        start_signing(call)
    drop_wording(make_curator(), entry, wording, wording.version)
    start_signing(call)
    assert "全市最优储能场景" in str(call.content)


def test_a_wording_consented_to_gives_way_to_the_next_and_does_not_come_back(
    call: Release, entry: Entry
) -> None:
    first = propose(entry)
    answer_wording(make_sender(), entry, first, first.version)
    second = propose(entry, title="场站储能")
    assert public_title(call) == "公交场站储能场景", "consent to the first is none to the second"
    with pytest.raises(Refused, match="公开文本尚未确定"):
        start_signing(call)
    answer_wording(make_sender(), entry, second, second.version)
    assert public_title(call) == "场站储能"
    assert first.state == "replaced"
    drop_wording(make_curator(), entry, second, second.version)
    assert public_title(call) == "全市最优储能场景", "given up, what was sent in is public again"


def test_a_new_proposal_takes_the_place_of_an_open_one(entry: Entry) -> None:
    first = propose(entry)
    propose(entry, title="场站储能")
    assert [one.state for one in wordings_of(entry)] == ["proposed", "dropped"]
    with pytest.raises(ChangedSinceOpened):
        answer_wording(make_sender(), entry, first, first.version)


def test_a_wording_falls_away_when_another_text_is_sent_in(call: Release, entry: Entry) -> None:
    wording = propose(entry)
    answer_wording(make_sender(), entry, wording, wording.version)
    reconsider(make_curator(), entry, entry.version, "需补正")
    decide(entry, Decision.RETURN, reasons={"title": "请改标题"})
    save_entry(make_sender(), entry, {"title": "场站储能（修订）"}, entry.version)
    submit_entry(make_sender(), entry, entry.version)
    decide(entry)
    assert public_title(call) == "场站储能（修订）"


def test_what_is_proposed_must_differ_fit_and_have_a_title(entry: Entry) -> None:
    with pytest.raises(Refused, match="没有差别"):
        propose(entry, title=entry.title)
    for title in ("", "长" * 121):
        with pytest.raises(Refused):
            propose(entry, title=title)


def test_only_the_submitter_answers_and_never_who_proposed(entry: Entry) -> None:
    wording = propose(entry)
    with pytest.raises(NotAllowed):
        answer_wording(make_curator("second-curator"), entry, wording, wording.version)


def test_the_difference_is_shown_by_character() -> None:
    assert pieces("全市最优场景", "全市示范场景") == [
        ("same", "全市"),
        ("gone", "最优"),
        ("new", "示范"),
        ("same", "场景"),
    ]
    assert pieces("", "新") == [("new", "新")]


def test_both_sides_on_their_pages(app: Flask, entry: Entry) -> None:
    curator = Browser(app).sign_in(make_curator())
    page = curator.get(f"/bureau/editions/entries/{entry.id}/wording")
    page = curator.send(page, "/propose", 422, title="")
    assert any("标题" in said for said in page.errors)
    page = curator.send(page, "/propose", title="公交场站储能场景", note="不用“最优”")
    assert "待报送单位同意" in page.main
    wording = wordings_of(get_entry(entry.id))[0]
    sender = Browser(app).sign_in(make_sender())
    path = f"/my/entries/{entry.id}/wordings/{wording.id}"
    assert sender.get(f"/my/entries/{entry.id}").link("查看公开表述并答复") == path
    page = sender.send(sender.get(path), "/answer", 422, answer="object")
    assert "请填写不同意的理由" in page.errors
    sender.send(page, "/answer", answer="object", objection="已核实")
    page = curator.get(f"/bureau/editions/entries/{entry.id}/wording")
    assert "已核实" in page.main
    page = curator.send(page, "/decide", act="decide", ground="避免绝对化用语")
    assert "由遴选单位决定" in page.main
    assert "避免绝对化用语" in sender.get(path).main

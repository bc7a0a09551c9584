"""Merging entries into one that remains, splitting one, and undoing either until the signing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.terms import Right
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.ties import merge_entries, split_entry, undo_tie
from portal.lists.models import Entry, Release
from portal.lists.queries.entries import accepted_entries, get_entry
from portal.lists.queries.ties import ties_of
from portal.lists.terms.entries import EntryState
from portal.messages.models import InboxMessage
from tests.browser_client import Browser
from tests.lists.factories import (
    decide,
    make_accepted,
    make_call,
    make_curator,
    make_entry,
    make_sender,
    officer,
    start_signing,
)


@pytest.fixture
def call() -> Release:
    return make_call()


def merge(kept: Entry, *ended: Entry, reason: str = "同一项目") -> None:
    merge_entries(make_curator(), kept, kept.version, ended, reason)


def split(entry: Entry, *titles: str) -> list[Entry]:
    return split_entry(make_curator(), entry, entry.version, titles, "两个项目")


def told(person_id: int) -> list[str]:
    found = db.session.scalars(select(InboxMessage).where(InboxMessage.person_id == person_id))
    return [letter.values["event"] for letter in found if letter.template == "entry_tied"]


def test_the_merged_end_with_a_link_to_the_one_that_remains(call: Release) -> None:
    other = officer("other-sender", Right.CURATE_LISTS, "meishan-sci")
    kept, ended = make_accepted(call, title="甲"), make_entry(call, title="乙", actor=other)
    merge(kept, ended)
    assert (kept.state, ended.state) == (EntryState.ACCEPTED, EntryState.MERGED)
    assert ties_of(ended)[0].kept_id == kept.id
    assert told(other.id) == ["merged"]
    assert told(make_sender().id) == ["kept"]


def test_a_merge_is_undone_until_the_content_is_fixed(call: Release) -> None:
    kept, ended = make_accepted(call, title="甲"), make_accepted(call, title="乙")
    merge(kept, ended)
    undo_tie(make_curator(), ended, ended.version)
    assert [entry.title for entry in accepted_entries(call)] == ["甲", "乙"]
    assert ties_of(ended) == []
    merge(kept, ended)
    start_signing(call)
    with pytest.raises(Refused):
        undo_tie(make_curator(), ended, ended.version)


def test_a_merge_needs_a_reason_other_entries_and_live_ones(call: Release) -> None:
    kept, ended = make_accepted(call, title="甲"), make_entry(call, title="乙")
    for refused in (
        lambda: merge(kept, ended, reason=" "),
        lambda: merge(kept),
        lambda: merge(kept, kept),
    ):
        with pytest.raises(Refused):
            refused()
    merge(kept, ended)
    with pytest.raises(Refused, match="不在此列"):
        merge(kept, ended)


def test_who_sent_one_of_them_in_merges_nothing(call: Release) -> None:
    own = make_curator("own-curator")
    kept, ended = make_accepted(call, title="甲"), make_entry(call, title="乙", actor=own)
    with pytest.raises(NotAllowed):
        merge_entries(own, kept, kept.version, [ended], "同一项目")
    assert ended.state == EntryState.SUBMITTED


def test_the_parts_of_a_split_wait_for_selection(call: Release) -> None:
    whole = make_accepted(call, title="储能与充电")
    parts = split(whole, "储能", "充电", " ")
    assert whole.state == EntryState.SPLIT
    assert [(part.title, part.state) for part in parts] == [
        ("储能", EntryState.SUBMITTED),
        ("充电", EntryState.SUBMITTED),
    ]
    assert parts[0].details == whole.details
    assert parts[0].summary == whole.summary
    assert ties_of(parts[0])[0].ended_id == whole.id
    assert told(make_sender().id) == ["split"]


def test_undoing_a_split_withdraws_its_parts(call: Release) -> None:
    whole = make_accepted(call, title="储能与充电")
    parts = split(whole, "储能", "充电")
    decide(parts[0])
    undo_tie(make_curator(), whole, whole.version)
    assert [part.state for part in parts] == [EntryState.WITHDRAWN] * 2
    assert [entry.title for entry in accepted_entries(call)] == ["储能与充电"]


def test_a_part_that_was_merged_keeps_the_split(call: Release) -> None:
    whole, other = make_accepted(call, title="储能与充电"), make_accepted(call, title="充电桩")
    parts = split(whole, "储能", "充电")
    merge(other, parts[1])
    with pytest.raises(Refused, match="请先撤销：充电"):
        undo_tie(make_curator(), whole, whole.version)
    assert parts[0].state == EntryState.SUBMITTED


@pytest.mark.parametrize("titles", [("只有一个",), ("同名", "同名"), tuple("一二三四五六七八九十")])
def test_a_split_needs_two_to_nine_titles(call: Release, titles: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="2至9行"):
        split(make_accepted(call), *titles)


def test_curators_merge_and_undo_on_the_page(app: Flask, call: Release) -> None:
    kept, ended = make_accepted(call, title="甲场景"), make_entry(call, title="乙场景")
    browser = Browser(app).sign_in(make_curator())
    page = browser.get(f"/bureau/editions/entries/{kept.id}/ties")
    page = browser.send(page, "/merge", 422)
    assert "请选择并入本条目的条目" in page.errors
    page = browser.send(page, "/merge", entries=str(ended.id), merge_reason="同一项目")
    assert "乙场景" in page.main
    page = browser.get(f"/bureau/editions/entries/{ended.id}/ties")
    page = browser.send(page, "/undo")
    assert get_entry(ended.id).state == EntryState.SUBMITTED

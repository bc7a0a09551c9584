"""The board: filters, pages, scores, order within a field, one decision on many entries."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.errors import NotAllowed, Refused
from portal.lists.actions.bulk import decide_many
from portal.lists.actions.curation import gather_sections, move_entry, order_entries
from portal.lists.actions.scores import declare_conflict, score_entry
from portal.lists.models import Entry, Release
from portal.lists.queries.board import Wanted, board_page, count_chosen
from portal.lists.queries.entries import accepted_entries
from portal.lists.queries.scores import spreads
from portal.lists.queries.waiting import count_waiting_entries
from portal.lists.rules.ordering import within
from portal.lists.terms.entries import Decision, EntryState
from portal.taxonomy.queries import find_term, terms
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.lists.factories import make_accepted, make_call, make_curator, make_entry, make_sender
from tests.page import selected
from tests.statements import counted_statements

POINTS = {"need": 24, "novelty": 20, "conditions": 20, "openness": 10}


@pytest.fixture
def call() -> Release:
    return make_call()


@pytest.fixture
def curator(app: Flask) -> Browser:
    return Browser(app).sign_in(make_curator())


def board(release: Release, query: str = "") -> str:
    return f"/bureau/editions/releases/{release.id}{query}"


def titles(release: Release) -> list[str]:
    return [entry.title for entry in accepted_entries(release)]


def in_two_fields(release: Release) -> list[Entry]:
    """Accept 甲, 乙, 丙, 丁, of which 乙 and 丁 belong to another field."""
    first, second = terms(Scheme.FIELD)[:2]
    return [
        make_accepted(release, title=title, field=second if title in "乙丁" else first)
        for title in "甲乙丙丁"
    ]


def test_entries_are_filtered_by_what_they_are(call: Release) -> None:
    make_entry(call, title="东坡")
    make_entry(call, title="仁寿", district=find_term(Scheme.DISTRICT, "renshou"))
    make_accepted(call, title="攻关", subtype="challenge")

    def found(**wanted: str) -> set[str]:
        return {entry.title for entry in board_page(call, Wanted(**wanted), 0)}

    assert found() == {"东坡", "仁寿", "攻关"}
    assert found(district="renshou") == {"仁寿"}
    assert found(subtype="challenge") == {"攻关"}
    assert found(state="accepted") == {"攻关"}
    assert found(publisher="city") == {"东坡", "仁寿", "攻关"}
    assert found(publisher="enterprise") == set()
    assert found(field="no-such-field") == set()
    assert count_chosen(call, Wanted(state="submitted")) == 2


def test_the_filters_stand_above_the_table(curator: Browser, call: Release) -> None:
    make_entry(call, title="东坡场景")
    make_entry(call, title="仁寿场景", district=find_term(Scheme.DISTRICT, "renshou"))
    page = curator.get(board(call, "?district=renshou"))
    assert "仁寿场景" in page.main
    assert "东坡场景" not in page.main
    assert "没有符合条件的条目" in curator.get(board(call, "?zone=none")).main


def test_a_place_in_the_chain_narrows_the_board_and_stays_in_the_address(
    curator: Browser, call: Release
) -> None:
    battery, wafer = (find_term(Scheme.NODE, slug) for slug in ("storage-battery", "wafer"))
    assert battery is not None
    assert battery.parent is not None
    first = make_accepted(call, title="储能柜外壳配套", node=battery)
    second = make_accepted(call, title="储能电芯检测", node=battery)
    make_accepted(call, title="硅片断线检测", node=wafer)
    assert f"{battery.parent.name_zh} · {battery.name_zh}" in curator.get(board(call)).main
    page = curator.get(board(call, "?state=accepted&node=storage-battery"))
    assert "储能柜外壳配套" in page.main
    assert "硅片断线检测" not in page.main
    assert selected(page.one("select", id="filter-node")) == "storage-battery"
    curator.send(page, "/order-entries", up=str(second.id))
    assert "node=storage-battery" in curator.response.request.full_path
    assert titles(call).index(second.title) < titles(call).index(first.title)
    assert "没有符合条件的条目" in curator.get(board(call, "?node=no-such-node")).main


def test_the_board_asks_as_much_of_many_entries_as_of_few(curator: Browser, call: Release) -> None:
    make_entry(call)
    curator.get(board(call))
    with counted_statements() as few:
        curator.get(board(call))
    for number in range(12):
        entry = make_accepted(call, title=f"场景{number}")
        score_entry(make_curator(), entry, entry.version, POINTS, "")
    with counted_statements() as many:
        assert "场景11" in curator.get(board(call)).main
    assert len(many) == len(few)


def test_the_mean_of_the_scores_and_their_spread_are_shown(curator: Browser, call: Release) -> None:
    entry = make_entry(call)
    page = curator.get(f"/bureau/editions/entries/{entry.id}")
    page = curator.send(page, "/score", 422, **POINTS | {"need": "31"})
    assert page.errors == ["请填写0至30分"]
    page = curator.send(page, "/score", **POINTS | {"remarks": "需求真实"})
    assert "需求真实" in page.main
    second = make_curator("second-curator")
    score_entry(second, entry, entry.version, POINTS | {"need": 29}, "")
    assert spreads([entry.id])[entry.id] == (2, pytest.approx(76.5), 74, 79)
    assert "76.5" in curator.get(board(call)).main
    assert "74～79" in curator.get(f"/bureau/editions/entries/{entry.id}").main


def test_who_declares_a_conflict_decides_nothing_and_counts_no_more(call: Release) -> None:
    entry = make_entry(call)
    actor = make_curator()
    score_entry(actor, entry, entry.version, POINTS, "")
    assert count_waiting_entries(actor) == 1
    with pytest.raises(Refused):
        declare_conflict(actor, entry, " ")
    declare_conflict(actor, entry, "曾任该项目顾问")
    assert spreads([entry.id]) == {}
    assert count_waiting_entries(actor) == 0
    with pytest.raises(NotAllowed, match="有利害关系"):
        score_entry(actor, entry, entry.version, POINTS, "")


def test_who_sent_an_entry_in_gives_it_no_score(call: Release) -> None:
    own = make_curator("own-curator")
    entry = make_entry(call, actor=own)
    with pytest.raises(NotAllowed):
        score_entry(own, entry, entry.version, POINTS, "")


def test_moving_within_a_field_leaves_the_other_fields_in_place(call: Release) -> None:
    entries = in_two_fields(call)
    second = terms(Scheme.FIELD)[1].slug
    move_entry(make_curator(), call, call.version, entries[3].id, -1, second)
    assert titles(call) == ["甲", "丁", "丙", "乙"]
    order_entries(make_curator(), call, call.version, {entries[1].id: 1}, second)
    assert titles(call) == ["甲", "乙", "丙", "丁"]
    move_entry(make_curator(), call, call.version, entries[3].id, -1)
    assert titles(call) == ["甲", "乙", "丁", "丙"]


def test_the_entries_of_each_field_are_gathered(call: Release) -> None:
    in_two_fields(call)
    gather_sections(make_curator(), call, call.version)
    assert titles(call) == ["甲", "丙", "乙", "丁"]


def test_a_section_takes_only_its_own_places() -> None:
    assert within([1, 2, 3, 4], [4, 2]) == [1, 4, 3, 2]
    assert within([1, 2], [2, 1]) == [2, 1]


def test_ordering_comes_back_to_the_filtered_rows(curator: Browser, call: Release) -> None:
    entries = in_two_fields(call)
    second = terms(Scheme.FIELD)[1].slug
    page = curator.get(board(call, f"?state=accepted&field={second}"))
    page = curator.send(page, "/order-entries", up=str(entries[3].id))
    assert titles(call) == ["甲", "丁", "丙", "乙"]
    assert f"field={second}" in curator.response.request.full_path


def test_one_decision_on_many_says_what_was_not_done_and_why(
    curator: Browser, call: Release
) -> None:
    waiting, decided = make_entry(call, title="待定"), make_accepted(call, title="已定")
    own = make_entry(call, actor=make_curator(), title="本人报送")
    page = curator.get(board(call))
    ticks = [f"{one.id}-{one.version}" for one in (waiting, decided, own)]
    page = curator.send(page, "/decide", 422, bulk="decline", entry=ticks)
    assert page.errors == ["请写明不予通过的理由，报送单位可见"]
    page = curator.send(page, "/decide", bulk="decline", words="超出本批次范围", entry=ticks)
    assert "已办理1个条目、2个未办理" in page.main
    assert "您报送" in page.main
    assert [one.state for one in (waiting, decided, own)] == [
        EntryState.NOT_SELECTED,
        EntryState.ACCEPTED,
        EntryState.SUBMITTED,
    ]


def test_a_return_of_many_names_the_item(curator: Browser, call: Release) -> None:
    entry = make_entry(call)
    page = curator.get(board(call))
    tick = f"{entry.id}-{entry.version}"
    page = curator.send(page, "/decide", 422, bulk="return", words="请写明地点", entry=tick)
    assert page.errors == ["请选择需补正的项目"]
    curator.send(page, "/decide", bulk="return", item="summary", words="请写明地点", entry=tick)
    assert entry.state == EntryState.RETURNED


def test_an_entry_changed_meanwhile_is_left_as_it_is(call: Release) -> None:
    entry = make_entry(call)
    done = decide_many(make_curator(), call, {entry.id: entry.version - 1}, Decision.ACCEPT)
    assert done.results[0]["why"]
    assert entry.state == EntryState.SUBMITTED


def test_nothing_ticked_and_too_much_ticked_is_refused(call: Release) -> None:
    for ticked in ({}, dict.fromkeys(range(101), 1)):
        with pytest.raises(Refused):
            decide_many(make_curator(), call, ticked, Decision.ACCEPT)
    with pytest.raises(NotAllowed):
        decide_many(make_sender(), call, {1: 1}, Decision.ACCEPT)

"""Officers' pages: from planning an edition to publishing what both bodies signed."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import accepted_entries
from portal.lists.terms.kinds import Kind
from tests.browser_client import Browser
from tests.factories import make_person
from tests.lists.factories import (
    decide,
    make_accepted,
    make_call,
    make_curator,
    make_draft,
    make_entry,
    make_published_release,
    make_sender,
    make_signed_release,
)
from tests.lists.writing import write
from tests.statements import counted_statements


@pytest.fixture
def curator(app: Flask) -> Browser:
    return Browser(app).sign_in(make_curator())


@pytest.fixture
def call() -> Release:
    return make_call()


def board(release: Release) -> str:
    return f"/bureau/editions/releases/{release.id}"


def test_planning_an_edition_and_opening_its_call(curator: Browser) -> None:
    page = curator.get(curator.get("/bureau/editions").link("建立年度清单"))
    page = curator.send(
        page, "/open", kind="supply", title_zh="示例市2027年度供给清单", title_en="Sample 2027",
        year="2027",
    )  # fmt: skip
    assert page.heading == "示例市2027年度供给清单"
    assert "市经济合作局" in page.main
    page = curator.send(page, "/describe", document_no="示例〔2027〕1号", dated_on="2027-01-05")
    assert "示例〔2027〕1号" in page.main
    page = curator.send(page, "/open-call", closes_on="2027-03-31")
    assert "征集至2027-03-31" in page.main
    assert "示例市2027年度供给清单" in curator.get("/bureau/editions").main


def test_an_edition_that_exists_is_refused_at_the_year(curator: Browser, call: Release) -> None:
    page = curator.get("/bureau/editions/new")
    page = curator.send(
        page, "/open", 422, kind="opportunity", title_zh="又一份", title_en="Another", year="2026"
    )
    assert page.errors == ["2026年度已有该清单"]


def test_deciding_beside_what_was_sent_before(curator: Browser, call: Release) -> None:
    entry = make_entry(call)
    path = f"/bureau/editions/entries/{entry.id}"
    page = curator.get(path)
    page = curator.send(page, "/decide", 422, decision="return")
    assert "请至少写明一项需补正的项目和原因" in page.errors
    page = curator.send(page, "/decide", decision="return", reason_title="请写明地点")
    assert "退回补正" in page.main
    sender = Browser(curator.app).sign_in(make_sender())
    write(sender, f"/my/entries/{entry.id}", "about", title="东坡区公交场站储能")
    sender.send(sender.get(f"/my/entries/{entry.id}/check"), "/submit")
    page = curator.get(path)
    assert "与上次办理时相比有1处变化" in page.main
    assert "公交场站储能应用场景" in page.main
    page = curator.send(page, "/decide", decision="accept")
    assert "入选" in page.main


def test_the_second_officer_is_told_who_decided(app: Flask, call: Release) -> None:
    entry = make_entry(call)
    second = Browser(app).sign_in(make_curator("second-curator", "meishan-eit"))
    page = second.get(f"/bureau/editions/entries/{entry.id}")
    decide(entry)
    page = second.send(page, "/decide", 422, decision="decline", ground="重复")
    assert any("已办理该条目" in said for said in page.errors)


def test_drafts_are_not_shown_to_curators(curator: Browser, call: Release) -> None:
    draft = make_draft(call, title="还没报送的题目")
    curator.get(f"/bureau/editions/entries/{draft.id}", 404)
    assert "还没报送的题目" not in curator.get(board(call)).main


def test_ordering_on_the_board(curator: Browser, call: Release) -> None:
    first, second = make_accepted(call, title="甲"), make_accepted(call, title="乙")
    page = curator.get(board(call))
    page = curator.send(page, "/order-entries", **{f"place_{second.id}": "1"})
    assert page.main.index("乙") < page.main.index("甲")
    page = curator.send(page, "/order-entries", up=str(first.id))
    assert page.main.index("甲") < page.main.index("乙")
    page = curator.send(page, "/order-entries", 422, **{f"place_{second.id}": "一"})
    assert page.errors == ["条目次序应为整数，如3，请核对"]


def test_the_board_filters_by_state(curator: Browser, call: Release) -> None:
    make_accepted(call, title="已经入选的")
    make_entry(call, title="还在等待的")
    page = curator.get(f"{board(call)}?state=submitted")
    assert "还在等待的" in page.main
    assert "已经入选的" not in page.main


def test_signing_too_early_is_refused(curator: Browser, call: Release) -> None:
    make_entry(call)
    page = curator.send(curator.get(board(call)), "/close-call")
    page = curator.send(page, "/start-curating")
    page = curator.send(page, "/enter-cosign", 422)
    assert page.errors == ["须先办理全部条目：待遴选1条，退回补正后未再报送0条"]


def test_the_outcome_of_a_published_entry(curator: Browser) -> None:
    release = make_published_release()
    entry = accepted_entries(release)[0]
    page = curator.get(f"/bureau/editions/entries/{entry.id}")
    page = curator.send(page, "/mark-life", life="matched", outcome="与示例企业签约")
    assert "已对接" in page.main


def test_cancelling_and_planning_the_next_release(curator: Browser, call: Release) -> None:
    page = curator.get(curator.get(board(call)).link("取消该批次"))
    page = curator.send(page, "/cancel", reason="并入下一批")
    page = curator.send(page, "/open-release")
    assert "第2批" in page.main


def test_a_stale_board_is_told(curator: Browser, call: Release) -> None:
    page = curator.get(board(call))
    make_accepted(call)
    page = curator.send(page, "/close-call", 422)
    assert "该批次已有变化" in page.errors[0]


def test_reconsidering_a_decision(curator: Browser, call: Release) -> None:
    entry = make_accepted(call)
    page = curator.get(f"/bureau/editions/entries/{entry.id}")
    page = curator.send(page, "/reconsider", reason="与另一条重复")
    assert "待遴选" in page.main


def test_officers_of_other_bodies_see_but_do_not_act(app: Flask, call: Release) -> None:
    entry = make_entry(call)
    sender = Browser(app).sign_in(make_sender())
    page = sender.get(board(call))
    assert "截止征集" not in page.main
    version = str(get_release(call.id).version)
    sender.post(f"{board(call)}/close-call", {"version": version}, 403)
    sender.post(
        f"/bureau/editions/entries/{entry.id}/decide",
        {"version": str(entry.version), "decision": "accept"},
        403,
    )


def test_members_see_nothing_of_the_editing(app: Flask, call: Release) -> None:
    member = Browser(app).sign_in(make_person())
    member.get("/bureau/editions", 403)
    member.get(board(call), 403)


def test_pages_in_english(app: Flask, curator: Browser) -> None:
    release = make_signed_release(Kind.CASE)
    entry = accepted_entries(release)[0]
    curator.client.set_cookie("language", "en")
    for path in ("", "/publication", "/reopening"):
        curator.get(board(release) + path)
    curator.get(f"/bureau/editions/entries/{entry.id}")


@pytest.mark.parametrize("many", [12])
def test_statements_do_not_grow_with_entries(curator: Browser, call: Release, many: int) -> None:
    make_accepted(call)
    paths = [board(call), f"{board(call)}?state=accepted"]
    for path in paths:
        curator.get(path)
    with counted_statements() as few:
        for path in paths:
            curator.get(path)
    for number in range(many):
        make_accepted(call, title=f"第{number}条")
    with counted_statements() as more:
        for path in paths:
            curator.get(path)
    assert len(more) == len(few)

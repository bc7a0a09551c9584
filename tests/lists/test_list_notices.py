"""A list stands on public notice for working days before it is signed; objections hold it up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.errors import ChangedSinceOpened, Refused
from portal.lists.actions import notices
from portal.lists.actions.calls import close_call, start_curating
from portal.lists.actions.curation import decide, reconsider
from portal.lists.actions.freezing import enter_cosign
from portal.lists.actions.publication import publish as release_it
from portal.lists.actions.steps import set_asks, step_back
from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.notices import get_notice
from portal.lists.queries.steps import present_draft
from portal.lists.rules.steps import Asks
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import Decision
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import (
    let_go_on,
    make_accepted,
    make_call,
    make_curator,
    review_all,
    sign_all,
)
from tests.lists.step_factories import (
    TITLES,
    agree,
    ask,
    make_curating,
    make_noticed,
    make_objection,
    publish,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


def go_on(release: Release) -> None:
    """Fill in the review sheet and fix the content."""
    release = get_release(release.id)
    review_all(release)
    enter_cosign(make_curator(), release, release.version)


def test_a_curator_puts_the_list_on_notice_and_everybody_reads_it_there(
    app: Flask, someone: SignIn, visitor: Browser, mailbox: Mailbox
) -> None:
    release = make_curating(opinions=False)
    browser = someone(make_curator())
    page = browser.get(browser.get(f"/bureau/editions/releases/{release.id}").link("发布公示"))
    page = browser.send(page, document_no="示例公示〔2026〕5号")
    page = visitor.get(visitor.get("/notices").link("公示："))
    for words in ("2026年11月22日至2026年11月27日", "5个工作日", "示例路1号", *TITLES, "异议范围"):
        assert words in page.text
    assert "MS-JH" not in page.text
    assert any("已列入公示" in one for one in mailbox.subjects("sender@portal.example"))


def test_the_opinions_come_before_the_notice(app: Flask) -> None:
    release = make_curating()
    with pytest.raises(Refused, match="征求其他单位意见"):
        publish(release)
    found = ask(release)
    with pytest.raises(Refused, match="仍在等待答复"):
        publish(release)
    agree(found)
    publish(release)
    assert release.state == EditionState.NOTICED


@pytest.mark.parametrize(("days", "goes_on"), [(5, False), (6, True)])
def test_the_signing_begins_the_day_after_the_last_one(
    app: Flask, wait: Wait, days: int, goes_on: bool
) -> None:
    release, _notice = make_noticed()
    wait(days=days)
    if goes_on:
        go_on(release)
        assert get_release(release.id).state == EditionState.COSIGN
    else:
        with pytest.raises(Refused, match="公示至2026-11-27止"):
            go_on(release)


def test_a_list_that_asks_for_a_notice_is_not_signed_without_it(app: Flask) -> None:
    release = make_curating(opinions=False)
    with pytest.raises(Refused, match="尚未公示"):
        go_on(release)


def test_a_notice_is_not_shorter_than_the_list_asks_for(app: Flask) -> None:
    release = make_curating(opinions=False, notice_days=7)
    with pytest.raises(Refused, match="不得少于7个工作日"):
        publish(release, 6)
    assert publish(release, 7).ends_on.isoformat() == "2026-12-01"


def test_a_notice_is_extended_while_it_runs_with_the_reason_on_its_page(
    app: Flask, someone: SignIn, visitor: Browser, wait: Wait
) -> None:
    release, notice = make_noticed()
    browser = someone(make_curator())
    page = browser.get(f"/bureau/editions/notices/{notice.id}/extend")
    page = browser.send(page, status=422, days="2")
    browser.send(page, days="2", reason="收到集中咨询")
    page = visitor.get(f"/notices/{notice.id}")
    for words in ("2026年12月1日", "7个工作日", "收到集中咨询", "由2026-11-27延长至2026-12-01"):
        assert words in page.text
    wait(days=9)
    with pytest.raises(Refused, match="公示至2026-12-01止"):
        go_on(release)
    wait(days=1)
    found = get_notice(notice.id)
    with pytest.raises(Refused, match="公示期内"):
        notices.extend_notice(make_curator(), found, found.version, 1, "示例")


def test_a_stopped_notice_says_why_shows_nothing_more_and_does_not_count(
    app: Flask, someone: SignIn, visitor: Browser, wait: Wait
) -> None:
    release, notice = make_noticed()
    browser = someone(make_curator())
    page = browser.get(f"/bureau/editions/releases/{release.id}/step-back")
    browser.send(page, reason="条目信息需要核实")
    page = visitor.get(f"/notices/{notice.id}")
    assert "条目信息需要核实" in page.text
    assert TITLES[0] not in page.text
    wait(days=6)
    with pytest.raises(Refused, match="尚未公示"):
        go_on(release)
    with pytest.raises(Refused, match="公示已停止"):
        make_objection(get_notice(notice.id))


def test_going_back_after_the_end_leaves_the_notice_standing(app: Flask, wait: Wait) -> None:
    release, _notice = make_noticed()
    wait(days=6)
    step_back(make_curator(), release, release.version, "核对文号")
    go_on(release)


def test_what_is_changed_needs_a_new_notice_or_a_ground(
    app: Flask, someone: SignIn, wait: Wait
) -> None:
    release, notice = make_noticed()
    wait(days=6)
    step_back(make_curator(), release, release.version, "删除一条")
    entry = release.entries[1]
    reconsider(make_curator(), entry, entry.version, "发布主体要求撤回")
    decide(
        make_curator(), entry, entry.version, Decision.DECLINE, reasons={}, ground="主体要求撤回"
    )
    with pytest.raises(Refused, match="内容与公示的不一致"):
        go_on(release)
    browser = someone(make_curator())
    room = browser.get(f"/bureau/editions/releases/{release.id}/notice")
    assert f"删除 {TITLES[1]}" in room.text
    page = browser.get(room.link("登记不重新公示的理由"))
    page = browser.send(page, status=422)
    browser.send(page, ground="仅删除一条，不涉及其他条目。")
    sheet = browser.get(f"/bureau/editions/releases/{release.id}/review-sheet")
    assert "仅删除一条，不涉及其他条目" in sheet.text
    go_on(release)
    assert get_notice(notice.id).kept_ground


def test_a_ground_holds_for_one_content_only(app: Flask, wait: Wait) -> None:
    release, notice = make_noticed()
    code = present_draft(release).code
    with pytest.raises(Refused, match="无需登记理由"):
        notices.keep_notice(make_curator(), notice, notice.version, code, "示例")
    wait(days=6)
    step_back(make_curator(), release, release.version, "调整")
    first, second = release.entries
    for entry in (first, second):
        reconsider(make_curator(), entry, entry.version, "调整")
    decide(make_curator(), second, second.version, Decision.ACCEPT, reasons={}, ground="")
    decide(make_curator(), first, first.version, Decision.DECLINE, reasons={}, ground="示例")
    notice = get_notice(notice.id)
    now = present_draft(get_release(release.id)).code
    with pytest.raises(ChangedSinceOpened):
        notices.keep_notice(make_curator(), notice, notice.version, code, "示例")
    notices.keep_notice(make_curator(), notice, notice.version, now, "示例")
    reconsider(make_curator(), second, second.version, "再调整")
    decide(make_curator(), second, second.version, Decision.DECLINE, reasons={}, ground="示例")
    reconsider(make_curator(), first, first.version, "再调整")
    decide(make_curator(), first, first.version, Decision.ACCEPT, reasons={}, ground="")
    with pytest.raises(Refused, match="内容与公示的不一致"):
        go_on(release)


def test_the_notice_of_a_released_list_shows_titles_and_leads_to_it(
    app: Flask, visitor: Browser, wait: Wait
) -> None:
    release, notice = make_noticed()
    wait(days=6)
    go_on(release)
    release = get_release(release.id)
    sign_all(release)
    let_go_on(release)
    release_it(make_curator(), get_release(release.id), get_release(release.id).version)
    page = visitor.get(f"/notices/{notice.id}")
    assert TITLES[0] in page.text
    assert "14座公交场站开放储能应用" not in page.text
    assert page.link("2026年度").endswith("/lists/2026/opportunity")


def test_a_publisher_without_name_stays_hidden_on_the_notice(app: Flask, visitor: Browser) -> None:
    owner = make_person("owner@example.com")
    enterprise = make_active(owner, make_officer("review_enterprises"), name="示例匿名发布企业")
    release = make_call()
    make_accepted(release, actor=owner, enterprise=enterprise, subtype="challenge", anonymous=True)
    curator = make_curator()
    set_asks(curator, release, release.version, Asks(False, 5))
    close_call(curator, release, release.version)
    start_curating(curator, release, release.version)
    notice = publish(release)
    page = visitor.get(f"/notices/{notice.id}")
    assert "匿名发布" in page.text
    assert "示例匿名发布企业" not in page.html
    assert enterprise.uscc not in page.html

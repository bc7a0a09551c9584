"""The ledger of outcomes: every published entry ends in one, and a list goes on when each has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace

import pytest
from flask import Flask

from portal import clock
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions import life as actions
from portal.lists.actions.editions import archive
from portal.lists.actions.errata import propose_correction
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish, publish_due, schedule
from portal.lists.actions.waivers import ask_waiver, consent_to_waiver
from portal.lists.models import Entry, EntryOutcome, Release
from portal.lists.queries.ledger import find_asked, outcomes_of
from portal.lists.report_card import collect
from portal.lists.rules.ledger import check_all_ended, check_outcome
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import Life
from portal.lists.terms.errata import ErratumKind
from portal.lists.terms.kinds import Kind
from portal.lists.terms.ledger import NotedAs, Purpose
from tests.browser_client import Browser
from tests.lists.factories import (
    entry_values,
    let_go_on,
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    make_sender,
    make_signed_release,
    sign_all,
    start_signing,
)
from tests.worker import Mailbox

Wait = Callable[..., None]
WORDS = "与示例企业签约"


@pytest.fixture
def release(app: Flask) -> Release:
    return make_published_release()


def only(release: Release) -> Entry:
    return release.entries[0]


def end(entry: Entry, life: Life = Life.FULFILLED) -> None:
    actions.mark_life(make_curator(), entry, entry.version, life, "已建成")


@pytest.mark.parametrize(
    ("who", "life", "words"),
    [
        (NotedAs.PUBLISHER, Life.CONTINUED, WORDS),
        (NotedAs.PUBLISHER, Life.OPEN, ""),
        (NotedAs.CURATOR, Life.WITHDRAWN, WORDS),
        (NotedAs.CURATOR, Life.EXPIRED, ""),
        (NotedAs.CURATOR, Life.MATCHED, " "),
    ],
)
def test_a_step_nobody_may_note_so_is_refused(who: NotedAs, life: Life, words: str) -> None:
    with pytest.raises(Refused):
        check_outcome(who, Life.OPEN, life, words, None)


@pytest.mark.parametrize(
    ("amount", "good"),
    [("0", True), ("100000000", True), ("-0.01", False), ("100000000.01", False)],
)
def test_an_amount_lies_between_its_bounds(amount: str, good: bool) -> None:
    def check() -> None:
        check_outcome(NotedAs.PUBLISHER, Life.OPEN, Life.MATCHED, WORDS, Decimal(amount))

    if good:
        check()
    else:
        with pytest.raises(Refused):
            check()


def test_a_list_goes_on_when_nothing_is_open_or_two_officers_say_so() -> None:
    check_all_ended(0, is_waived=False)
    check_all_ended(3, is_waived=True)
    with pytest.raises(Refused, match="3个已发布条目"):
        check_all_ended(3, is_waived=False)


def test_the_publisher_and_the_bureau_note_steps_and_each_stays(release: Release) -> None:
    entry = only(release)
    actions.report_life(make_sender(), entry, entry.version, Life.IN_TALKS, "")
    actions.mark_life(make_curator(), entry, entry.version, Life.MATCHED, WORDS, Decimal(1200))
    steps = [(step.life, step.noted_as, step.amount) for step in outcomes_of(entry.id)]
    assert steps == [("in_talks", "publisher", None), ("matched", "curator", Decimal(1200))]
    assert (entry.life, entry.outcome) == (Life.MATCHED, WORDS)
    with pytest.raises(NotAllowed):
        actions.report_life(make_curator(), entry, entry.version, Life.CLOSED, "结束")


def test_an_entry_past_its_closing_date_ends_by_itself_once(release: Release, wait: Wait) -> None:
    entry = only(release)
    assert entry.closes_on == date(2026, 12, 31)
    wait(days=(entry.closes_on - clock.today()).days)
    actions.tend_ledger()
    assert entry.life == Life.OPEN  # its last day still counts
    wait(days=1)
    actions.tend_ledger()
    actions.tend_ledger()
    assert [step.noted_as for step in outcomes_of(entry.id)] == ["portal"]
    assert entry.life == Life.EXPIRED


def test_an_entry_in_talks_does_not_end_by_its_date(release: Release, wait: Wait) -> None:
    entry = only(release)
    actions.report_life(make_sender(), entry, entry.version, Life.IN_TALKS, "")
    wait(days=60)
    actions.tend_ledger()
    assert entry.life == Life.IN_TALKS


def test_a_corrected_closing_date_opens_an_expired_entry_again(
    release: Release, wait: Wait
) -> None:
    entry = only(release)
    wait(days=60)
    actions.tend_ledger()
    values = entry_values(title=entry.title, closes_on=clock.today() + timedelta(days=30))
    erratum = propose_correction(
        make_curator(), entry, entry.version, ErratumKind.CORRECTION, "日期有误", values
    )
    issue(make_curator("second"), erratum, erratum.version)
    assert entry.life == Life.OPEN


def test_the_publisher_is_asked_once_a_year_whether_it_is_still_open(
    app: Flask, wait: Wait, mailbox: Mailbox
) -> None:
    release = make_call()
    make_accepted(release, standing=True, closes_on=None)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    entry = only(release)
    wait(days=364)
    actions.tend_ledger()
    assert find_asked(entry) is None
    wait(days=1)
    actions.tend_ledger()
    actions.tend_ledger()
    asked = find_asked(entry)
    assert asked is not None
    assert asked.due_on == clock.today() + timedelta(days=30)
    assert mailbox.subjects("sender@portal.example").count("您发布的条目是否仍然有效？") == 1
    actions.confirm_open(make_sender(), entry, entry.version)
    assert find_asked(entry) is None
    with pytest.raises(Refused, match="没有询问"):
        actions.confirm_open(make_sender(), entry, entry.version)
    wait(days=364)
    actions.tend_ledger()
    assert find_asked(entry) is None
    wait(days=2)
    actions.tend_ledger()
    assert find_asked(entry) is not None


def test_the_next_list_waits_until_each_entry_has_its_outcome(release: Release) -> None:
    following = make_signed_release(year=2027)
    with pytest.raises(Refused, match="1个已发布条目尚无结果"):
        publish(make_curator(), following, following.version)
    with pytest.raises(Refused, match="尚无结果"):
        schedule(make_curator(), following, following.version, clock.now() + timedelta(hours=1))
    end(only(release))
    publish(make_curator(), following, following.version)
    assert following.state == EditionState.PUBLISHED


def test_other_lists_the_same_year_and_archived_ones_do_not_hold_it_back(release: Release) -> None:
    for kind in (Kind.SUPPLY, Kind.CASE):
        other = make_signed_release(kind, year=2027)
        publish(make_curator(), other, other.version)
    let_go_on(release, Purpose.ARCHIVE)
    archive(make_curator(), release, release.version)
    following = make_signed_release(year=2027)
    publish(make_curator(), following, following.version)


def test_a_scheduled_list_is_held_back_when_an_entry_lost_its_outcome(
    release: Release, wait: Wait
) -> None:
    end(only(release))
    following = make_signed_release(year=2027)
    schedule(make_curator(), following, following.version, clock.now() + timedelta(hours=1))
    entry = only(release)
    actions.mark_life(make_curator(), entry, entry.version, Life.OPEN, "")
    wait(hours=2)
    assert publish_due() == 0
    assert following.state == EditionState.COSIGN


def test_two_officers_let_a_list_go_on_with_a_reason(release: Release) -> None:
    with pytest.raises(Refused, match="尚无结果"):
        archive(make_curator(), release, release.version)
    with pytest.raises(Refused, match="理由"):
        ask_waiver(make_curator(), release, Purpose.ARCHIVE, " ")
    waiver = ask_waiver(make_curator(), release, Purpose.ARCHIVE, "项目跨年实施")
    with pytest.raises(Refused, match="尚无结果"):
        archive(make_curator(), release, release.version)
    with pytest.raises(NotAllowed, match="第二名经办人"):
        consent_to_waiver(make_curator(), waiver, waiver.version)
    consent_to_waiver(make_curator("second"), waiver, waiver.version)
    archive(make_curator(), release, release.version)
    assert release.state == EditionState.ARCHIVED


def test_nothing_is_waived_where_everything_has_its_outcome(release: Release) -> None:
    end(only(release))
    with pytest.raises(Refused, match="无须豁免"):
        ask_waiver(make_curator(), release, Purpose.ARCHIVE, "理由")


def test_a_report_card_counts_answers_by_the_earliest_and_amounts_of_what_landed() -> None:
    day = datetime(2026, 11, 1, tzinfo=timezone.utc)
    rows = [row(1, "甲", Life.FULFILLED), row(2, "甲", Life.OPEN), row(3, "乙", Life.MATCHED)]
    asked = {
        1: [(day, day + timedelta(days=4)), (day, day + timedelta(days=2)), (day, None)],
        2: [(day, day + timedelta(days=9))],
    }
    first, second = collect(rows, asked, {1: Decimal(300), 2: Decimal(50), 3: Decimal("0.5")})
    assert (first.entries, first.asked, first.answered, first.days_to_answer) == (2, 4, 3, 5.5)
    assert (first.landed, first.under_way, first.amount) == (1, 1, Decimal(300))
    assert (second.matched, second.amount, second.days_to_answer) == (1, Decimal("0.5"), None)


def row(number: int, name: str, life: Life) -> SimpleNamespace:
    return SimpleNamespace(id=number, life=life, snapshot={"publisher": {"name_zh": name}})


def test_the_public_reads_what_became_of_the_list(release: Release, visitor: Browser) -> None:
    end(only(release))
    page = visitor.get("/lists/2026/opportunity/outcomes")
    for words in ("已建成", "1个条目中1个已办结", "市科技局", "成绩单"):
        assert words in page.main
    assert "已建成" in visitor.get("/entries/MS-JH-2026-01-001").main
    assert visitor.ask("/lists/2026/case/outcomes").status_code == 404


def test_officers_and_publishers_work_on_the_pages(
    release: Release, someone: Callable[..., Browser]
) -> None:
    entry = only(release)
    sender = someone(make_sender())
    page = sender.get(f"/my/entries/{entry.id}/life")
    again = sender.send(page, "report-life", status=422, life="matched", outcome="")
    assert "公众会看到" in again.main
    done = sender.send(page, "report-life", life="matched", outcome=WORDS, amount="1200.5")
    assert "1200.5万元" in done.main
    curator = someone(make_curator())
    room = curator.get(f"/bureau/editions/releases/{release.id}/ledger")
    assert WORDS in room.main
    asked = curator.send(room, "ask-waiver", purpose="archive", reason="项目跨年实施")
    assert "待第二人同意" in asked.main
    other = someone(make_curator("second"))
    room = other.get(f"/bureau/editions/releases/{release.id}/ledger")
    assert "个条目尚无结果，不能办理" in room.main
    agreed = other.send(room, "consent")
    assert "同意于" in agreed.main
    assert "不能办理" not in agreed.main


def test_a_list_let_go_on_at_its_release_may_be_let_go_on_again_at_its_archiving(
    release: Release, someone: Callable[..., Browser]
) -> None:
    following = make_signed_release(year=2027)
    let_go_on(following)
    publish(make_curator(), following, following.version)
    curator = someone(make_curator())
    room = curator.get(f"/bureau/editions/releases/{following.id}/ledger")
    assert "归档：1个条目尚无结果" in room.main
    asked = curator.send(room, "ask-waiver", purpose="archive", reason="项目跨年实施")
    assert "待第二人同意" in asked.main


def test_outcomes_are_written_in_the_same_transaction(release: Release) -> None:
    entry = only(release)
    with pytest.raises(Refused):
        actions.mark_life(make_curator(), entry, entry.version, Life.MATCHED, "")
    assert db.session.query(EntryOutcome).count() == 0

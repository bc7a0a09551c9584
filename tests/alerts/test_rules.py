"""When an alert is due, and what of a saved entry is worth telling."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portal.alerts import rules
from portal.alerts.packing import pack_keys, unpack_keys
from portal.alerts.rules import news_of, next_due, to_keep, unseen, wake_at
from portal.alerts.terms import News, Rhythm

CITY = ZoneInfo("Asia/Shanghai")
SUNDAY = date(2026, 11, 22)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in the city."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CITY)


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.DAILY, local(22, 7, 59), local(22, 8)),
        (Rhythm.DAILY, local(22, 8), local(23, 8)),
        (Rhythm.WEEKLY, local(22, 12), local(23, 8)),
        (Rhythm.WEEKLY, local(23, 7, 59), local(23, 8)),
        (Rhythm.WEEKLY, local(23, 8), local(30, 8)),
        (Rhythm.IMMEDIATE, local(22, 12), None),
    ],
)
def test_the_next_look_is_the_coming_morning_or_monday(
    rhythm: Rhythm, now: datetime, due: datetime | None
) -> None:
    assert next_due(rhythm, now.astimezone(timezone.utc), CITY) == due


def test_a_change_is_told_after_a_minute_and_never_twice_in_ten() -> None:
    now = local(22, 12)
    assert wake_at(now, None) == now + timedelta(minutes=1)
    assert wake_at(now, now - timedelta(minutes=3)) == now + timedelta(minutes=7)
    assert wake_at(now, now - timedelta(minutes=30)) == now + timedelta(minutes=1)


def facts(**changes: Any) -> dict[str, Any]:
    """Return what is kept of an open entry that closes in ten days."""
    usual = {"said": "a", "life": "open", "withdrawn": False, "closes_on": "2026-12-02"}
    return usual | {"warned": []} | changes


@pytest.mark.parametrize(
    ("today", "warned", "news"),
    [
        (date(2026, 11, 24), [], []),
        (date(2026, 11, 25), [], [News.CLOSING]),
        (date(2026, 11, 26), [7], []),
        (date(2026, 11, 26), [], [News.CLOSING]),  # the morning before was missed
        (date(2026, 12, 1), [7], [News.CLOSING]),
        (date(2026, 12, 1), [7, 1], []),
        (date(2026, 12, 2), [7], [News.CLOSING]),
        (date(2026, 12, 3), [7], []),
    ],
)
def test_a_saved_entry_is_announced_seven_days_and_one_day_before_it_closes(
    today: date, warned: list[int], news: list[News]
) -> None:
    assert news_of(facts(warned=warned), facts(), today) == news


def test_a_new_closing_date_is_warned_of_anew() -> None:
    before = facts(closes_on="2026-11-25", warned=[7])
    assert news_of(before, facts(closes_on="2026-11-28"), SUNDAY) == [News.CLOSING]


def test_corrections_outcomes_and_withdrawals_are_told_once() -> None:
    assert news_of(facts(), facts(said="b"), SUNDAY) == [News.CORRECTED]
    assert news_of(facts(), facts(life="matched"), SUNDAY) == [News.MOVED_ON]
    assert news_of(facts(), facts(life="expired"), SUNDAY) == [], "its last day was announced"
    gone = facts(life="withdrawn", withdrawn=True, said="c")
    assert news_of(facts(), gone, SUNDAY) == [News.WITHDRAWN]
    assert news_of(gone, gone, SUNDAY) == []


def test_a_matched_entry_is_not_warned_of() -> None:
    matched = facts(life="matched")
    assert news_of(matched, matched, date(2026, 12, 1)) == []


@pytest.mark.parametrize("keys", [[], ["entry:1"], ["entry:9", "enterprise:2", "entry:3"]])
def test_what_is_known_is_packed_and_found_again(keys: list[str]) -> None:
    assert unpack_keys(pack_keys(keys)) == set(keys)


def test_a_hundred_thousand_known_records_stay_small() -> None:
    keys = {f"enterprise:{number}" for number in range(1, 200_000, 2)}
    packed = pack_keys(keys)
    assert len(packed) < 200_000
    assert unpack_keys(packed) == keys


def firms(*ids: int) -> list[str]:
    return [f"enterprise:{ref}" for ref in ids]


def test_what_meets_the_conditions_late_is_new_and_what_comes_back_is_not() -> None:
    known = to_keep(firms(9, 5), ())
    assert unseen(firms(9, 7, 5, 2), known) == firms(7, 2)
    known = to_keep(firms(9, 7, 2), known)
    assert unseen(firms(9, 7, 5, 2), known) == []


def test_of_more_than_is_kept_only_the_newest_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_KNOWN", 3)
    found = [*firms(9, 8, 7, 6, 5), "entry:1"]
    known = to_keep(found, ())
    assert known == {*firms(9, 8, 7), "entry:1"}
    assert unseen(found, known) == []
    # newer ones, one that comes among the newest, and one older than all that is known
    later = [*firms(11, 10, 9, 80, 8, 7, 6, 5, 4), "entry:2", "entry:1"]
    assert unseen(later, known) == [*firms(11, 10, 80), "entry:2"]
    known = to_keep(later, known)
    assert known == {*firms(11, 10, 9), "entry:1", "entry:2"}
    assert unseen(later, known) == []


def test_when_everything_known_is_gone_nothing_old_is_told_as_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "MOST_KNOWN", 3)
    known = to_keep(firms(9, 8, 7, 6, 5), ())
    assert unseen(firms(6, 5, 4), known) == []


def test_what_an_alert_keeps_stays_small_however_much_it_finds() -> None:
    scattered = firms(*range(1_000_000, 0, -7))
    assert len(pack_keys(to_keep(scattered, ()))) < 20_000

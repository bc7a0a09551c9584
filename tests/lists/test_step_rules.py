"""What stands before the signing, on both sides of each threshold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.casework.opinions import ReplyKind
from portal.errors import Refused
from portal.lists.rules import notices, opinions
from portal.lists.rules.releases import check_changeable, check_step
from portal.lists.rules.steps import Asks, Shown, check_asks, check_days, differences
from portal.lists.terms.editions import EditionState as State
from portal.lists.terms.steps import Difference

DUE = date(2026, 11, 27)
CLEAN = notices.Noticed(DUE, False, "a", "")


@pytest.mark.parametrize(
    ("state", "wanted", "may"),
    [
        (State.CURATING, State.CONSULTING, True),
        (State.CURATING, State.NOTICED, True),
        (State.CALL_CLOSED, State.CONSULTING, False),
        (State.CALL_CLOSED, State.NOTICED, False),
        (State.CONSULTING, State.NOTICED, True),
        (State.CONSULTING, State.COSIGN, True),
        (State.CONSULTING, State.CURATING, True),
        (State.CONSULTING, State.SCHEDULED, False),
        (State.CONSULTING, State.CANCELLED, False),
        (State.NOTICED, State.COSIGN, True),
        (State.NOTICED, State.CURATING, True),
        (State.NOTICED, State.CONSULTING, False),
        (State.NOTICED, State.PUBLISHED, False),
        (State.COSIGN, State.NOTICED, False),
    ],
)
def test_a_list_goes_from_selection_by_opinions_and_notice_to_the_signing(
    app: Flask, state: State, wanted: State, may: bool
) -> None:
    if may:
        check_step(state, wanted)
    else:
        with pytest.raises(Refused):
            check_step(state, wanted)


@pytest.mark.parametrize("state", [State.CONSULTING, State.NOTICED])
def test_nothing_changes_while_others_read_the_list(app: Flask, state: State) -> None:
    with pytest.raises(Refused, match="退回遴选"):
        check_changeable(state)


@pytest.mark.parametrize(
    ("state", "before", "wanted", "may"),
    [
        (State.PLANNED, (True, 5), (False, 0), True),
        (State.CALL_CLOSED, (True, 5), (False, 0), True),
        (State.CURATING, (True, 5), (True, 4), False),
        (State.CURATING, (True, 5), (False, 5), False),
        (State.CURATING, (True, 5), (True, 6), True),
        (State.CURATING, (False, 0), (True, 1), True),
        (State.CONSULTING, (True, 5), (True, 6), False),
        (State.COSIGN, (False, 0), (True, 5), False),
        (State.CANCELLED, (False, 0), (True, 5), False),
        (State.CURATING, (False, 0), (False, 60), True),
        (State.CURATING, (False, 0), (False, 61), False),
    ],
)
def test_steps_are_added_until_others_read_the_list_and_left_out_until_the_selection(
    app: Flask, state: State, before: tuple[bool, int], wanted: tuple[bool, int], may: bool
) -> None:
    if may:
        check_asks(state, Asks(*before), Asks(*wanted))
    else:
        with pytest.raises(Refused):
            check_asks(state, Asks(*before), Asks(*wanted))


@pytest.mark.parametrize(
    ("days", "may"), [(None, False), (0, False), (1, True), (60, True), (61, False)]
)
def test_a_length_is_between_one_and_sixty_working_days(
    app: Flask, days: int | None, may: bool
) -> None:
    if may:
        assert check_days(days) == days
    else:
        with pytest.raises(Refused):
            check_days(days)


def answers(*given: tuple[bool, bool, int], stopped: bool = False) -> opinions.Round:
    found = [opinions.Answer(f"单位{n}", *one) for n, one in enumerate(given, 1)]
    return opinions.Round(DUE, found, stopped)


@pytest.mark.parametrize(
    ("found", "today", "said"),
    [
        (answers((True, True, 0)), DUE, ""),
        (answers((False, False, 0)), DUE, "单位1"),
        (answers((False, False, 0)), date(2026, 11, 28), ""),
        (answers((True, False, 0)), date(2026, 11, 28), "待另一名工作人员确认：单位1"),
        (answers((True, True, 1), (True, True, 1)), DUE, "待处理意见2条"),
        (answers((True, True, 0), stopped=True), DUE, "请先征求意见"),
        (None, DUE, "请先征求意见"),
    ],
)
def test_opinions_are_complete_once_all_answered_or_the_day_is_over_and_all_is_settled(
    app: Flask, found: opinions.Round | None, today: date, said: str
) -> None:
    assert said in "；".join(opinions.lacking(True, found, today))
    assert bool(opinions.lacking(True, found, today)) == bool(said)
    assert opinions.lacking(False, found, today) == []


def test_an_opinion_has_a_ground_and_no_opinion_has_none(app: Flask) -> None:
    assert opinions.check_grounds(ReplyKind.NO_OPINION, " ", {1: ""}) == []
    assert opinions.check_grounds(ReplyKind.OPINION, "甲", {2: "乙"}) == [(None, "甲"), (2, "乙")]
    with pytest.raises(Refused):
        opinions.check_grounds(ReplyKind.OPINION, "", {})
    with pytest.raises(Refused):
        opinions.check_grounds(ReplyKind.NO_OPINION, "", {1: "乙"})


def test_a_body_is_asked_once(app: Flask) -> None:
    opinions.check_bodies(["甲", "乙"])
    for names in ([], ["甲", "甲"]):
        with pytest.raises(Refused):
            opinions.check_bodies(names)


@pytest.mark.parametrize(
    ("changes", "code", "today", "said"),
    [
        ({}, "a", date(2026, 11, 28), ""),
        ({}, "a", DUE, "2026-11-27"),
        ({"contested": ["甲"]}, "a", date(2026, 11, 28), "异议正在核查：甲"),
        ({"uncorrected": ["甲"]}, "a", date(2026, 11, 28), "尚待更正：甲"),
        ({}, "b", date(2026, 11, 28), "重新公示"),
        ({"kept_code": "b"}, "b", date(2026, 11, 28), ""),
        ({"kept_code": "b"}, "c", date(2026, 11, 28), "重新公示"),
        ({"stopped": True}, "a", date(2026, 11, 28), "尚未公示"),
    ],
)
def test_a_list_goes_on_after_the_last_day_when_nothing_stands_against_it(
    app: Flask, changes: dict[str, Any], code: str, today: date, said: str
) -> None:
    found = notices.lacking(5, CLEAN._replace(**changes), code, today)
    assert said in "；".join(found)
    assert bool(found) == bool(said)
    assert notices.lacking(0, None, code, today) == []


def test_a_notice_is_extended_while_it_runs_only(app: Flask) -> None:
    notices.check_extendable(DUE, False, DUE)
    for stopped, today in ((False, date(2026, 11, 28)), (True, DUE)):
        with pytest.raises(Refused):
            notices.check_extendable(DUE, stopped, today)


def test_a_notice_is_never_shorter_than_asked_for(app: Flask) -> None:
    notices.check_length(5, 5)
    with pytest.raises(Refused):
        notices.check_length(4, 5)


def test_what_differs_is_named_by_entry() -> None:
    def shown(*entries: tuple[int, str, str], edition: str = "清单") -> Shown:
        draft = {
            "edition": edition,
            "entries": [{"title_zh": title, "summary_zh": text} for _id, title, text in entries],
        }
        return Shown(draft, [number for number, _title, _text in entries])

    before = shown((1, "甲", "一"), (2, "乙", "二"), (3, "丙", "三"))
    now = shown((3, "丙", "三"), (2, "乙", "改"), (4, "丁", "四"), edition="新清单")
    found = [(change.kind, change.title) for change in differences(before, now)]
    assert found == [
        (Difference.EDITION, ""),
        (Difference.REMOVED, "甲"),
        (Difference.ADDED, "丁"),
        (Difference.CHANGED, "乙"),
        (Difference.ORDER, ""),
    ]
    assert differences(before, before) == []

"""What the rules of titles decide, on both sides of each threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.classification.rules import titles as rules
from portal.classification.terms.titles import EXPIRING_DAYS, Level, Standing, TitleState
from portal.errors import Refused
from tests.classification.factories import title_facts

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
UNTIL = date(2027, 11, 4)
pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (UNTIL - timedelta(days=EXPIRING_DAYS + 1), Standing.VALID),
        (UNTIL - timedelta(days=EXPIRING_DAYS), Standing.EXPIRING),
        (UNTIL - DAY, Standing.EXPIRING),
        (UNTIL, Standing.EXPIRING),
        (UNTIL + DAY, Standing.LAPSED),
    ],
)
def test_a_title_stands_until_its_last_day(on: date, expected: Standing) -> None:
    assert rules.standing("", UNTIL, on) == expected


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        ("", None, Standing.VALID),
        (TitleState.SUSPENDED, None, Standing.SUSPENDED),
        (TitleState.SUSPENDED, TODAY, Standing.SUSPENDED),
        (TitleState.SUSPENDED, TODAY - DAY, Standing.LAPSED),
        (TitleState.REVOKED, None, Standing.REVOKED),
        (TitleState.REVOKED, TODAY - DAY, Standing.REVOKED),
    ],
)
def test_what_is_kept_of_a_title_comes_before_its_dates(
    state: str, until: date | None, expected: Standing
) -> None:
    assert rules.standing(state, until, TODAY) == expected


@pytest.mark.parametrize(
    ("begin", "months", "last"),
    [
        (date(2024, 11, 5), 36, date(2027, 11, 4)),
        (date(2024, 1, 1), 36, date(2026, 12, 31)),
        (date(2024, 3, 1), 12, date(2025, 2, 28)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 12, 15), 12, date(2025, 12, 14)),
        (date(2024, 11, 5), None, None),
    ],
)
def test_validity_ends_the_day_before_the_anniversary(
    begin: date, months: int | None, last: date | None
) -> None:
    assert rules.default_until(begin, months) == last


@pytest.mark.parametrize(
    ("level", "included"),
    [
        (Level.NATIONAL, [Level.NATIONAL]),
        (Level.PROVINCIAL, [Level.NATIONAL, Level.PROVINCIAL]),
        (Level.CITY, [Level.NATIONAL, Level.PROVINCIAL, Level.CITY]),
        (Level.OTHER, [Level.OTHER]),
    ],
)
def test_a_level_and_above_includes_the_higher_ones(level: Level, included: list[Level]) -> None:
    assert list(rules.levels_at_least(level)) == included


def test_what_need_not_be_typed_is_completed() -> None:
    facts = rules.completed(title_facts(level=""), ["national"], 36)
    assert facts.level == "national"
    assert facts.valid_from == date(2024, 11, 5)
    assert facts.valid_until == date(2027, 11, 4)
    assert rules.completed(title_facts(level=""), ["national", "provincial"], 36).level == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"level": "city"}, "level"),
        ({"number": ""}, "number"),
        ({"number": "1"}, "number"),
        ({"number": "——"}, "number"),
        ({"number": "GR<b>"}, "number"),
        ({"granted_on": TODAY + DAY, "valid_from": TODAY + DAY}, "granted_on"),
        ({"valid_from": TODAY + DAY}, "valid_from"),
        ({"valid_from": date(2024, 11, 4)}, "valid_from"),
        ({"valid_until": date(2024, 11, 4)}, "valid_until"),
        ({"source_date": TODAY + DAY}, "source_date"),
        ({"source_number": "", "source_url": ""}, "source_number"),
        ({"source_url": "ftp://example.com/list"}, "source_url"),
        ({"source_url": "https:///list"}, "source_url"),
        ({"source_url": "https://name@example.com/"}, "source_url"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
    ],
)
def test_facts_that_cannot_be_right_are_refused_at_their_field(
    changes: dict[str, object], field: str
) -> None:
    facts = replace(rules.completed(title_facts(), ["national"], 36), **changes)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refusal:
        rules.check_facts(facts, ["national"], TODAY)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"granted_on": TODAY, "valid_from": TODAY, "source_date": TODAY, "valid_until": TODAY},
        {"number": "2024年第214项"},
        {"number": "川科认（2024）12-3/甲"},
        {"source_number": ""},
        {"source_url": ""},
        {"source_url": "http://example.com"},
        {"valid_until": None},
    ],
)
def test_facts_that_can_be_right_are_taken(changes: dict[str, object]) -> None:
    facts = replace(rules.completed(title_facts(), ["national"], 36), **changes)  # type: ignore[arg-type]
    rules.check_facts(facts, ["national"], TODAY)


@pytest.mark.parametrize(
    ("number", "alone"),
    [("名单第40项", False), ("1234567", False), ("12345678", True), ("GR202451000001", True)],
)
def test_a_place_on_a_list_needs_its_batch(number: str, alone: bool) -> None:
    assert rules.identifies_alone(number) is alone


HELD = (date(2024, 11, 5), UNTIL)


@pytest.mark.parametrize(
    ("other", "duplicate"),
    [
        ((UNTIL + DAY, None), False),
        ((UNTIL, date(2030, 11, 3)), False),
        ((UNTIL - timedelta(days=EXPIRING_DAYS), date(2030, 5, 7)), False),
        ((UNTIL - timedelta(days=EXPIRING_DAYS + 1), date(2030, 5, 6)), True),
        ((UNTIL, UNTIL), True),
        (HELD, True),
        ((date(2021, 11, 16), date(2024, 11, 15)), False),
        ((date(2021, 11, 16), None), True),
        ((date(2021, 11, 5), date(2024, 11, 4)), False),
    ],
)
def test_only_a_renewal_may_overlap(other: tuple[date, date | None], duplicate: bool) -> None:
    assert rules.is_duplicate(HELD, other) is duplicate
    assert rules.is_duplicate(other, HELD) is duplicate


def test_a_change_needs_a_ground() -> None:
    with pytest.raises(Refused):
        rules.check_ground("  ")
    rules.check_ground("名单更正公告")

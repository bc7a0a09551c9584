"""What is impossible in a year's figures, and what only asks for a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from portal.enterprises.rules.figure_checks import Findings, Year, check
from tests.enterprises.figure_factories import Shape

METRICS = {
    "employees": Shape("employees", "int", "person", maximum="1000000"),
    "tech_staff": Shape("tech_staff", "int", "person", maximum=None, at_most="employees"),
    "revenue": Shape("revenue"),
    "main_revenue": Shape("main_revenue", maximum=None, at_most="revenue"),
    "rd_expense": Shape("rd_expense"),
    "net_profit": Shape("net_profit", minimum="-100000000"),
}


def looked_at(typed: dict[str, Any], beside: dict[int, dict[str, Any]] | None = None) -> Findings:
    values = {code: Decimal(str(value)) for code, value in typed.items()}
    others = {
        year: {code: Decimal(str(value)) for code, value in row.items()}
        for year, row in (beside or {}).items()
    }
    return check(METRICS, Year(values, values.keys(), 2025, others), lambda m: f"[{m.code}]")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"revenue": 100, "main_revenue": 100}, set()),
        ({"revenue": 100, "main_revenue": "100.000001"}, {"main_revenue"}),
        ({"employees": 5, "tech_staff": 5}, set()),
        ({"employees": 5, "tech_staff": 6}, {"tech_staff"}),
        ({"employees": 0, "tech_staff": 1}, {"tech_staff"}),
        ({"tech_staff": 6}, set()),
    ],
)
def test_a_part_cannot_exceed_its_whole(typed: dict[str, Any], wrong: set[str]) -> None:
    assert set(looked_at(typed).errors) == wrong


def test_the_message_names_both_figures_and_their_values() -> None:
    words = looked_at({"revenue": 100, "main_revenue": 120}).errors["main_revenue"]
    assert "[main_revenue]" in words
    assert "[revenue]" in words
    assert "120" in words


def test_lowering_the_whole_below_its_part_is_refused_at_the_whole() -> None:
    values = {"revenue": Decimal(90), "main_revenue": Decimal(100)}
    found = check(METRICS, Year(values, {"revenue"}), lambda m: m.code)
    assert set(found.errors) == {"revenue"}


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ({"revenue": 100, "rd_expense": 100}, set()),
        ({"revenue": 100, "rd_expense": "100.000001"}, {"rd_expense"}),
        ({"revenue": 0, "rd_expense": 1}, {"rd_expense"}),
        ({"employees": 0, "revenue": 0}, set()),
        ({"employees": 0, "revenue": "0.000001"}, {"employees"}),
        ({"employees": 1, "revenue": 500}, set()),
    ],
)
def test_what_is_unusual_asks_and_does_not_refuse(typed: dict[str, Any], asks: set[str]) -> None:
    found = looked_at(typed)
    assert found.errors == {}
    assert set(found.warnings) == asks


@pytest.mark.parametrize(
    ("now", "beside", "asks"),
    [
        ("9999.999999", {2024: 1000}, False),
        ("10000", {2024: 1000}, True),
        ("100.000001", {2024: 1000}, False),
        ("100", {2024: 1000}, True),
        ("10000", {2026: 1000}, True),
        ("10000", {2024: 0}, False),
        ("0", {2024: 1000}, False),
        ("10000", {}, False),
    ],
)
def test_ten_times_or_a_tenth_of_the_year_beside_asks_for_the_unit(
    now: str, beside: dict[int, int], asks: bool
) -> None:
    others = {year: {"revenue": value} for year, value in beside.items()}
    assert ("revenue" in looked_at({"revenue": now}, others).warnings) is asks


def test_a_loss_and_a_head_count_are_not_compared_so() -> None:
    beside = {2024: {"net_profit": 1, "employees": 1}}
    assert looked_at({"net_profit": -500, "employees": 50}, beside) == Findings()

"""What people type as a figure, what is kept of it, and how it is read back."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.enterprises.rules.figure_values import Value, bounds_fault, parse, read, write
from portal.web.cleaning import clean_code
from tests.enterprises.figure_factories import Shape

WHOLE = Shape(code="employees", kind="int", unit="person", maximum="1000000")
PROFIT = Shape(code="net_profit", minimum="-100000000")
SHARE = Shape(code="market_share", unit="ratio", maximum="1")
FULL_WIDTH = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")
amounts = st.decimals("-99999999", "99999999", places=6)


@pytest.mark.parametrize(
    ("metric", "typed", "value"),
    [
        (Shape(), "", None),
        (Shape(), "0", Decimal(0)),
        (Shape(), "2240", Decimal(2240)),
        (Shape(), "1，200.50", Decimal("1200.5")),
        (Shape(), "１２００．５", Decimal("1200.5")),
        (Shape(), ".5", Decimal("0.5")),
        (PROFIT, "-12.5", Decimal("-12.5")),
        (PROFIT, "−12.5", Decimal("-12.5")),
        (WHOLE, "1,234", 1234),
        (WHOLE, "12.0", 12),
        (SHARE, "35", Decimal("0.35")),
        (SHARE, "35.5％", Decimal("0.355")),
        (Shape(kind="bool", unit="flag"), "false", False),
        (Shape(kind="bool", unit="flag"), "true", True),
        (Shape(kind="enum", unit="enum"), "national", "national"),
        (Shape(kind="date"), "2025-12-31", date(2025, 12, 31)),
        (Shape(kind="code", unit="code4"), "3841", "3841"),
    ],
)
def test_what_is_typed_is_taken_for_what_it_means(
    metric: Shape, typed: str, value: Value | None
) -> None:
    found = parse(metric, clean_code(typed))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("metric", "typed"),
    [
        (Shape(), "1200万"),
        (Shape(), "1e5"),
        (Shape(), "--1"),
        (Shape(), "1.2.3"),
        (Shape(), "约1200"),
        (Shape(), "."),
        (Shape(), "0.0000001"),
        (Shape(), "9" * 16),
        (WHOLE, "12.5"),
        (WHOLE, "326人"),
        (Shape(kind="code", unit="code4"), "384"),
    ],
)
def test_what_is_not_a_figure_is_refused_with_words(metric: Shape, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(metric, clean_code(typed))


@given(amount=amounts, full_width=st.booleans())
def test_separators_and_full_width_forms_change_nothing(amount: Decimal, full_width: bool) -> None:
    typed = f"{amount:,f}"
    typed = typed.translate(FULL_WIDTH) if full_width else typed
    assert parse(PROFIT, clean_code(typed)) == amount


@given(text=st.text(max_size=12))
def test_whatever_is_typed_breaks_nothing(text: str) -> None:
    value: object = None
    with contextlib.suppress(ValueError):
        value = parse(Shape(), clean_code(text))
    assert value is None or isinstance(value, Decimal)


@given(value=amounts)
def test_an_amount_is_kept_exactly_and_in_one_way_only(value: Decimal) -> None:
    text = write(value)
    assert read("decimal", text) == value
    assert write(read("decimal", text)) == text
    assert "E" not in text
    assert not (text.endswith("0") and "." in text)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("int", 12), ("bool", True), ("bool", False), ("enum", "none"), ("date", date(2025, 1, 2))],
)
def test_every_kind_is_read_back_as_it_was(kind: str, value: Value) -> None:
    assert read(kind, write(value)) == value


@pytest.mark.parametrize(
    ("metric", "value", "wrong"),
    [
        (Shape(), Decimal(0), False),
        (Shape(), Decimal("-0.000001"), True),
        (Shape(), Decimal(100_000_000), False),
        (Shape(), Decimal("100000000.000001"), True),
        (SHARE, Decimal(1), False),
        (SHARE, Decimal("1.000001"), True),
        (PROFIT, Decimal(-100_000_000), False),
        (PROFIT, Decimal("-100000000.1"), True),
        (WHOLE, 1_000_000, False),
        (WHOLE, 1_000_001, True),
        (Shape(kind="code", minimum="0100", maximum="9799"), "0100", False),
        (Shape(kind="code", minimum="0100", maximum="9799"), "0099", True),
        (Shape(kind="code", minimum="0100", maximum="9799"), "9799", False),
        (Shape(kind="code", minimum="0100", maximum="9799"), "9800", True),
        (Shape(kind="enum", choices=[{"slug": "national"}]), "national", False),
        (Shape(kind="enum", choices=[{"slug": "national"}]), "galactic", True),
    ],
)
def test_bounds_are_kept_on_both_sides(metric: Shape, value: Any, wrong: bool) -> None:
    assert bool(bounds_fault(metric, value)) is wrong

"""Details are read by the field descriptions of the subtype, one message per field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.lists.rules.details import read_details
from portal.lists.rules.values import read_money
from portal.lists.terms.fields import FieldType


@pytest.fixture(autouse=True)
def _speaking(app: Flask) -> None:
    """Messages need a language."""


def field(kind: str, **more: Any) -> dict[str, Any]:
    return {"key": "x", "label_zh": "项目", "label_en": "Item", "type": kind} | more


CHOICES = {"choices": [{"value": "a", "label_zh": "甲", "label_en": "A"}]}


@pytest.mark.parametrize(
    ("kind", "more", "raw", "kept"),
    [
        ("text", {}, " 14座  站点 ", "14座 站点"),
        ("text", {"max_length": 3}, "三个字", "三个字"),
        ("long_text", {}, "一\r\n 二 ", "一\n二"),
        ("number", {}, "12", 12),
        ("number", {}, 0, 0),
        ("money", {}, "1200.50", "1200.5"),
        ("money", {}, Decimal("0.000001"), "0.000001"),
        ("money", {}, 300, "300"),
        ("date", {}, "2026-02-28", "2026-02-28"),
        ("date", {}, date(2026, 2, 28), "2026-02-28"),
        ("choice", CHOICES, "a", "a"),
        ("url", {}, "http://www.example.com/a?b=1", "http://www.example.com/a?b=1"),
        ("list", {}, "一\n\n 二 ", ["一", "二"]),
        ("list", {}, ["一", ""], ["一"]),
    ],
)
def test_what_is_kept(kind: str, more: dict[str, Any], raw: object, kept: object) -> None:
    assert read_details([field(kind, **more)], {"x": raw}, complete=True) == ({"x": kept}, {})


@pytest.mark.parametrize(
    ("kind", "more", "raw"),
    [
        ("text", {"max_length": 3}, "四个字了"),
        ("number", {}, "-1"),
        ("number", {}, "1.5"),
        ("number", {}, "九"),
        ("number", {}, True),
        ("number", {}, "9" * 400),
        ("money", {}, "-1"),
        ("money", {}, "NaN"),
        ("money", {}, "Infinity"),
        ("money", {}, "1e99999"),
        ("money", {}, "0.0000001"),
        ("money", {}, "三百"),
        ("date", {}, "2026-02-30"),
        ("date", {}, "明天"),
        ("choice", CHOICES, "b"),
        ("url", {}, "javascript:alert(1)"),
        ("url", {}, "ftp://example.com/x"),
        ("url", {}, "https://user@example.com/"),
        ("list", {"max_length": 2}, "一\n二二二"),
        ("list", {}, ["项"] * 31),
    ],
)
def test_what_is_refused(kind: str, more: dict[str, Any], raw: object) -> None:
    details, faults = read_details([field(kind, **more)], {"x": raw}, complete=False)
    assert details == {}
    assert set(faults) == {"x"}


@pytest.mark.parametrize("kind", list(FieldType))
def test_required_only_when_complete(kind: str) -> None:
    described = field(kind, required=True, **CHOICES)
    assert read_details([described], {"x": " "}, complete=False) == ({}, {})
    assert set(read_details([described], {}, complete=True)[1]) == {"x"}


def test_an_item_nobody_described_is_said_not_dropped() -> None:
    assert set(read_details([field("text")], {"y": "1"}, complete=False)[1]) == {"y"}


@given(st.text(max_size=30))
def test_money_is_read_or_refused_in_words(text: str) -> None:
    details, faults = read_details([field("money")], {"x": text}, complete=True)
    assert len(details) + len(faults) == (1 if text.strip() else 0)
    if details:
        assert Decimal(details["x"]) >= 0
        assert read_money(field("money"), details["x"]) == details["x"]

"""Values as they are written on a page, in both languages."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.clock import set_clock
from portal.web import filters
from portal.web.templating import plain_text

NIGHT = datetime(2025, 11, 24, 17, 30, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def _city_time(here: Flask) -> None:
    set_clock("", "Asia/Shanghai")


def test_moments_are_the_citys() -> None:
    assert filters.moment(NIGHT) == "2025-11-25 01:30"
    assert filters.day(NIGHT) == "2025-11-25"
    assert filters.day(date(2025, 1, 5)) == "2025-01-05"
    assert filters.day(None) == filters.moment(None) == filters.long_day(None) == ""


def test_long_dates_in_both_languages() -> None:
    assert filters.long_day(NIGHT) == "2025年11月25日"
    with force_locale("en"):
        assert filters.long_day(NIGHT) == "25 November 2025"


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (Decimal("2240"), "2240万元", "CNY 22.4 million"),
        (Decimal("9999.5"), "9999.5万元", "CNY 99.995 million"),
        (Decimal("10000"), "1亿元", "CNY 100 million"),
        (Decimal("28600"), "2.86亿元", "CNY 286 million"),
        (Decimal("28600.5"), "28600.5万元", "CNY 286.005 million"),
        (Decimal("0.5"), "0.5万元", "CNY 5,000"),
        (Decimal("1E+2"), "100万元", "CNY 1 million"),
        (Decimal("9E+1"), "90万元", "CNY 900,000"),
        (0, "0万元", "CNY 0"),
        (None, "", ""),
    ],
)
def test_amounts(amount: Decimal | None, chinese: str, english: str) -> None:
    assert filters.money(amount) == chinese
    with force_locale("en"):
        assert filters.money(amount) == english


def test_names_follow_the_language_and_declare_what_is_chinese() -> None:
    both = {"name_zh": "东坡区", "name_en": "Dongpo District"}
    only = {"name_zh": "示例<公司>", "name_en": ""}
    assert filters.named(both) == "东坡区"
    with force_locale("en"):
        assert filters.named(both) == "Dongpo District"
        assert filters.named(only) == '<span lang="zh-CN">示例&lt;公司&gt;</span>'
        assert filters.in_language(only) == "示例<公司>"


def test_chinese_words_in_an_english_sentence_are_declared_alone() -> None:
    sentence = "“东坡、彭山” is <not> known"
    assert filters.quoting(sentence) == "“东坡、彭山” is &lt;not&gt; known"
    with force_locale("en"):
        words = '“<span lang="zh-CN">东坡、彭山</span>” is &lt;not&gt; known'
        assert filters.quoting(sentence) == words


def test_only_marks_are_markup() -> None:
    assert filters.highlight("<b>储能", [(3, 5)]) == "&lt;b&gt;<mark>储能</mark>"
    assert filters.highlight("储能", [(1, 2), (0, 1), (5, 4)]) == "储<mark>能</mark>"
    assert filters.paragraphs("一<b>\n\n 二 ") == "<p>一&lt;b&gt;</p>\n<p>二</p>"
    assert filters.paragraphs(None) == ""


def test_lazy_texts_are_escaped_like_others(here: Flask) -> None:
    lazy = _l("Page %(number)d", number=1)
    assert isinstance(plain_text(lazy), str)
    template = here.jinja_env.from_string("{{ text }}")
    assert template.render(text=_l("R&D staff")) == "研发人员"
    with force_locale("en"):
        assert template.render(text=_l("R&D staff")) == "R&amp;D staff"

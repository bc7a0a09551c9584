"""What is marked, and what is not."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from portal.search.highlight import EXCERPT, excerpt, mark
from portal.search.parsing import parse
from tests.search.conftest import SYNONYMS


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("储能与储备", "储能", "<mark>储能</mark>与储备"),
        ("锂电与锂矿", "锂", "<mark>锂</mark>电与<mark>锂</mark>矿"),
        ("四川锂源新能源", "锂源新", "四川<mark>锂源新</mark>能源"),
        ("山上有储能科", "山储能科", "山上有<mark>储能</mark>科"),
        ("儲能設備", "储能", "<mark>儲能</mark>設備"),
        ("储能", "儲能", "<mark>储能</mark>"),
        ("５Ｇ基站与15G", "5g", "<mark>５Ｇ</mark>基站与15G"),
        ("Lithium LITHIUMS", "lithium", "<mark>Lithium</mark> LITHIUMS"),
        ("高新技术企业", "高企", "<mark>高新技术企业</mark>"),
        ("太阳能和光伏", "光伏", "<mark>太阳能</mark>和<mark>光伏</mark>"),
        ("编号MS-JH-2025-03-012", "ms-jh-2025", "编号<mark>MS-JH-2025</mark>-03-012"),
        ("91511402MA62K0AA1X", "９１５１１", "<mark>91511</mark>402MA62K0AA1X"),
        ("<b>储能</b>&", "储能", "&lt;b&gt;<mark>储能</mark>&lt;/b&gt;&amp;"),
        ("<script>", "script b", "&lt;<mark>script</mark>&gt;"),
        ("①号ﬁn", "1", "<mark>①</mark>号ﬁn"),
        ("储\ud800能 储\u200b能", "储能", "储\ud800能 <mark>储\u200b能</mark>"),
        ("\u200bﬁ储能&", "储能", "\u200bﬁ<mark>储能</mark>&amp;"),  # one less and one more
        ("什么也没有", "储能", "什么也没有"),
        ("什么也没有", "。。", "什么也没有"),
        ("", "储能", ""),
    ],
)
def test_whole_matches_are_marked_in_escaped_text(text, query, marked):
    result = mark(text, parse(query, SYNONYMS))

    assert isinstance(result, Markup)
    assert result == marked


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("四川岷江储能<b>", "minjiang", "四川<mark>岷江</mark>储能&lt;b&gt;"),
        ("四川岷江储能", "mjcn", "四川<mark>岷江储能</mark>"),
        ("四川岷江储能", "minjiangcn", "四川<mark>岷江储能</mark>"),
        ("四川岷江储能", "mjchun", "四川<mark>岷江储能</mark>"),
        ("四川岷江储能和儲能", "cn", "四川岷江<mark>储能</mark>和<mark>儲能</mark>"),
        ("四川岷江储能", "四川 cn", "<mark>四川</mark>岷江<mark>储能</mark>"),
        ("眉山5G储能", "5g cn", "眉山<mark>5G</mark><mark>储能</mark>"),
        ("四川岷江储能", "c", "四川岷江储能"),
        ("四川岷江储能", "产品:cn", "四川岷江储能"),
        ("四川岷江储能", '"chuneng"', "四川岷江储能"),
        ("", "cn", ""),
    ],
)
def test_what_is_spelled_is_marked_where_names_were_found_by_it(text, query, marked):
    assert mark(text, parse(query), spelled=True) == marked
    assert "储能</mark>" not in mark(text, parse(query))


def test_excerpt_is_around_the_first_match():
    text = "前言。" * 60 + "本项目建设储能电站，规模可观。" + "后文。" * 60
    result = excerpt(text, parse("储能"))

    assert result.startswith("…本项目建设<mark>储能</mark>电站")
    assert result.endswith("…")
    assert len(result.striptags()) <= EXCERPT + 2


@pytest.mark.parametrize(
    "text", ["很短的文字", "长文。" * 100, "长" * 88 + "储能电站" * 3, "储能" + "尾" * 300]
)
def test_excerpt_without_a_near_match_is_the_beginning(text):
    result = excerpt(text, parse("储能")).striptags()

    assert result.startswith((text[:5], "…"))
    assert len(result) <= EXCERPT + 4


def test_excerpt_marks_a_match_at_the_very_end():
    assert excerpt("字" * 500 + "储能", parse("储能")).endswith("字<mark>储能</mark>")


@given(st.text(max_size=60), st.text(max_size=12))
def test_marking_never_changes_the_text(text, query):
    marked = mark(text, parse(query, SYNONYMS))

    assert unescape(marked.replace("<mark>", "").replace("</mark>", "")) == text

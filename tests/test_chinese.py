"""Names in one spelling, and what two names have in common."""

from __future__ import annotations

import pytest

from portal.chinese import differ_by_one, normal_name, sort_key

PLACES = ("四川省", "四川", "眉山市", "眉山")


@pytest.mark.parametrize(
    ("name", "full", "core"),
    [
        ("四川岷江储能科技有限公司", "四川岷江储能科技有限公司", "岷江储能科技"),
        ("四川岷江儲能科技有限公司", "四川岷江储能科技有限公司", "岷江储能科技"),
        ("四川　岷江储能 科技有限公司", "四川岷江储能科技有限公司", "岷江储能科技"),
        ("岷江储能科技（眉山）有限责任公司", "岷江储能科技眉山有限责任公司", "岷江储能科技"),
        (
            "四川省眉山市岷江储能科技股份有限公司",
            "四川省眉山市岷江储能科技股份有限公司",
            "岷江储能科技",
        ),
        ("ＡＢＣ储能有限公司（示例）", "abc储能有限公司", "abc储能"),
        ("ABC（北方）储能有限公司", "abc北方储能有限公司", "abc北方储能"),
        ("眉山有限公司", "眉山有限公司", "眉山"),  # nothing else would be left
        ("四川公司", "四川公司", "四川"),
        ("有限公司", "有限公司", "有限"),
        ("", "", ""),
    ],
)
def test_a_name_has_one_spelling_and_a_core(name: str, full: str, core: str) -> None:
    assert normal_name(name, PLACES, ("示例",)) == (full, core)


@pytest.mark.parametrize(
    ("one", "other", "by_one"),
    [
        ("岷江储能", "岷江储能", False),
        ("岷江储能", "岷江储电", True),
        ("岷江储能", "沱江储能", True),
        ("岷江储能", "岷江新储能", True),
        ("岷江储能", "岷江储", True),
        ("岷江储能", "岷江储能科技", False),
        ("岷江储能", "岷江能储", False),
        ("岷江储能", "沱江储电", False),
    ],
)
def test_one_character_is_another_one_more_or_one_less(one: str, other: str, by_one: bool) -> None:
    assert differ_by_one(one, other) is by_one
    assert differ_by_one(other, one) is by_one


def test_names_are_sorted_by_pinyin() -> None:
    names = ["重庆示例公司", "安徽示例公司", "Abc示例公司"]
    assert sort_key("青神竹编") == "qing shen zhu bian"
    assert sorted(names, key=sort_key) == ["Abc示例公司", "安徽示例公司", "重庆示例公司"]
    assert len(sort_key("示" * 120)) == 200

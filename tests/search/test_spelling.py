"""Pinyin in full, by initials, and partly one, partly the other."""

import pytest

from portal.search.spelling import mixed


@pytest.mark.parametrize(
    ("word", "initials", "full"),
    [
        ("minjiangcn", "mjcn", ("minjiang",)),
        ("mjchuneng", "mjcn", ("chuneng",)),  # a syllable ends before a consonant
        ("mschunengzb", "mscnzb", ("chuneng",)),
        ("sichuanlxinny", "sclxny", ("sichuan", "xin")),
        ("zhonggb", "zgb", ("zhong",)),
    ],
)
def test_a_word_may_be_spelled_in_both_ways(word, initials, full):
    assert mixed(word) == (initials, full)


@pytest.mark.parametrize(
    "word", ["minjiang", "mjcn", "chuneng", "a", "", "mes", "lithium", "energy"]
)
def test_a_word_of_one_kind_or_of_another_language_is_not(word):
    assert mixed(word) is None

"""Every engine finds what a plain search finds, and both engines answer alike to the last digit."""

import random

import numpy as np
import pytest

from portal.search.analysis import name_query, normalise, text_query
from portal.search.answering import _least
from portal.search.clauses import NAME_FIELDS
from portal.search.evaluation import _common
from portal.search.fields import fields
from portal.search.parsing import parse
from portal.search.terms import Order
from portal.search.whoosh_engine.index import Index as Folder
from tests.search.conftest import SYNONYMS, search
from tests.search.test_scope import RECORDS, WORDS, town  # noqa: F401 - a fixture

PUBLIC = frozenset({1, 2})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The records of the town in files, put there at once."""
    folder = Folder(tmp_path_factory.mktemp("plain") / "search")
    folder.rebuild(RECORDS)
    return folder


def by_plain_reading(text):
    """How many records hold every word of the text in any field, looked at one by one."""
    words = [word.text for word in parse(text).words]
    return sum(all(holds(fields(record).tokens, word) for word in words) for record in RECORDS)


def holds(tokens, word):
    """Whether a name field holds all pairs of a word, or running text all its words."""
    in_names = any(set(name_query(word)) <= set(tokens[name]) for name in NAME_FIELDS)
    return in_names or set(text_query(word)) <= set(tokens["body"])


@pytest.mark.parametrize(
    "text", [*WORDS, "储能 泡菜", "光伏材料", "有限公司", "能", "储能光伏 机械", "火锅"]
)
def test_totals_agree(town, text):  # noqa: F811
    index, _ = town
    assert normalise(text) == text

    assert search(index, text, public_releases=PUBLIC).total == by_plain_reading(text)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(
    "text",
    [*WORDS, "储能 泡菜", "能 限", "chuneng", "gf 有限", "储能广伏有限公司", "PV", '"泡菜，软件"',
     "名称:储能 -泡菜", "材料材料"],
)  # fmt: skip
def test_engines_answer_alike(town, folder, text, order):  # noqa: F811
    index, _ = town
    how = {"facets": {"place": {"dongpo", "renshou"}}, "order": order, "public_releases": PUBLIC}

    for page in (1, 2):
        here = search(index, text, SYNONYMS, page=page, size=30, **how)
        plain = search(folder, text, SYNONYMS, page=page, size=30, **how)
        assert [(hit.key, hit.stage) for hit in here.hits] == [
            (hit.key, hit.stage) for hit in plain.hits
        ]
        assert [hit.score for hit in here.hits] == pytest.approx([h.score for h in plain.hits])
        assert [hit.key for hit in here.near] == [hit.key for hit in plain.near]
        assert (here.total, here.facet_counts) == (plain.total, plain.facet_counts)
        assert here.counts_by_kind == plain.counts_by_kind


@pytest.mark.parametrize(("fewer", "more"), [(0, 40), (40, 3000), (2000, 3000), (3000, 3000)])
def test_long_lists_meet_as_short_ones_do(fewer, more):
    chance = random.Random(fewer + more)
    one, other = (
        np.array(sorted(chance.sample(range(5000), size)), np.int64) for size in (fewer, more)
    )
    both = set(one.tolist()) & set(other.tolist())

    for first, second in ((one, other), (other, one)):
        left, right = _common(first, second)
        assert set(first[left].tolist()) == both
        assert first[left].tolist() == second[right].tolist() == sorted(both)


@pytest.mark.parametrize("count", [1, 60, 5000])
@pytest.mark.parametrize("different", [1, 30, 100_000])
def test_least_of_the_highest_is_that_of_all_in_order(count, different):
    ranks = np.random.default_rng(count).integers(0, different, 20_000)
    ordered = sorted(ranks.tolist(), reverse=True)

    assert _least(ranks, count) == ordered[count - 1]
    assert _least(ranks[:40], count) == sorted(ranks[:40].tolist(), reverse=True)[:count][-1]

"""Masks, facets, pages: counts are right and nothing embargoed is anywhere."""

import random
from dataclasses import replace
from itertools import product

import pytest

from portal.search.documents import Deletion, Document
from portal.search.terms import Order
from tests.search.conftest import keys, matching_refs, search


def test_unpublished_release_is_nowhere(find):
    hidden = find("储能电站")
    shown = find("储能电站", public_releases=frozenset({7}))

    assert "entry:2" not in keys(hidden)
    assert keys(shown)[0] == "entry:2"
    assert shown.total == hidden.total + 1
    assert "renshou" not in hidden.facet_counts["district"]
    assert shown.facet_counts["district"]["renshou"] == 1
    assert "entry" not in hidden.counts_by_kind
    assert find("储能电站安全检测场景").near == ()
    assert find("MS-JH-2026-01-001").total == 0
    assert find("MS-JH-2026", public_releases=frozenset({6, 8})).total == 0


def test_asked_again_is_answered_as_the_first_time(find):
    scopes = [
        {},
        {"public_releases": frozenset({7})},
        {"facets": {"district": {"dongpo"}}},
        {"facets": {"district": {"pengshan"}}},
        {"order": Order.NEWEST},
        {"kind": "entry"},
    ]
    first = [find("储能", **scope) for scope in scopes]

    assert [keys(results) for results in first] == [
        ["enterprise:2", "enterprise:1"],
        ["enterprise:2", "entry:2", "enterprise:1"],
        ["enterprise:1"],
        ["enterprise:2"],
        ["enterprise:2", "enterprise:1"],
        [],
    ]
    assert [find("储能", **scope) for scope in scopes] == first


def test_counts_leave_out_the_own_choice(find):
    results = find("眉山 有限公司", facets={"district": {"dongpo"}})

    assert keys(results) == ["enterprise:3"]
    assert results.facet_counts["district"] == {"dongpo": 1, "pengshan": 1}
    assert results.facet_counts["pillar"] == {"model": 1}


def test_kind_is_counted_over_all_kinds(find):
    results = find("示例", kind="entry")

    assert (results.total, results.hits) == (0, ())
    assert results.counts_by_kind == {"enterprise": 3}


def test_unknown_choices_find_nothing(find):
    assert find("示例", kind="nonsense").total == 0
    assert find("示例", facets={"nonsense": {"x"}}).total == 0
    assert find("示例", facets={"district": {f"x{n}" for n in range(5000)}}).total == 0
    assert find("示例", facets={"district": set()}).total == 3


WORDS = ["储能", "光伏", "泡菜", "软件", "材料", "机械"]
PLACES = ["dongpo", "pengshan", "renshou"]


def random_records():
    chance = random.Random(20220329)
    return [
        Document(
            chance.choice(["enterprise", "entry"]),
            ref,
            "".join(chance.sample(WORDS, 2)) + "有限公司",
            body="，".join(chance.choices(WORDS, k=3)),
            facets={
                "place": (chance.choice(PLACES),),
                "pillar": tuple(chance.sample("abcd", chance.randint(0, 3))),
            },
            date=chance.randint(1, 5),
            release=chance.choice([None, None, 1, 2]),
        )
        for ref in range(300)
    ]


RECORDS = random_records()


@pytest.fixture(scope="module")
def town(new_place):
    """300 random records in an index, of which some came later, some were replaced and one that
    was there is deleted."""
    index = new_place()()
    index.rebuild([*RECORDS[:180], *(replace(old, title="储能旧名") for old in RECORDS[180:200])])
    index.apply([Document("enterprise", 999, "储能光伏泡菜软件材料机械")])
    for start in range(180, 300, 12):  # the first batch replaces, the others add
        index.open()
        index.apply(RECORDS[start : start + 12])
    index.apply([Deletion("enterprise:999")])
    index.open()
    return index, RECORDS


def said(document, word):
    return word in document.title or word in document.body


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "facets", [{}, {"place": {"dongpo"}}, {"pillar": {"a", "b"}, "place": {"renshou"}}]
)
def test_totals_and_facets_agree_with_counting_by_hand(town, word, facets):
    index, documents = town
    public = frozenset({2})
    matching = [d for d in documents if said(d, word) and d.release in {None, 2}]

    def passes(document, leave_out=""):
        return all(
            set(document.facets[name]) & values
            for name, values in facets.items()
            if name != leave_out
        )

    results = search(index, word, facets=facets, public_releases=public, size=100)

    assert results.total == sum(map(passes, matching))
    for name, value in [*product(["place"], PLACES), *product(["pillar"], "abcd")]:
        expected = sum(value in d.facets[name] and passes(d, leave_out=name) for d in matching)
        assert results.facet_counts[name].get(value, 0) == expected
    for kind in ("enterprise", "entry"):
        expected = sum(d.kind == kind and passes(d) for d in matching)
        assert results.counts_by_kind.get(kind, 0) == expected


def test_pages_join_to_all_hits_once(town):
    index, _ = town
    whole = search(index, "储能", size=100)
    pages = [search(index, "储能", page=n, size=7).hits for n in range(1, 20)]

    assert [hit for page in pages for hit in page][:100] == list(whole.hits)
    assert sum(map(len, pages)) == min(whole.total, 19 * 7)
    assert search(index, "储能", page=10**9).hits == ()
    assert search(index, "储能", page=-1, size=7).hits == pages[0]


def test_refs_for_lists_are_all_hits_of_the_kind_in_order(town):
    index, _ = town
    refs = matching_refs(index, "储能", "enterprise", facets={"place": {"dongpo"}})
    hits = search(index, "储能", kind="enterprise", facets={"place": {"dongpo"}}, size=100).hits

    assert refs == [hit.ref for hit in hits]
    assert matching_refs(index, "。", "enterprise") == []

"""Counting by facets: whatever way documents are counted, every value counts the same."""

from itertools import pairwise

import numpy as np
import pytest

from portal.search import tallies
from portal.search.arrays import Facet, facet_of, joined
from portal.search.tallies import Part, Tallies, count_one

SIZE = 300


@pytest.fixture
def facets():
    """Facets of one value and of several, one of a few documents only and one without any."""
    chance = np.random.default_rng(7)
    late = np.zeros((SIZE, 1), np.int32)
    late[280:, 0] = chance.integers(0, 3, 20)
    pair = np.stack([chance.integers(0, 5, SIZE), np.zeros(SIZE)], axis=1).astype(np.int32)
    pair[:40] = (1, 3)
    return {
        "district": Facet(tuple("abcdefgh"), chance.integers(0, 9, (SIZE, 1), dtype=np.int32)),
        "pillar": Facet(tuple("wxyz"), pair),
        "state": Facet(("open", "closed"), late),
        "field": Facet((), np.zeros((SIZE, 1), np.int32)),
    }


@pytest.mark.parametrize("few", [0, SIZE])
@pytest.mark.parametrize("most", [1, 30, 2048])
def test_counts_are_those_of_the_documents_one_by_one(facets, monkeypatch, few, most):
    monkeypatch.setattr(tallies, "FEW", few)
    monkeypatch.setattr(tallies, "MOST", most)
    docs = np.arange(0, SIZE, 2)

    counted = Tallies([(0, Part(facets))]).count(docs)

    for name, facet in facets.items():
        held = [facet.values[code - 1] for doc in docs for code in facet.codes[doc] if code]
        assert counted[name] == {value: held.count(value) for value in set(held)}
        assert count_one(facet, docs) == counted[name]


def cut(facets, begin, end):
    """The facets of some of the documents, with the values that stand among them."""
    return {
        name: facet_of(
            [value for value in facet.values if value in held(facet, begin, end)],
            [
                np.flatnonzero((facet.codes[begin:end] == code).any(axis=1))
                for code, value in enumerate(facet.values, 1)
                if value in held(facet, begin, end)
            ],
            end - begin,
        )
        for name, facet in facets.items()
    }


def held(facet, begin, end):
    """The values that stand among some documents."""
    return {facet.values[code - 1] for code in facet.codes[begin:end].ravel() if code}


def test_parts_count_as_the_whole_does(facets):
    ends = [0, 3, 3, 282, SIZE]  # the first has not all values, the second is empty
    cuts = [cut(facets, begin, end) for begin, end in pairwise(ends)]
    docs = np.arange(1, SIZE, 3)

    whole = Tallies([(0, Part(facets))]).count(docs)
    parts = [(begin, Part(one)) for begin, one in zip(ends, cuts, strict=False)]

    assert Tallies(parts).count(docs) == whole
    for name in facets:
        assert count_one(joined([one[name] for one in cuts]), docs) == whole[name]


def test_nothing_found_counts_nothing(facets):
    counted = Tallies([(0, Part(facets))]).count(np.arange(0))

    assert set(map(bool, counted.values())) == {False}
    assert Tallies([(0, Part({}))]).count(np.arange(3)) == {}
    assert Tallies([]).count(np.arange(0)) == {}
    assert joined([]).values == ()

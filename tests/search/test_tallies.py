"""Counting by facets: whatever way documents are counted, every value counts the same."""

import numpy as np
import pytest

from portal.search import tallies
from portal.search.arrays import Facet
from portal.search.tallies import Tallies

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

    counted = Tallies(facets).count(docs)

    for name, facet in facets.items():
        held = [facet.values[code - 1] for doc in docs for code in facet.codes[doc] if code]
        assert counted[name] == {value: held.count(value) for value in set(held)}


def test_nothing_found_counts_nothing(facets):
    assert set(map(bool, Tallies(facets).count(np.arange(0)).values())) == {False}
    assert Tallies({}).count(np.arange(3)) == {}

"""Records that hold some of many words, for whoever compares records (portal.matching.finding)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.lists.queries.editions import public_release_ids
from portal.lists.terms.kinds import Kind
from portal.lists.terms.shown import AVAILABLE
from portal.matching.finding import FOUND
from portal.search.analysis import normalise, runs, words
from portal.search.engine import Question
from portal.search.errors import IndexUnavailable
from portal.search.parsing import Chunk, Query, Word
from portal.search.searcher import Searcher, choices
from portal.search.terms import Field

MOST_WORDS = 60  # of a long text; the longest come first


@dataclass(frozen=True)
class SearchFinder:
    """Cuts texts as the search does and asks the engine of the portal that is answering."""

    searcher: Callable[[], Searcher]

    def normalise(self, text: str) -> str:
        """Return a text in the one spelling in which texts compare."""
        return normalise(text)

    def cut(self, text: str) -> frozenset[str]:
        """Return the words of a text, normalised."""
        found = (words(run) if is_han else [run] for run, is_han in runs(normalise(text)))
        return frozenset(word for group in found for word in group)

    def makers(self, words: Collection[str], node: str = "") -> Sequence[int]:
        """Return the enterprises with products of some of these words; see Finder."""
        facets = {"node": [node]} if node else {}
        return self._holding(words, Field.PRODUCT, {"section": ["enterprise"], **facets})

    def opportunities(self, words: Collection[str]) -> Sequence[int]:
        """Return the public opportunities with some of these words; see Finder."""
        facets = {"section": [str(Kind.OPPORTUNITY)], "state": AVAILABLE}
        return self._holding(words, None, facets)

    def _holding(
        self, words: Collection[str], field: Field | None, facets: Mapping[str, Sequence[str]]
    ) -> Sequence[int]:
        if not words:
            return []
        first, *others = list(words)[:MOST_WORDS]
        any_of_them = Chunk("", (Word(first, tuple(others)),), field)
        question = Question(
            Query("", (any_of_them,)), choices(None, facets), public_release_ids(), size=FOUND
        )
        try:
            return [hit.ref for hit in self.searcher().index.search(question).hits]
        except IndexUnavailable:
            return []

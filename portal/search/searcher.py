"""The search of one process: its engine and the synonyms of the city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from portal.search.engine import KIND, Engine, Question, Results
from portal.search.parsing import Query, parse
from portal.search.synonyms import NO_SYNONYMS, Synonyms
from portal.search.terms import Order

Facets = Mapping[str, Iterable[str]]


@dataclass
class Searcher:
    """The search over one engine; `synonyms` are read anew for each text. Every method raises
    IndexUnavailable, never for a text."""

    index: Engine
    synonyms: Callable[[], Synonyms] = lambda: NO_SYNONYMS

    def read(self, text: str) -> Query:
        """Return a text as it is understood."""
        return parsed(text, self.synonyms())

    def search(
        self,
        text: str,
        *,
        kind: str | None = None,
        facets: Facets | None = None,
        public_releases: frozenset[int] = frozenset(),
        order: Order = Order.RELEVANCE,
        page: int = 1,
        size: int = 20,
    ) -> Results:
        """Return one page of hits with exact totals; see `portal.search.engine`."""
        query = self.read(text)
        if query.reason:
            return Results(query)
        chosen = choices(kind, facets)
        return self.index.search(Question(query, chosen, public_releases, order, page, size))

    def suggest(
        self, text: str, *, public_releases: frozenset[int] = frozenset(), size: int = 8
    ) -> Results:
        """Return the records whose names hold a text as far as it is typed, or are spelled so."""
        query = parse(text)
        if query.reason:
            return Results(query)
        question = Question(query, public_releases=public_releases, size=size, names_only=True)
        return self.index.search(question)

    def matching_refs(
        self,
        text: str,
        kind: str,
        *,
        facets: Facets | None = None,
        public_releases: frozenset[int] = frozenset(),
        order: Order = Order.RELEVANCE,
    ) -> list[int]:
        """Return the ids of all rows of one kind that match, best first unless asked otherwise,
        none for no text."""
        query = self.read(text)
        if query.reason:
            return []
        return self.index.refs(Question(query, choices(kind, facets), public_releases, order))


@lru_cache(maxsize=1000)
def parsed(text: str, synonyms: Synonyms) -> Query:
    """Return what `parse` does, of what many look for once for the words as they are."""
    return parse(text, synonyms)


def choices(kind: str | None, facets: Facets | None) -> dict[str, frozenset[str]]:
    """Return chosen values by facet, the kind among them, without facets that choose nothing."""
    chosen = {name: frozenset(values) for name, values in (facets or {}).items()}
    if kind:
        chosen[KIND] = frozenset({kind})
    return {name: values for name, values in chosen.items() if values}

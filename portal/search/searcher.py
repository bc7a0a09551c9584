"""The search of one process: its index and the synonyms of the city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.search.index import Index
from portal.search.query import Results, matching_refs, search
from portal.search.synonyms import Synonyms

Facets = Mapping[str, Sequence[str]]


class Searcher:
    """The search over one index folder. Every method raises IndexUnavailable, never for a text."""

    def __init__(self, folder: Path, synonyms: Path) -> None:
        self.index = Index(folder)
        self.synonyms = Synonyms.load(synonyms)

    def search(
        self,
        text: str,
        *,
        kind: str | None = None,
        facets: Facets | None = None,
        public_releases: frozenset[int],
        page: int = 1,
        size: int = 20,
    ) -> Results:
        """Return one page of hits with exact totals; see `portal.search.query.search`."""
        return search(
            self.index,
            text,
            kind=kind,
            facets=facets,
            public_releases=public_releases,
            page=page,
            size=size,
            synonyms=self.synonyms,
        )

    def matching_refs(
        self,
        text: str,
        kind: str,
        *,
        facets: Facets | None = None,
        public_releases: frozenset[int],
    ) -> list[int]:
        """Return the ids of all rows of one kind that match, best first."""
        return matching_refs(
            self.index,
            text,
            kind,
            facets=facets,
            public_releases=public_releases,
            synonyms=self.synonyms,
        )

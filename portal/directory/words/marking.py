"""Matches marked in what a row shows."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.search import highlight
from portal.search.parsing import Query

LENGTH = 90  # characters of an excerpt


@dataclass(frozen=True)
class Marker:
    """Marks what a query matched; without one it marks nothing. `spelled` says that names were
    found by their pinyin."""

    query: Query | None = None
    spelled: bool = False

    def __hash__(self) -> int:
        """Rows are kept by it, twenty to a page: queries that differ mostly differ in text."""
        return hash(self.query.text) if self.query else 0

    def mark(self, text: str) -> Markup:
        """Return the whole text, escaped, its matches marked."""
        if self.query:
            return highlight.mark(text, self.query, spelled=self.spelled)
        return escape(text)

    def excerpt(self, text: str) -> Markup:
        """Return about LENGTH characters around the first match, or the beginning."""
        if self.query:
            return highlight.excerpt(text, self.query, LENGTH)
        return escape(text if len(text) <= LENGTH else text[:LENGTH] + highlight.ELLIPSIS)

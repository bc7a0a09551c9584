"""Matches marked in what a row shows."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from portal.search import highlight
from portal.search.parsing import Query
from portal.web.drawn import hole
from portal.web.filters import chinese

LENGTH = 90  # characters of an excerpt


@dataclass(frozen=True)
class Marker:
    """Marks what a query matched; without one it marks nothing. `spelled` says that names were
    found by their pinyin."""

    query: Query | None = None
    spelled: bool = False

    def __hash__(self) -> int:
        """Pages are kept by it: queries that differ mostly differ in text."""
        return hash(self.query.text) if self.query else 0

    def mark(self, text: str) -> Markup:
        """Return the whole text, which may be Chinese, its matches marked."""
        if self.query:
            return chinese(highlight.mark(text, self.query, spelled=self.spelled))
        return chinese(text)

    def excerpt(self, text: str) -> Markup:
        """Return about LENGTH characters around the first match, or the beginning."""
        if self.query:
            return chinese(highlight.excerpt(text, self.query, LENGTH))
        return chinese(text if len(text) <= LENGTH else text[:LENGTH] + highlight.ELLIPSIS)


class Places:
    """Stands for a marker while a row is drawn for all queries: it leaves holes where something is
    to be marked, and notes what."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, bool]] = []  # texts, and whether an excerpt is wanted

    def mark(self, text: str) -> Markup:
        """Leave a hole for the whole text."""
        self.noted.append((text, False))
        return hole(len(self.noted) - 1)

    def excerpt(self, text: str) -> Markup:
        """Leave a hole for an excerpt, none for nothing."""
        if not text.strip():
            return Markup()
        self.noted.append((text, True))
        return hole(len(self.noted) - 1)

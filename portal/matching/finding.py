"""What the matching asks of the search; the answers come from whoever composes the portal.

The words of a text must be cut alike on both sides, and only an index finds the few of a hundred
thousand records that hold them. Where it does not answer, chains alone find.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

FOUND = 100  # candidates of one question


class Finder(Protocol):
    """Cuts texts, and finds public records that hold some of the words."""

    def normalise(self, text: str) -> str:
        """Return a text in the one spelling in which texts compare."""

    def cut(self, text: str) -> frozenset[str]:
        """Return the words of a text, normalised."""

    def makers(self, words: Collection[str], node: str = "") -> Sequence[int]:
        """Return up to FOUND enterprises with products of some of these words, at a place of the
        chain if its slug is given; the likeliest first, none without an index."""

    def opportunities(self, words: Collection[str]) -> Sequence[int]:
        """Return up to FOUND public opportunities with some of these words, as `makers` does."""


_finder: list[Finder] = []


def set_finder(finder: Finder) -> None:
    """Say who cuts and finds."""
    _finder[:] = [finder]


def finder() -> Finder:
    """Return who cuts and finds; `set_finder` comes first."""
    return _finder[0]

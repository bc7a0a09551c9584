"""The arrays that documents are found, ranked and counted by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Booleans = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]

AN_OBJECT = 400  # bytes of matches, however few


class Postings(NamedTuple):
    """Document numbers, ascending, and how often the token stands in each."""

    docs: Integers
    weights: Floats


NOTHING = Postings(np.empty(0, np.int64), np.empty(0, np.float32))


class Matches:
    """Document numbers, ascending, and the score of each, above zero."""

    def __init__(self, docs: Integers, scores: Floats) -> None:
        self.docs = docs
        self.scores = scores
        self._table: Floats | None = None

    def table(self, size: int) -> Floats:
        """The score of every document of a snapshot of so many, 0 for those that do not match."""
        if self._table is None:
            table = np.zeros(size, np.float32)
            table[self.docs] = self.scores
            self._table = table
        return self._table

    @property
    def bytes(self) -> int:
        """What it may take in memory."""
        return 16 * len(self.docs) + AN_OBJECT


NO_MATCHES = Matches(*NOTHING)


@dataclass(frozen=True)
class Facet:
    """Values of one facet and, per document, the numbers of its values plus one (0: none)."""

    values: tuple[str, ...]
    codes: Codes  # shape (documents, most values of one document)


def facet_of(values: Sequence[str], lists: Sequence[Integers], size: int) -> Facet:
    """Return a facet from the documents of each of its values, `size` documents in all."""
    docs = np.concatenate([*lists, NOTHING.docs])
    codes = np.repeat(np.arange(1, len(lists) + 1), [len(found) for found in lists])
    order = np.argsort(docs, kind="stable")
    docs, codes = docs[order], codes[order]
    places = np.arange(len(docs)) - np.searchsorted(docs, docs)
    table = np.zeros((size, int(places.max(initial=0)) + 1), np.int32)
    table[docs, places] = codes
    return Facet(tuple(values), table)

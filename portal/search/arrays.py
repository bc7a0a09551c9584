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


def joined(parts: Sequence[Facet]) -> Facet:
    """A facet over documents that stand one after the other, the values of the first part first."""
    if len(parts) == 1:
        return parts[0]
    values = tuple(dict.fromkeys(value for part in parts for value in part.values))
    size = sum(len(part.codes) for part in parts)
    width = max((part.codes.shape[1] for part in parts), default=1)
    table, begin = np.zeros((size, width), np.int32), 0
    for part in parts:
        end, same = begin + len(part.codes), part.values == values[: len(part.values)]
        codes = np.array([0, *(values.index(value) + 1 for value in part.values)], np.int32)
        table[begin:end, : part.codes.shape[1]] = part.codes if same else codes[part.codes]
        begin = end
    return Facet(values, table)


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

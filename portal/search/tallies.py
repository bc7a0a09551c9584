"""Counting documents by every value of every facet at once.

The columns of several facets are folded into one number per document, as long as few numbers are
possible. Counting how often each number stands among the documents found counts all those facets:
a sum over the other columns is the count of one. Few documents are counted row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from portal.search.arrays import Codes, Facet, Integers

FEW = 5000  # documents up to which all columns are counted as they stand
MOST = 2048  # numbers that folded columns may make together

Folded = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True)
class Column:
    """The codes of one column, and where the counts of its facet begin among those of all."""

    first: int
    size: int
    codes: Codes

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first document that has a value, and the one after the last."""
        held = np.flatnonzero(self.codes)
        return (int(held[0]), int(held[-1]) + 1) if len(held) else (0, 0)


@dataclass(frozen=True)
class Fold:
    """Some columns folded into one. `span` is where documents have any of their values: those of
    a kind mostly stand together."""

    columns: Sequence[Column]
    numbers: Folded
    span: tuple[int, int]

    def count(self, docs: Integers, totals: Integers) -> None:
        """Add how many of the documents have each value of each column."""
        first, last = np.searchsorted(docs, self.span)
        sizes = [column.size for column in self.columns]
        found = self.numbers.take(docs[first:last])
        table = np.bincount(found, minlength=prod(sizes)).reshape(sizes)
        for axis, column in enumerate(self.columns):
            others = tuple(other for other in range(len(sizes)) if other != axis)
            totals[column.first : column.first + column.size] += table.sum(axis=others)


class Tallies:
    """The facets of a snapshot, made ready for counting."""

    def __init__(self, facets: Mapping[str, Facet]) -> None:
        self._labels: list[tuple[str, str]] = []  # facet and value of each count; "" for none
        columns: list[Column] = []
        for name, facet in facets.items():
            first, size = len(self._labels), len(facet.values) + 1
            self._labels += [(name, ""), *((name, value) for value in facet.values)]
            columns += [Column(first, size, codes) for codes in facet.codes.T]
        self._names = list(facets)
        self._rows = _side_by_side(columns)
        self._folds = list(_folded(sorted(columns, key=lambda c: (c.span[0], c.size))))

    def count(self, docs: Integers) -> dict[str, dict[str, int]]:
        """How many of the documents have each value, without values that none has."""
        size = len(self._labels)
        if not size:
            return {}
        if len(docs) <= FEW:
            totals = np.bincount(self._rows.take(docs, axis=0).ravel(), minlength=size)
        else:
            totals = np.zeros(size, np.int64)
            for fold in self._folds:
                fold.count(docs, totals)
        counts: dict[str, dict[str, int]] = {name: {} for name in self._names}
        held = np.flatnonzero(totals)
        for place, count in zip(held.tolist(), totals[held].tolist(), strict=True):
            name, value = self._labels[place]
            if value:
                counts[name][value] = count
        return counts


def _side_by_side(columns: Sequence[Column]) -> Folded:
    """All columns, the codes of each beginning where its facet's counts do."""
    if not columns:
        return np.zeros((0, 0), np.uint32)
    return np.stack([column.codes + column.first for column in columns], axis=1).astype(np.uint32)


def _folded(columns: Sequence[Column]) -> Iterable[Fold]:
    """Fold neighbouring columns, as many at a time as MOST allows."""
    waiting: list[Column] = []
    for column in columns:
        if waiting and prod(held.size for held in waiting) * column.size > MOST:
            yield _fold(waiting)
            waiting = []
        waiting.append(column)
    if waiting:
        yield _fold(waiting)


def _fold(columns: Sequence[Column]) -> Fold:
    numbers = np.zeros(len(columns[0].codes), np.uint32)
    for column in columns:
        numbers = numbers * np.uint32(column.size) + column.codes.astype(np.uint32)
    spans = [column.span for column in columns]
    span = min(first for first, _ in spans), max(last for _, last in spans)
    small = prod(column.size for column in columns) <= 1 << 16
    return Fold(columns, numbers.astype(np.uint16 if small else np.uint32), span)

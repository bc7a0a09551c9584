"""Counting documents by every value of every facet at once.

The columns of several facets are folded into one number per document, as long as few numbers are
possible. Counting how often each number stands among the documents found counts all those facets:
a sum over the other columns is the count of one. Few documents are counted row by row. What is made
ready is made once for documents that stay as they are, those of a segment of an index.
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

Label = tuple[str, str]  # facet and value; "" for none
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
        held = self.codes != 0
        if not held.any():
            return 0, 0
        return int(held.argmax()), len(held) - int(held[::-1].argmax())


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


class Part:
    """The facets of some documents, made ready for counting."""

    def __init__(self, facets: Mapping[str, Facet]) -> None:
        self.labels: list[Label] = []
        columns: list[Column] = []
        for name, facet in facets.items():
            first, size = len(self.labels), len(facet.values) + 1
            self.labels += [(name, ""), *((name, value) for value in facet.values)]
            columns += [Column(first, size, codes) for codes in facet.codes.T]
        self._rows = _side_by_side(columns, len(self.labels))
        self._folds = list(_folded(sorted(columns, key=lambda c: (c.span[0], c.size))))

    def totals(self, docs: Integers) -> Integers:
        """How many of the documents each label stands for."""
        if len(docs) <= FEW:
            return np.bincount(self._rows.take(docs, axis=0).ravel(), minlength=len(self.labels))
        totals = np.zeros(len(self.labels), np.int64)
        for fold in self._folds:
            fold.count(docs, totals)
        return totals


class Tallies:
    """The facets of a snapshot, counted part by part: each with the number of its first document,
    in their order."""

    def __init__(self, parts: Sequence[tuple[int, Part]]) -> None:
        labels: dict[Label, int] = {}
        self._parts = [
            (first, part, np.array([labels.setdefault(one, len(labels)) for one in part.labels]))
            for first, part in parts
            if part.labels
        ]
        self._labels = list(labels)
        self._names = list(dict.fromkeys(name for name, _ in labels))

    def count(self, docs: Integers) -> dict[str, dict[str, int]]:
        """How many of the documents have each value, without values that none has."""
        totals = np.zeros(len(self._labels), np.int64)
        firsts = [first for first, _, _ in self._parts]
        begins = [*np.searchsorted(docs, firsts).tolist(), len(docs)]
        for (first, part, places), begin, end in zip(self._parts, begins, begins[1:], strict=False):
            if begin < end:
                totals[places] += part.totals(docs[begin:end] - first)
        counts: dict[str, dict[str, int]] = {name: {} for name in self._names}
        held = np.flatnonzero(totals)
        for place, count in zip(held.tolist(), totals[held].tolist(), strict=True):
            name, value = self._labels[place]
            if value:
                counts[name][value] = count
        return counts


def count_one(facet: Facet, docs: Integers) -> dict[str, int]:
    """The same for one facet."""
    found = np.bincount(facet.codes.take(docs, axis=0).ravel(), minlength=len(facet.values) + 1)
    return {
        value: count for value, count in zip(facet.values, found[1:].tolist(), strict=True) if count
    }


def _side_by_side(columns: Sequence[Column], labels: int) -> Folded:
    """All columns, the codes of each beginning where its facet's counts do."""
    size = len(columns[0].codes) if columns else 0
    rows = np.empty((size, len(columns)), np.uint16 if labels <= 1 << 16 else np.uint32)
    for place, column in enumerate(columns):
        rows[:, place] = column.codes + column.first
    return rows


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

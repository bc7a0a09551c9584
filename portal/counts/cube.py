"""Adding up cells: any choice of values, and how many have each value of every facet.

Pure: it knows arrays and texts, no database. A million records stand in some ten thousand cells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from portal.counts.terms import BETWEEN

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Values = Callable[[str], Collection[Hashable]]  # part of a key → what a facet says of it
# What is kept of one state of the cells: answers, which cells meet one choice, and which meet all.
KNOWN, MET, STANDING = 4000, 64, 8
LISTED = "listed"  # the facet that has a value for what the public reads, where not all is
Chosen = Mapping[str, Collection[Hashable]]
Asked = tuple[tuple[str, frozenset[Hashable]], ...]  # the same, by name
T = TypeVar("T")


@dataclass
class Cells:
    """The cells of one kind as columns: of each cell, per part of its key, the place of that
    part's text among `texts`, and how many records it holds."""

    parts: Sequence[str]
    rows: dict[str, int] = field(default_factory=dict)
    texts: list[dict[str, int]] = field(default_factory=list)
    codes: Numbers = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    n: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))

    def put(self, cells: Collection[tuple[str, int]]) -> Cells:
        """Return these cells with others' counts set or added."""
        rows, texts = dict(self.rows), [dict(text) for text in self.texts or [{}] * len(self.parts)]
        added = []
        for key, _n in cells:
            if key not in rows:
                rows[key] = len(rows)
                added.append(
                    [
                        codes.setdefault(text, len(codes))
                        for codes, text in zip(texts, key.split(BETWEEN), strict=True)
                    ]
                )
        codes = self.codes.reshape(-1, len(self.parts))
        if added:
            codes = np.concatenate([codes, np.array(added, np.int64)])
        n = np.concatenate([self.n, np.zeros(len(added), np.int64)])
        for key, count in cells:
            n[rows[key]] = count
        return Cells(self.parts, rows, texts, codes, n)

    def moved(self, by: Mapping[str, int]) -> Cells:
        """Return these cells with some grown or shrunk."""
        before = {key: int(self.n[self.rows[key]]) if key in self.rows else 0 for key in by}
        return self.put([(key, before[key] + count) for key, count in by.items()])


@dataclass(frozen=True)
class Facet:
    """What one facet says of each text of its part: as an array text × value of zeros and ones."""

    part: int
    values: dict[Hashable, int]
    has: Weights


class Cube:
    """Cells under the facets they are read by; `facets` gives, by name, part and values."""

    def __init__(self, cells: Cells, facets: Mapping[str, tuple[str, Values]]) -> None:
        self.columns = [np.ascontiguousarray(column) for column in cells.codes.T]
        self.facets = {
            name: facet(cells, cells.parts.index(part), values)
            for name, (part, values) in facets.items()
        }
        self.known: dict[Hashable, dict[Hashable, int]] = {}
        self.met: dict[Hashable, Mask] = {}
        self.standing: dict[Hashable, Numbers] = {}
        self.n = cells.n.astype(np.float64)  # whole numbers: exact up to 2**53
        if LISTED in self.facets:
            self.n[~self.meeting(LISTED, frozenset([True]))] = 0

    def total(self, chosen: Chosen) -> int:
        """Return how many records have one of the chosen values in each facet named."""
        rows = self.rows(asked_of(chosen))
        return int((self.n if rows is None else self.n[rows]).sum())

    def counts(self, name: str, chosen: Chosen) -> dict[Hashable, int]:
        """Return how many records of those chosen by all other facets have each value."""
        others = tuple(one for one in asked_of(chosen) if one[0] != name)
        return once(self.known, KNOWN, (name, others), lambda: self.add_up(name, others))

    def add_up(self, name: str, others: Asked) -> dict[Hashable, int]:
        """Count one facet."""
        asked, rows = self.facets[name], self.rows(others)
        codes, n = self.columns[asked.part], self.n
        if rows is not None:
            codes, n = codes[rows], n[rows]
        by_text = np.bincount(codes, weights=n, minlength=len(asked.has))
        sums = (by_text @ asked.has).tolist()
        return {value: int(sums[place]) for value, place in asked.values.items()}

    def rows(self, asked: Asked) -> Numbers | None:
        """Return which cells meet all choices, None where nothing is chosen: counting a facet
        that has no choice of its own asks for the same ones as the next."""
        return once(self.standing, STANDING, asked, lambda: self.find(asked)) if asked else None

    def find(self, asked: Asked) -> Numbers:
        """Find the cells that meet all choices."""
        met = [once(self.met, MET, one, partial(self.meeting, *one)) for one in asked]
        return np.flatnonzero(met[0] if len(met) == 1 else np.logical_and.reduce(met))

    def meeting(self, name: str, values: Collection[Hashable]) -> Mask:
        """Return which cells have one of the values of a facet."""
        asked = self.facets[name]
        places = [asked.values[value] for value in values if value in asked.values]
        texts: Mask = asked.has[:, places].sum(axis=1) > 0
        mask: Mask = texts[self.columns[asked.part]]
        return mask


def asked_of(chosen: Chosen) -> Asked:
    """Return choices as a key, in whatever order they were made."""
    return tuple((name, frozenset(chosen[name])) for name in sorted(chosen) if chosen[name])


def once(known: dict[Hashable, T], most: int, key: Hashable, find: Callable[[], T]) -> T:
    """Return what is known under a key; what is kept of one state of the cells is bounded."""
    found = known.get(key)
    if found is None:
        found = find()
        if len(known) >= most:
            known.clear()
        known[key] = found
    return found


def facet(cells: Cells, part: int, values: Values) -> Facet:
    """Return what a facet says of each text of a part."""
    said = [values(text) for text in cells.texts[part]] if cells.texts else []
    places: dict[Hashable, int] = {}
    for some in said:
        for value in some:
            places.setdefault(value, len(places))
    has = np.zeros((len(said), len(places)))
    for row, some in enumerate(said):
        has[row, [places[value] for value in some]] = 1
    return Facet(part, places, has)

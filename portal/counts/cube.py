"""Adding up cells: any choice of values, and how many have each value of every facet.

Pure: it knows arrays and texts, no database. A million records stand in some ten thousand cells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from portal.counts.terms import BETWEEN

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Values = Callable[[str], Collection[Hashable]]  # part of a key → what a facet says of it
KNOWN = 4000  # answers kept of one state of the cells
LISTED = "listed"  # the facet that has a value for what the public reads, where not all is
Chosen = Mapping[str, Collection[Hashable]]


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
    has: Numbers


class Cube:
    """Cells under the facets they are read by; `facets` gives, by name, part and values."""

    def __init__(self, cells: Cells, facets: Mapping[str, tuple[str, Values]]) -> None:
        self.columns = [np.ascontiguousarray(column) for column in cells.codes.T]
        self.facets = {
            name: facet(cells, cells.parts.index(part), values)
            for name, (part, values) in facets.items()
        }
        self.n = cells.n
        listed = self.meeting({LISTED: [True]}) if LISTED in self.facets else None
        if listed is not None:
            self.n = np.where(listed, cells.n, 0)
        self.known: dict[Hashable, dict[Hashable, int]] = {}

    def total(self, chosen: Chosen) -> int:
        """Return how many records have one of the chosen values in each facet named."""
        mask = self.meeting(chosen)
        return int(self.n.sum() if mask is None else self.n[mask].sum())

    def counts(self, name: str, chosen: Chosen) -> dict[Hashable, int]:
        """Return how many records of those chosen by all other facets have each value."""
        others = {other: values for other, values in chosen.items() if other != name and values}
        asked = (
            name,
            tuple((other, frozenset(values)) for other, values in sorted(others.items())),
        )
        if asked not in self.known:
            if len(self.known) >= KNOWN:
                self.known.clear()
            self.known[asked] = self.add_up(name, others)
        return self.known[asked]

    def add_up(self, name: str, others: Chosen) -> dict[Hashable, int]:
        """Count one facet."""
        asked, mask = self.facets[name], self.meeting(others)
        column = self.columns[asked.part]
        codes, n = (column, self.n) if mask is None else (column[mask], self.n[mask])
        by_text = np.bincount(codes, weights=n, minlength=len(asked.has))
        sums = by_text @ asked.has
        return {value: int(sums[place]) for value, place in asked.values.items()}

    def meeting(self, chosen: Chosen) -> Mask | None:
        """Return which cells meet all choices, None where nothing is chosen."""
        mask: Mask | None = None
        for name, values in chosen.items():
            if not values:
                continue
            asked = self.facets[name]
            places = [asked.values[value] for value in values if value in asked.values]
            texts: Mask = asked.has[:, places].sum(axis=1) > 0
            met = texts[self.columns[asked.part]]
            mask = met if mask is None else mask & met
        return mask


def facet(cells: Cells, part: int, values: Values) -> Facet:
    """Return what a facet says of each text of a part."""
    said = [values(text) for text in cells.texts[part]] if cells.texts else []
    places: dict[Hashable, int] = {}
    for some in said:
        for value in some:
            places.setdefault(value, len(places))
    has = np.zeros((len(said), len(places)), np.int64)
    for row, some in enumerate(said):
        has[row, [places[value] for value in some]] = 1
    return Facet(part, places, has)

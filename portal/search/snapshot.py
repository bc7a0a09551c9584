"""One committed state of an index as arrays: all that questions are put to, whatever keeps it.

Documents are numbered from 0 on. An engine says which of them hold a token, in how many mentions;
ranking, masks, totals and facets are the same arithmetic on every engine.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from portal.search.arrays import Booleans, Facet, Floats, Integers, Matches, Postings
from portal.search.clauses import Leaf
from portal.search.engine import KIND, Results
from portal.search.fields import release_code
from portal.search.kept import Kept
from portal.search.tallies import Tallies
from portal.search.terms import Field

ROOM = 32 << 20  # bytes of document numbers and scores of words, kept per snapshot
ANSWERS = 400  # kept per snapshot: some 20 KB each
KEPT_PHRASES = 200  # answers to quoted phrases kept per snapshot
KEPT_LISTS = 20_000  # posting lists kept: per segment, or per table


class Snapshot(ABC):
    """The documents of one commit. Safe to share between threads."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self._visible: dict[frozenset[int], Booleans] = {}
        self._all: Booleans | None = None
        self.kept: Kept[Matches] = Kept(ROOM)
        self.answers: Kept[Results] = Kept(ANSWERS)
        self._phrases: dict[tuple[str, Field | None], Integers] = {}

    @property
    @abstractmethod
    def alive(self) -> Booleans:
        """Which document numbers are in use."""

    @property
    @abstractmethod
    def numbers(self) -> Mapping[str, Integers]:
        """The number columns by name, one entry per document number."""

    @property
    @abstractmethod
    def facet_names(self) -> Sequence[str]:
        """All facets that any document has, the kind included."""

    @abstractmethod
    def facet(self, name: str) -> Facet:
        """Values of one facet over all documents; none at all for an unknown name."""

    @abstractmethod
    def postings(self, field: str, token: str) -> Postings:
        """Living documents that hold the token."""

    @abstractmethod
    def beginning(self, field: str, start: str) -> Postings:
        """Living documents that hold any token of the field beginning with `start`."""

    @abstractmethod
    def look_for(self, candidates: Integers, phrase: str, field: Field | None) -> Integers:
        """Those of the candidates in which a phrase stands unbroken."""

    def look_up(self, leaves: Iterable[Leaf]) -> None:  # noqa: B027 - files have nothing to gain
        """Read at once what these leaves need, on engines that are asked over a connection."""

    @property
    @abstractmethod
    def tallies(self) -> Tallies:
        """All facets, made ready for counting."""

    @cached_property
    def count(self) -> int:
        """Documents in use."""
        return int(self.alive.sum())

    @cached_property
    def relative_lengths(self) -> dict[str, Floats]:
        """Length of title and body of each document against the average."""
        lengths = {name: self.numbers[f"{name}_length"] for name in ("title", "body")}
        return {
            name: (values / max(1.0, float(values[self.alive].mean() if self.count else 1))).astype(
                np.float32
            )
            for name, values in lengths.items()
        }

    def with_phrase(self, candidates: Integers, phrase: str, field: Field | None) -> Integers:
        """Those of the candidates in which a phrase stands unbroken. The candidates are the same
        for a phrase and field whoever asks, so the answer is kept."""
        key = (phrase, field)
        if key not in self._phrases:
            found = self.look_for(candidates, phrase, field)
            if len(self._phrases) >= KEPT_PHRASES:
                self._phrases.clear()
            self._phrases[key] = found
        return self._phrases[key]

    def visible(self, public_releases: frozenset[int]) -> Booleans:
        """Which documents may be known of while exactly these releases are public."""
        if public_releases not in self._visible:
            codes = [0, *(release_code(release) for release in public_releases)]
            mask = self.alive & np.isin(self.numbers["release"], codes)
            self._visible = {public_releases: mask}  # releases are rare: the last set is enough
            self._all = mask if np.array_equal(mask, self.alive) else None
            return mask
        return self._visible[public_releases]

    def is_all(self, mask: Booleans) -> bool:
        """Whether a mask that `visible` gave hides nothing."""
        return mask is self._all

    def kinds(self, docs: Integers) -> list[str]:
        """The kind of each of the given documents."""
        facet = self.facet(KIND)
        return [facet.values[code - 1] for code in facet.codes[docs, 0].tolist()]

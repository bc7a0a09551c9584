"""Why two records may be one enterprise: pure comparison within small blocks, never all with all.

Two names that differ in one character share their first or their last half, so only names that
share a half are compared. A block larger than LARGEST_BLOCK says nothing (“科技”) and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from portal.chinese import differ_by_one

LARGEST_BLOCK = 60
SHORTEST_COMPARED = 4  # characters: of two shorter cores one character is a quarter or more


class Why(StrEnum):
    """Why two records may be one."""

    SAME_NAME = "same_name"
    FORMER_NAME = "former_name"
    SAME_CORE = "same_core"
    ONE_CHARACTER = "one_character"
    SAME_LANDLINE = "same_landline"
    SAME_WEBSITE = "same_website"


WEIGHTS = {
    Why.SAME_NAME: 32,
    Why.FORMER_NAME: 16,
    Why.SAME_CORE: 8,
    Why.ONE_CHARACTER: 4,
    Why.SAME_LANDLINE: 2,
    Why.SAME_WEBSITE: 1,
}


@dataclass(frozen=True)
class Known:
    """What is compared of one record: names in one spelling, figures of the landline, host."""

    id: int
    full: str
    core: str
    former: tuple[str, ...] = ()
    landline: str = ""
    website: str = ""


@dataclass
class Pairs:
    """Why which two records may be one, the smaller id first."""

    found: dict[tuple[int, int], set[Why]] = field(default_factory=lambda: defaultdict(set))

    def add(self, one: Known, other: Known, why: Why) -> None:
        """Note a reason."""
        if one.id != other.id:
            self.found[min(one.id, other.id), max(one.id, other.id)].add(why)


def likely_pairs(records: Sequence[Known]) -> dict[tuple[int, int], set[Why]]:
    """Return the pairs of records that may be one, with the reasons."""
    pairs = Pairs()
    for one, other in within_blocks((record.core, record) for record in records):
        pairs.add(one, other, Why.SAME_NAME if one.full == other.full else Why.SAME_CORE)
    for one, other in within_blocks(halves(records)):
        if differ_by_one(one.core, other.core):
            pairs.add(one, other, Why.ONE_CHARACTER)
    for attribute, why in (("landline", Why.SAME_LANDLINE), ("website", Why.SAME_WEBSITE)):
        for one, other in within_blocks((getattr(record, attribute), record) for record in records):
            pairs.add(one, other, why)
    compare_former_names(records, pairs)
    return dict(pairs.found)


def halves(records: Iterable[Known]) -> Iterator[tuple[Hashable, Known]]:
    """Yield each record under the first and the last half of its core, long enough ones only.

    A core stands also under the half a core one character longer would have.
    """
    for record in records:
        length = len(record.core)
        if length >= SHORTEST_COMPARED:
            middle = length // 2
            yield ("first", record.core[:middle]), record
            yield ("last", record.core[length - middle :]), record
            if length % 2:
                yield ("first", record.core[: middle + 1]), record
                yield ("last", record.core[length - middle - 1 :]), record


def within_blocks(keyed: Iterable[tuple[Hashable, Known]]) -> Iterator[tuple[Known, Known]]:
    """Yield every two records under one key; empty keys and large blocks are left out."""
    blocks: dict[Hashable, list[Known]] = defaultdict(list)
    for key, record in keyed:
        if key:
            blocks[key].append(record)
    for block in blocks.values():
        if 1 < len(block) <= LARGEST_BLOCK:
            yield from combinations(block, 2)


def compare_former_names(records: Sequence[Known], pairs: Pairs) -> None:
    """Note where one record's present or former name is another's former name."""
    named: dict[str, list[Known]] = defaultdict(list)
    for record in records:
        for name in {record.full, *record.former}:
            named[name].append(record)
    for record in records:
        for name in record.former:
            if name and len(named[name]) <= LARGEST_BLOCK:
                for other in named[name]:
                    pairs.add(record, other, Why.FORMER_NAME)

"""Rows of one list against each other: what repeats, what contradicts. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Said:
    """What a row says, as rows are compared. `firm` tells whom: the record's number, else the
    code, else the name in one spelling."""

    row_no: int
    firm: Hashable
    uscc: str
    name: str
    level: str
    subject: str
    number: str
    batch: str
    granted_on: date | None
    valid_until: date | None

    @property
    def title(self) -> Hashable:
        """Whose title it is; a firm may hold several of different subjects."""
        return self.firm, self.level, self.subject

    @property
    def facts(self) -> Hashable:
        """What is said of it."""
        return self.number, self.batch, self.granted_on, self.valid_until

    def repeats(self, other: Said) -> bool:
        """Say whether it says nothing but what another row of the same title says."""
        one_code = bool(self.uscc) and self.uscc == other.uscc
        return self.facts == other.facts and not (one_code and self.name != other.name)

    @property
    def place(self) -> Hashable:
        """The number, which only one row of a list may carry."""
        return self.level, self.batch, self.number


@dataclass
class Clashes:
    """Rows that repeat an earlier one, and pairs that contradict each other, by row."""

    repeated: dict[int, int]
    contradictory: dict[int, int]


def clashes(rows: Sequence[Said]) -> Clashes:
    """Compare all rows of a list. Of a contradiction both rows are left out, each naming the
    other; of a repetition the first counts."""
    found = Clashes({}, {})
    titles: dict[Hashable, Said] = {}
    places: dict[Hashable, Said] = {}
    for row in rows:
        before = titles.setdefault(row.title, row)
        if before is not row:
            note(found, before, row, same=row.repeats(before))
            continue
        other = places.setdefault(row.place, row) if row.number else row
        if other is not row:
            note(found, other, row, same=False)
    return found


def note(found: Clashes, before: Said, row: Said, *, same: bool) -> None:
    """Write down what a row is to an earlier one."""
    if same:
        found.repeated[row.row_no] = before.row_no
        return
    found.contradictory[row.row_no] = before.row_no
    found.contradictory.setdefault(before.row_no, row.row_no)


def digest_of(rows: Iterable[Sequence[object]]) -> str:
    """Return the SHA-256 over what was recorded, in canonical JSON."""
    text = json.dumps(
        [[str(cell) for cell in row] for row in rows], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()

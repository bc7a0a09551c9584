"""What is found while a sheet is read, and how it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.errors import Refused
from portal.sheets.terms import RANK, Level


class Unreadable(Refused):
    """A file that cannot be read; the message is one sentence that says what it is."""

    def __init__(self, message: object) -> None:
        super().__init__(message, "file")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about a row: `row` is the sheet's own number, `ref` its 序号 cell."""

    row: int
    ref: str
    level: Level
    column: str
    message: str

    def as_json(self) -> dict[str, object]:
        """Return the item of the report."""
        return {
            "row": self.row,
            "ref": self.ref,
            "level": str(self.level),
            "column": self.column,
            "message": self.message,
        }


def worst(findings: Iterable[Finding]) -> Level:
    """Return what became of a row with these findings."""
    return max((finding.level for finding in findings), key=RANK.__getitem__, default=Level.OK)


@dataclass
class Checked:
    """One row with what was found in it; `titles` names the columns by their keys."""

    row: int
    ref: str
    titles: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    @property
    def level(self) -> Level:
        return worst(self.findings)

    @property
    def is_accepted(self) -> bool:
        return self.level not in (Level.REFUSED, Level.SKIPPED)

    def say(self, column: str, level: Level, message: str) -> None:
        """Add a finding at a column given by its key, at the row as a whole for none."""
        title = self.titles.get(column, "")
        self.findings.append(Finding(self.row, self.ref, level, title, message))


@dataclass
class Totals:
    """How many rows ended at each level; a row counts once, under its worst finding."""

    counts: dict[Level, int] = field(default_factory=lambda: dict.fromkeys(Level, 0))

    def add(self, level: Level, times: int = 1) -> None:
        self.counts[level] += times

    def as_json(self) -> dict[str, int]:
        """Return the counts by level, and `rows`, which is their sum."""
        return {"rows": sum(self.counts.values())} | {
            str(level): count for level, count in self.counts.items()
        }

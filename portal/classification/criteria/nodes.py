"""A rule version as it is held in memory: criteria, scores, sources. docs/criteria-language.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from portal.classification.criteria.formulas import Formula
from portal.classification.criteria.reading import Place
from portal.classification.criteria.values import Bounds, Interval
from portal.classification.criteria.vocabulary import Ref

TOTAL = "total"


class Confidence(StrEnum):
    """How well a statement is backed, best first."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    MEMORY_HIGH = "memory_high"
    MEMORY_LOW = "memory_low"


@dataclass(frozen=True)
class Said:
    """A text in both languages; English may be missing."""

    zh: str = ""
    en: str = ""


UNSAID = Said()


@dataclass(frozen=True)
class Move:
    """A change that can be aimed at: by how much of x each fact moves, and what is assumed."""

    by: tuple[tuple[Ref, Fraction], ...]
    assumes: Said = UNSAID


@dataclass(frozen=True)
class Figure:
    """A formula with its name, unit and how it can be moved."""

    name: str
    formula: Formula
    unit: str
    said: Said
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """What every criterion carries, whatever its kind."""

    id: str
    place: Place
    said: Said = UNSAID
    clause: str = ""
    confidence: Confidence | None = None
    judgement: bool = False
    given: bool = False
    direct: bool = False
    note: Said = UNSAID


@dataclass(frozen=True)
class Compare(Criterion):
    """A figure within bounds."""

    figure: Figure = field(kw_only=True)
    bounds: Bounds = field(kw_only=True)


@dataclass(frozen=True)
class Flag(Criterion):
    """A yes or no that must be as said."""

    ref: Ref = field(kw_only=True)
    wanted: bool = field(kw_only=True)


@dataclass(frozen=True)
class Choice(Criterion):
    """A choice that must be among the listed ones."""

    ref: Ref = field(kw_only=True)
    among: frozenset[str] = field(kw_only=True)


@dataclass(frozen=True)
class Points(Criterion):
    """A score, or one dimension of it, that must reach a mark."""

    of: str = field(kw_only=True)
    bounds: Bounds = field(kw_only=True)


@dataclass(frozen=True)
class Group(Criterion):
    """Several criteria of which all, any or none must hold."""

    how: str = field(kw_only=True)  # all, any, not
    parts: tuple[Criterion, ...] = field(kw_only=True)


@dataclass(frozen=True)
class Band:
    """What gives how many points; `when` None is the band for all else."""

    when: Criterion | None
    points: Interval
    place: Place


@dataclass(frozen=True)
class Grade:
    """A word a reviewer may choose, with the points it leaves open."""

    said: Said
    points: Interval
    place: Place


@dataclass(frozen=True)
class Steps:
    """So many points for every full amount of a figure."""

    figure: Figure
    every: Fraction
    points: Fraction


@dataclass(frozen=True)
class Indicator:
    """One line of a score: bands tried in order, steps, or a reviewer's points alone."""

    id: str
    said: Said
    clause: str
    most: Fraction
    place: Place
    bands: tuple[Band, ...] = ()
    steps: Steps | None = None
    expert: Ref | None = None
    grades: tuple[Grade, ...] = ()
    bonus: bool = False


@dataclass(frozen=True)
class Dimension:
    """Indicators added up, or the best of them taken, up to a cap."""

    id: str
    said: Said
    most: Fraction
    indicators: tuple[Indicator, ...]
    place: Place
    best: bool = False


@dataclass(frozen=True)
class Score:
    """A table of points."""

    most: Fraction
    dimensions: tuple[Dimension, ...]
    place: Place


@dataclass(frozen=True)
class Document:
    """What a version rests on."""

    title: str
    number: str
    issuer: str
    issued: str
    confidence: Confidence
    url: str = ""


@dataclass(frozen=True)
class Period:
    """Dates, both included; an end of None never comes."""

    begin: date
    end: date | None

    def covers(self, day: date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        return (other.end is None or self.begin <= other.end) and (
            self.end is None or other.begin <= self.end
        )


@dataclass(frozen=True)
class Applying:
    """Where and when the title is really applied for."""

    platform: Said
    window: Said


@dataclass(frozen=True)
class SizeRow:
    """One industry of the size table: prefixes of its codes, lower bounds large, medium, small."""

    id: str
    said: Said
    prefixes: tuple[str, ...]
    excluded: tuple[str, ...]
    bounds: tuple[tuple[Ref, tuple[Fraction, Fraction, Fraction]], ...]
    place: Place


@dataclass(frozen=True)
class SizeTable:
    """Size classes by industry; codes in `uncovered` have none."""

    industry: Ref
    rows: tuple[SizeRow, ...]
    uncovered: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """One version of the rules for a title: a gate of criteria or, for sizes, a table.

    `series` are versions that follow one another; `recheck` is a further period in which
    re-checks of held titles still use this version.
    """

    id: str
    series: str
    title: str | None
    said: Said
    documents: tuple[Document, ...]
    confidence: Confidence
    in_force: Period
    recheck: Period | None
    indicative: bool
    applying: Applying
    place: Place
    note: Said = UNSAID
    rule: Group | None = None
    score: Score | None = None
    remarks: tuple[Criterion, ...] = ()
    sizes: SizeTable | None = None
    dates: Place | None = None

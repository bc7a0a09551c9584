"""The facts a rule may read: ids, types, units and bounds, as the fixtures state them.

`metrics.yaml` holds the figures of a record; `record_facts.yaml`, in the same form, what is kept
elsewhere (the record itself, an application, titles held). Together they are the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from flask_babel import gettext as _

from portal.classification.criteria import reading
from portal.classification.criteria.reading import Place

YEARS_KEPT = 4


class Type(StrEnum):
    """What a fact is; a code is digits with leading zeros, hence text."""

    INT = "int"
    DECIMAL = "decimal"
    BOOL = "bool"
    ENUM = "enum"
    CODE = "code"
    DATE = "date"


NUMERIC = {Type.INT, Type.DECIMAL}


@dataclass(frozen=True)
class Metric:
    """One fact: `years` 0 means a single undated statement, 4 means Y0 to Y3.

    `least` and `most` are bounds in the unit (a date's are ISO text), `at_most` names another
    fact of the same year that it cannot exceed; `by_officer` marks what a reviewer states, `given`
    a class the firm is in, of which no change is proposed.
    """

    id: str
    zh: str
    en: str
    unit: str
    type: Type
    years: int = 0
    least: str | None = None
    most: str | None = None
    at_most: str | None = None
    choices: tuple[str, ...] = ()
    by_officer: bool = False
    given: bool = False
    choice_names: tuple[tuple[str, str], ...] = ()  # zh and en of each choice

    @property
    def step(self) -> Fraction:
        """Return the smallest amount by which a figure of this kind can differ.

        Money is kept to 分, that is to a millionth of 万元.
        """
        if self.type == Type.INT:
            return Fraction(1)
        return Fraction(1, 1_000_000 if self.unit == "wan" else 10_000)


@dataclass(frozen=True)
class Vocabulary:
    """Every known fact by id, and for which others a plain one stands where they are not given."""

    metrics: Mapping[str, Metric]
    stands_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, metric: str) -> Metric | None:
        return self.metrics.get(metric)


def read_vocabulary(fixtures: Path) -> Vocabulary:
    """Read both files of the vocabulary; raises RuleFileError naming file and line."""
    metrics: dict[str, Metric] = {}
    for name, key in (("metrics.yaml", "metrics"), ("record_facts.yaml", "facts")):
        document = reading.read_file(fixtures / name)
        for item in reading.sequence(document.get(key)):
            metric = _metric(reading.mapping(item))
            if metric.id in metrics:
                item.place.refuse(f"“{metric.id}” is a fact already")
            metrics[metric.id] = metric
    return Vocabulary(metrics, _stand_ins(fixtures / "record_facts.yaml"))


def _stand_ins(path: Path) -> dict[str, tuple[str, ...]]:
    document = reading.mapping(reading.read_file(path).get("stands_for"))
    return {
        plain: tuple(reading.scalar(one).as_text() for one in reading.sequence(others))
        for plain, others in document.items.items()
    }


def _metric(item: reading.Mapping) -> Metric:
    kind = item.text("type")
    if kind not in Type.__members__.values():
        item.place_of("type").refuse(f"“{kind}” is not a type of fact")
    return Metric(
        id=item.text("id"),
        zh=item.text("zh"),
        en=item.text("en"),
        unit=item.text("unit"),
        type=Type(kind),
        years=int(item.number("years")) if "years" in item else 0,
        least=item.text_or("min") or None,
        most=item.text_or("max") or None,
        at_most=item.text_or("at_most") or None,
        choices=tuple(choice.text("slug") for choice in _choices(item)),
        choice_names=tuple((choice.text("zh"), choice.text("en")) for choice in _choices(item)),
        by_officer=item.text_or("by") == "officer",
        given=item.flag("given"),
    )


def _choices(item: reading.Mapping) -> list[reading.Mapping]:
    if "choices" not in item:
        return []
    return [reading.mapping(choice) for choice in reading.sequence(item.items["choices"])]


class Ref(NamedTuple):
    """One fact of one year: `back` counts years back from Y0, None for what has no year."""

    metric: str
    back: int | None = None

    def __str__(self) -> str:
        return self.metric if self.back is None else f"{self.metric}@Y{self.back}"


def read_ref(written: str, place: Place, vocabulary: Vocabulary) -> Ref:
    """Return the fact that `metric`, or `metric@Y1`, names; refuses an unknown one.

    A fact stated for one year only may be named without it.
    """
    name, _sep, year = written.partition("@")
    metric = vocabulary.get(name)
    if metric is None:
        place.refuse(_("“%(name)s” is not a known fact", name=name))
    if not year:
        if metric.years > 1:
            place.refuse(_("“%(name)s” is stated per year: name one, as in %(name)s@Y0", name=name))
        return Ref(name, 0 if metric.years else None)
    if year not in {f"Y{back}" for back in range(metric.years)}:
        place.refuse(_("“%(name)s” is not stated for “%(year)s”", name=name, year=year))
    return Ref(name, int(year[1:]))

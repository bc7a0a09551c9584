"""Where and when titles are really applied for, and in which order facts are asked for there: read
once from `fixtures/applying.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from portal.classification.criteria.nodes import UNSAID, Confidence, Said
from portal.classification.criteria.vocabulary import Ref


class ApplyingError(Exception):
    """The file leaves something out or names something unknown; says what."""


@dataclass(frozen=True)
class Window:
    """When applications are taken: either end may be unknown."""

    said: Said
    opens: date | None
    closes: date | None
    confidence: Confidence
    source: str

    def is_open(self, on: date) -> bool:
        """Say whether applications are taken on a day."""
        begun = self.opens is None or self.opens <= on
        return begun and (self.closes is None or on <= self.closes)

    def is_past(self, on: date) -> bool:
        """Say whether it has closed."""
        return self.closes is not None and self.closes < on


@dataclass(frozen=True)
class Duty:
    """What holders do by a day of every year."""

    said: Said
    month: int
    day: int
    confidence: Confidence
    source: str

    def next_after(self, on: date) -> date:
        """Return the next such day, today included."""
        this_year = date(on.year, self.month, self.day)
        return this_year if this_year >= on else this_year.replace(year=on.year + 1)


@dataclass(frozen=True)
class Field:
    """One field of the platform: a fact with its year, or a field of the record."""

    ref: Ref | None
    record: str
    said: Said


@dataclass(frozen=True)
class Order:
    """What the order of the fields follows. It is ours, unless the platform's own was read: then
    `confidence` and `source` say how well."""

    said: Said = UNSAID
    confidence: Confidence | None = None
    source: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether the platform's own order is not known."""
        return self.confidence is None


@dataclass(frozen=True)
class Applying:
    """Everything known about applying for what a series judges."""

    series: str
    url: str = ""
    windows: tuple[Window, ...] = ()
    duties: tuple[Duty, ...] = ()
    groups: tuple[tuple[Said, tuple[Field, ...]], ...] = ()
    order: Order = Order()


_known: dict[str, Applying] = {}


def load_applying(fixtures: Path) -> None:
    """Read the file; raises ApplyingError saying what is wrong."""
    path = fixtures / "applying.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        found = [read_applying(item) for item in content["applying"]]
    except (KeyError, ValueError, TypeError) as error:
        raise ApplyingError(f"{path.name}: {error!r}") from error
    _known.clear()
    _known.update((one.series, one) for one in found)


def applying_for(series: str) -> Applying:
    """Return what is known about applying; nothing where the file says nothing."""
    return _known.get(series, Applying(series))


def all_applying() -> Mapping[str, Applying]:
    """Return what is known, by series."""
    return _known


def read_applying(item: Mapping[str, Any]) -> Applying:
    """Return one item of the file; raises KeyError, ValueError or TypeError."""
    return Applying(
        series=item["series"],
        url=item.get("url", ""),
        windows=tuple(read_window(one) for one in item.get("windows", ())),
        duties=tuple(read_duty(one) for one in item.get("yearly", ())),
        groups=tuple(
            (said(group), tuple(read_field(row) for row in group["rows"]))
            for group in item.get("fields", ())
        ),
        order=read_order(item["order"]) if "order" in item else Order(),
    )


def read_order(item: Mapping[str, Any]) -> Order:
    if "read" not in item:
        return Order(said(item))
    return Order(said(item), Confidence(item["read"]["confidence"]), item["read"]["source"])


def said(item: Mapping[str, Any]) -> Said:
    return Said(item.get("zh", ""), item.get("en", ""))


def read_window(item: Mapping[str, Any]) -> Window:
    return Window(
        said(item),
        item.get("opens"),
        item.get("closes"),
        Confidence(item["confidence"]),
        item["source"],
    )


def read_duty(item: Mapping[str, Any]) -> Duty:
    month, day = (int(part) for part in item["until"].split("-"))
    date(2001, month, day)  # a day that every year has; raises ValueError
    return Duty(said(item), month, day, Confidence(item["confidence"]), item["source"])


def read_field(item: Mapping[str, Any]) -> Field:
    if "record" in item:
        return Field(None, item["record"], said(item))
    metric, _sep, year = item["fact"].partition("@Y")
    return Field(Ref(metric, int(year) if year else None), "", said(item))

"""The facts of the city the portal runs for, read once from fixtures/site.yaml.

Every page, number and code that names a city takes it from here; see the comments in the file.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portal.city import Confirmation, Joining, Weights


class SiteError(Exception):
    """The site file lacks a fact, has one too many or one of the wrong kind; says which."""


@dataclass(frozen=True)
class City:
    """The city itself; `division` is its six-figure GB/T 2260 code."""

    name_zh: str
    name_en: str
    short_name_zh: str
    short_name_en: str
    division: str
    government_name_zh: str
    government_name_en: str
    government_url: str


@dataclass(frozen=True)
class Organiser:
    """A lead body of the site; `department` is its slug in the taxonomy."""

    department: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Government:
    """What every government site shows in its foot; empty means not shown."""

    site_code: str
    icp: str
    police: str
    party_mark_url: str
    party_mark_image: str
    report_errors_url: str
    report_errors_image: str


@dataclass(frozen=True)
class Contact:
    """Where people get help; `phone_tel` is the number as a tel: link writes it."""

    phone_zh: str
    phone_en: str
    phone_tel: str
    hotline: str
    office_zh: str
    office_en: str
    hours_zh: str
    hours_en: str
    counter_zh: str
    counter_en: str
    mail: str


@dataclass(frozen=True)
class Numbers:
    """Patterns of the numbers the portal allots, for str.format; `marks` by entry kind."""

    entry: str
    marks: Mapping[str, str]
    submission: str
    admission: str
    letter: str
    application: str
    certificate: str


@dataclass(frozen=True)
class Divisions:
    """Division codes in credit codes issued in this city, with the slug of today's district."""

    current: Mapping[str, str]
    abolished: Mapping[str, str]
    citywide: tuple[str, ...]

    def district(self, code: str) -> str | None:
        """Return the district a division code names today, None for one of elsewhere."""
        return self.current.get(code) or self.abolished.get(code)


@dataclass(frozen=True)
class Cell:
    """A place on the tile map, counted from 1."""

    row: int
    column: int


@dataclass(frozen=True)
class Tile(Cell):
    """A district's place on the tile map."""

    district: str


@dataclass(frozen=True)
class HeadlineTarget:
    """A target of the plan shown on the home page."""

    target: str
    label_zh: str
    label_en: str


@dataclass(frozen=True)
class HeadlineTitle:
    """A counter of the home page over title kinds; none of them means the whole registry."""

    kinds: tuple[str, ...]
    label_zh: str
    label_en: str
    unit_zh: str
    unit_en: str
    note_zh: str
    note_en: str


@dataclass(frozen=True)
class Site:
    """All facts of the city, as the file orders them."""

    name_zh: str
    name_en: str
    short_name_zh: str
    short_name_en: str
    strapline_zh: str
    strapline_en: str
    slogan_zh: tuple[str, ...]
    slogan_en: tuple[str, ...]
    tagline_zh: str
    tagline_en: str
    domain: str
    time_zone: str
    seal: str
    wordmark: str
    city: City
    organisers: tuple[Organiser, ...]
    government: Government
    contact: Contact
    demonstration_zh: str
    demonstration_en: str
    numbers: Numbers
    confirmation: Confirmation
    joining: Joining
    completeness: Weights
    divisions: Divisions
    name_places: tuple[str, ...]
    name_remarks: tuple[str, ...]
    tiles: tuple[Tile, ...]
    citywide_tile: Cell
    headline_targets: tuple[HeadlineTarget, ...]
    headline_titles: tuple[HeadlineTitle, ...]
    hot_searches_zh: tuple[str, ...]
    hot_searches_en: tuple[str, ...]


def load_site(path: Path) -> Site:
    """Read the site file. Raises SiteError naming the fact that is missing, unknown or wrong."""
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    site = typing.cast(Site, build(Site, facts, path.name))
    points = sum(dataclasses.astuple(site.completeness))
    if points != 100:
        raise SiteError(f"{path.name}.completeness: the weights make {points}, not 100")
    return site


def build(kind: Any, value: Any, where: str) -> object:
    """Turn YAML values into `kind`: a dataclass, tuple[X, ...], Mapping[str, str], str or int."""
    if dataclasses.is_dataclass(kind):
        return build_record(kind, value, where)
    origin = typing.get_origin(kind)
    if origin is tuple and isinstance(value, list):
        part = typing.get_args(kind)[0]
        return tuple(build(part, item, f"{where}[{n}]") for n, item in enumerate(value))
    if origin is not None and isinstance(value, dict):
        return types.MappingProxyType({str(key): str(item) for key, item in value.items()})
    if origin is None and isinstance(value, kind):
        return typing.cast(object, value)
    raise SiteError(f"{where}: {value!r} is not what belongs here")


def build_record(kind: Any, value: Any, where: str) -> object:
    """Build one dataclass from a mapping that has exactly its fields."""
    hints = typing.get_type_hints(kind)
    given = value if isinstance(value, dict) else {}
    for word, names in (("missing", hints.keys() - given), ("unknown", given.keys() - hints)):
        if names:
            raise SiteError(f"{where}: {word} {', '.join(sorted(names))}")
    return kind(**{name: build(hints[name], given[name], f"{where}.{name}") for name in hints})

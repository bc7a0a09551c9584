"""Facets over any list: any value within one, every one of them, counts that ignore their own.

A facet knows the column its values stand in, and is counted under its name from the kept counts.
Values in the address are slugs; `Option.key` is what the column holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, SQLColumnExpression, bindparam, exists, select

from portal.counts.cube import Cube

Condition = ColumnElement[bool]
Keys = Sequence[Any] | BindParameter[Any]


@dataclass(frozen=True)
class Option:
    """One value: its slug in the address, what the column holds, its name (row or lazy text)."""

    slug: str
    key: Any
    name: Any


@dataclass(frozen=True, eq=False)
class Facet:
    """One group of filters over a single-valued column of the listed rows. `looks` is what pages
    and files make of it, each under a key of theirs: kept as long as the facet lasts."""

    name: str
    label: Any
    options: tuple[Option, ...]
    column: SQLColumnExpression[Any]
    is_open: bool = True
    looks: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    @cached_property
    def by_slug(self) -> Mapping[str, Option]:
        """The options by what the address says of them."""
        return {option.slug: option for option in self.options}

    def holds(self, keys: Keys) -> Condition:
        """Return the condition that a row has one of these values."""
        return self.column.in_(keys)

    def met_by_each(self, keys: Keys) -> Condition:
        """Return the same, asked of one row after the other in the order of the list: quicker
        where many rows meet it, as a page is then full after a few."""
        return self.holds(keys)


@dataclass(frozen=True, eq=False)
class LinkedFacet(Facet):
    """A facet of which a row may have several values: they stand in another table, `owner`
    being that table's reference to the row, `listed` the row's id."""

    owner: Any = None
    listed: Any = None

    def holds(self, keys: Keys) -> Condition:
        found: Condition = self.listed.in_(select(self.owner).where(self.column.in_(keys)))
        return found

    def met_by_each(self, keys: Keys) -> Condition:
        return exists().where(self.owner == self.listed, self.column.in_(keys))


@dataclass(frozen=True)
class Choice:
    """One option as a page shows it."""

    slug: str
    name: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One facet as a page shows it: how many rows each of its options has, and which of them are
    chosen. An option without a row stays, and is drawn greyed."""

    facet: Facet
    counts: tuple[int, ...]
    slugs: tuple[str, ...] = ()  # of the chosen options

    @property
    def name(self) -> str:
        return self.facet.name

    @property
    def label(self) -> Any:
        return self.facet.label

    @property
    def is_open(self) -> bool:
        return self.facet.is_open or bool(self.slugs)

    @property
    def choices(self) -> list[Choice]:
        """Its options as they are shown."""
        shown = zip(self.facet.options, self.counts, strict=True)
        return [Choice(one.slug, one.name, n, one.slug in self.slugs) for one, n in shown]

    @property
    def chosen(self) -> list[Option]:
        """The chosen options, in the order in which they are shown."""
        return [one for one in self.facet.options if one.slug in self.slugs] if self.slugs else []


Chosen = Mapping[str, Sequence[str]]


def keys_of(facet: Facet, chosen: Chosen) -> list[Any]:
    """Return what the column holds for the chosen slugs of a facet, in the order of its options."""
    wanted = chosen.get(facet.name)
    return [option.key for option in facet.options if option.slug in wanted] if wanted else []


def conditions(facets: Iterable[Facet], chosen: Chosen) -> list[Condition]:
    """Return the conditions of all chosen facets."""
    return [facet.holds(keys_of(facet, chosen)) for facet in facets if chosen.get(facet.name)]


def asked_for(facet: Facet) -> BindParameter[Any]:
    """Return what stands for the chosen values in a statement that is kept: facet_<name>."""
    return bindparam(f"facet_{facet.name}", expanding=True)


def groups(
    facets: Sequence[Facet], chosen: Chosen, cube: Cube, within: Mapping[str, Sequence[Any]]
) -> list[Group]:
    """Count every facet over the records that pass all the others, `within` what all share."""
    keys = chosen_keys(facets, chosen, within)
    return [group(facet, chosen, cube.counts(facet.name, keys)) for facet in facets]


def chosen_keys(
    facets: Iterable[Facet], chosen: Chosen, within: Mapping[str, Sequence[Any]]
) -> dict[str, Sequence[Any]]:
    """Return the chosen values by facet as a cube knows them."""
    return {**within, **{one.name: keys_of(one, chosen) for one in facets if chosen.get(one.name)}}


def group(facet: Facet, chosen: Chosen, counts: Mapping[Any, int]) -> Group:
    """Return a facet with counts by what its column holds."""
    found = tuple([counts.get(option.key, 0) for option in facet.options])
    return Group(facet, found, tuple(chosen.get(facet.name, ())))


def group_of(facet: Facet, chosen: Chosen, counts: Mapping[str, int]) -> Group:
    """Return a facet with counts by slug."""
    found = tuple([counts.get(option.slug, 0) for option in facet.options])
    return Group(facet, found, tuple(chosen.get(facet.name, ())))

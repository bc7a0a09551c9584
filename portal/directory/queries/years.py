"""Two editions of a kind beside each other: how many of what, and what became of the earlier one.

An entry is carried on when one of the later edition names it as the entry it continues (续).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.orm import aliased

from portal.directory.queries.editions import public_editions
from portal.directory.queries.entries import columns, published
from portal.extensions import db
from portal.lists.models import Edition, Entry, EntrySubtype, Release
from portal.lists.terms.entries import Life
from portal.lists.terms.kinds import Kind


@dataclass(frozen=True)
class Part:
    """Some entries: the first of them, and how many there are."""

    rows: Sequence[Any]
    total: int


@dataclass(frozen=True)
class Changes:
    """What the later of two editions carries on and brings; what of the earlier one came to an
    end: fulfilled, withdrawn, or in any way not carried on."""

    carried_on: Part
    new: Part
    fulfilled: Part
    withdrawn: Part


def years_of(kind: Kind) -> list[int]:
    """Return the years with a public edition of a kind, the newest first."""
    return [edition.year for edition in public_editions() if edition.kind == kind]


def year_before(kind: Kind, year: int) -> int | None:
    """Return the year of the public edition before this one, or None."""
    return next((other for other in years_of(kind) if other < year), None)


def entries_in(kind: Kind, year: int) -> Select[Any]:
    """Select the ids of the public entries of an edition."""
    return published().where(EntrySubtype.kind == kind, Edition.year == year)


def taken_up(kind: Kind, year: int) -> Select[Any]:
    """Select the ids of the entries that those of an edition carry on."""
    return (
        entries_in(kind, year)
        .with_only_columns(Entry.continues_id)
        .where(Entry.continues_id.is_not(None))
    )


def carried_on(kind: Kind, before: int, after: int, limit: int | None) -> Part:
    """Return what the later edition carries on, each with the number it had as `earlier`."""
    old = aliased(Entry)
    rows = (
        entries_in(kind, after)
        .join(old, old.id == Entry.continues_id)
        .where(old.id.in_(entries_in(kind, before)))
    )
    return part(rows, limit, old.number.label("earlier"))


def new_in(kind: Kind, before: int, after: int, limit: int | None) -> Part:
    """Return what the later edition brings that carries nothing of the earlier one on."""
    old = entries_in(kind, before)
    is_new = Entry.continues_id.is_(None) | Entry.continues_id.not_in(old)
    return part(entries_in(kind, after).where(is_new), limit)


def not_carried_on(kind: Kind, before: int, after: int, limit: int | None) -> Part:
    """Return what of the earlier edition is not in the later one."""
    rows = entries_in(kind, before).where(Entry.id.not_in(taken_up(kind, after)))
    return part(rows, limit)


def changes_since(kind: Kind, before: int, after: int, limit: int) -> Changes:
    """Return what changed from one edition to a later one, the first entries of each."""

    def came_to(life: Life) -> Part:
        return part(entries_in(kind, before).where(Entry.life == life), limit)

    return Changes(
        carried_on=carried_on(kind, before, after, limit),
        new=new_in(kind, before, after, limit),
        fulfilled=came_to(Life.FULFILLED),
        withdrawn=came_to(Life.WITHDRAWN),
    )


def part(rows: Select[Any], limit: int | None, *more: ColumnElement[Any]) -> Part:
    """Return the first of these entries in the order of their list, and how many there are, in
    one statement."""
    asked = rows.with_only_columns(*columns(), *more, func.count().over().label("total"))
    ordered = asked.order_by(Release.number, Entry.position, Entry.id)
    found = db.session.execute(ordered.limit(limit)).all()
    return Part(found, found[0].total if found else 0)


@dataclass(frozen=True)
class Counts:
    """How many entries an edition has, in all and by ids of terms, kinds and slugs."""

    total: int
    by: dict[str, Counter[Any]]


COUNTED = {
    "field": Entry.field_id,
    "district": Entry.district_id,
    "publisher": Entry.publisher_kind,
    "subtype": EntrySubtype.slug,
}


def counts_of(kind: Kind, years: Sequence[int]) -> dict[int, Counts]:
    """Return the counts of editions by year, in one statement; withdrawn entries stay counted."""
    wanted = published().where(EntrySubtype.kind == kind, Edition.year.in_(years))
    groups = (*COUNTED.values(), Edition.year)
    rows = wanted.with_only_columns(*groups, func.count()).group_by(*groups)
    found = {year: {name: Counter[Any]() for name in COUNTED} for year in years}
    for *keys, year, count in db.session.execute(rows):
        for name, key in zip(COUNTED, keys, strict=True):
            found[year][name][key] += count
    return {year: Counts(sum(by["subtype"].values()), by) for year, by in found.items()}

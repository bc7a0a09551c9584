"""The entries of enterprises located with a unit, and what units said of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.enterprises.models import Enterprise
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import AddresseeUnit, Entry, EntryForwarding
from portal.lists.queries.entries import ENTRY_PARTS
from portal.lists.terms.entries import SENT


def is_located(unit: AddresseeUnit) -> ColumnElement[bool]:
    """Say in SQL which enterprises lie in the unit's district or zone."""
    body = unit.department
    places = ((Enterprise.district_id, body.district_id), (Enterprise.zone_id, body.zone_id))
    here = [column == value for column, value in places if value is not None]
    return or_(*here) if here else false()


def entries_located(unit: AddresseeUnit) -> Select[Entry]:
    """Return a select of the entries that enterprises located there sent in for the call."""
    there = select(Enterprise.id).where(is_located(unit))
    return select(Entry).where(
        Entry.release_id == unit.release_id, Entry.state.in_(SENT), Entry.enterprise_id.in_(there)
    )


def count_located(unit: AddresseeUnit) -> int:
    """Return how many entries of enterprises lie with a unit."""
    ids = entries_located(unit).with_only_columns(Entry.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def page_of_located(unit: AddresseeUnit, offset: int, size: int) -> Sequence[Entry]:
    """Return one page of those entries, in the order in which they were sent in."""
    return db.session.scalars(
        entries_located(unit)
        .options(*ENTRY_PARTS)
        .order_by(Entry.submitted_at, Entry.id)
        .offset(offset)
        .limit(size)
    ).all()


def get_located(unit: AddresseeUnit, entry_id: int) -> Entry:
    """Return one of those entries; raises NotFound for any other."""
    found = db.session.scalar(
        entries_located(unit).where(Entry.id == entry_id).options(*ENTRY_PARTS)
    )
    if found is None:
        raise NotFound
    return found


def opinions_of(unit: AddresseeUnit, entries: Sequence[Entry]) -> dict[int, EntryForwarding]:
    """Return what the unit says of entries, by entry."""
    found = db.session.scalars(
        select(EntryForwarding).where(
            EntryForwarding.unit_id == unit.id,
            EntryForwarding.entry_id.in_([entry.id for entry in entries]),
            EntryForwarding.replaced_at.is_(None),
        )
    )
    return {each.entry_id: each for each in found}


def forwarded_by(unit: AddresseeUnit) -> Sequence[EntryForwarding]:
    """Return what the unit says of every entry that still stands, supported or not."""
    return db.session.scalars(
        select(EntryForwarding)
        .join(EntryForwarding.entry)
        .join(Entry.enterprise)
        .where(
            EntryForwarding.unit_id == unit.id,
            EntryForwarding.replaced_at.is_(None),
            Entry.state.in_(SENT),
        )
        .options(contains_eager(EntryForwarding.entry).contains_eager(Entry.enterprise))
        .order_by(EntryForwarding.entry_id)
    ).all()


def opinions_on(entry: Entry) -> Sequence[EntryForwarding]:
    """Return what units say of an entry today, for its curators."""
    return db.session.scalars(
        select(EntryForwarding)
        .where(EntryForwarding.entry_id == entry.id, EntryForwarding.replaced_at.is_(None))
        .options(joinedload(EntryForwarding.unit).joinedload(AddresseeUnit.department))
        .order_by(EntryForwarding.id)
    ).all()

"""Scores of entries and declared conflicts of interest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from portal.casework.scoring import TENTH
from portal.extensions import db
from portal.lists.models import EntryConflict, EntryScore


class Spread(NamedTuple):
    """How many scores count, their mean to a tenth, the lowest and the highest."""

    given: int
    mean: Decimal
    lowest: int
    highest: int


def scores_of(entry_id: int) -> Sequence[EntryScore]:
    """Return the scores of an entry with who gave them, oldest first."""
    return db.session.scalars(
        select(EntryScore)
        .where(EntryScore.entry_id == entry_id)
        .options(joinedload(EntryScore.officer))
        .order_by(EntryScore.id)
    ).all()


def find_score(entry_id: int, person_id: int) -> EntryScore | None:
    """Return what one officer gave, or None."""
    return db.session.scalar(
        select(EntryScore).where(
            EntryScore.entry_id == entry_id, EntryScore.officer_id == person_id
        )
    )


def conflicts_of(entry_id: int) -> Sequence[EntryConflict]:
    """Return the declared conflicts of interest about an entry."""
    return db.session.scalars(
        select(EntryConflict)
        .where(EntryConflict.entry_id == entry_id)
        .options(joinedload(EntryConflict.officer))
        .order_by(EntryConflict.id)
    ).all()


def has_conflict(entry_id: int, person_id: int) -> bool:
    """Say whether an officer declared a conflict of interest about an entry."""
    found = db.session.scalar(
        select(EntryConflict.id).where(
            EntryConflict.entry_id == entry_id, EntryConflict.officer_id == person_id
        )
    )
    return found is not None


def spreads(entry_ids: Collection[int]) -> Mapping[int, Spread]:
    """Return by entry how its scores spread; those of officers with a conflict do not count."""
    conflict = and_(
        EntryConflict.entry_id == EntryScore.entry_id,
        EntryConflict.officer_id == EntryScore.officer_id,
    )
    found = db.session.execute(
        select(
            EntryScore.entry_id,
            func.count().label("number"),
            func.sum(EntryScore.total).label("sum"),
            func.min(EntryScore.total).label("lowest"),
            func.max(EntryScore.total).label("highest"),
        )
        .outerjoin(EntryConflict, conflict)
        .where(EntryScore.entry_id.in_(entry_ids), EntryConflict.id.is_(None))
        .group_by(EntryScore.entry_id)
    )
    return {
        row.entry_id: Spread(
            row.number, (Decimal(row.sum) / row.number).quantize(TENTH), row.lowest, row.highest
        )
        for row in found
    }

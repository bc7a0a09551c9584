"""Which entries were merged or split, and into which."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.lists.models import Entry, EntryTie, Release
from portal.lists.terms.entries import EntryState


def ties_of(entry: Entry) -> Sequence[EntryTie]:
    """Return the ties of an entry that hold, as the one that ended or the one kept."""
    return db.session.scalars(
        select(EntryTie)
        .where(
            or_(EntryTie.ended_id == entry.id, EntryTie.kept_id == entry.id),
            EntryTie.undone_at.is_(None),
        )
        .options(joinedload(EntryTie.ended), joinedload(EntryTie.kept))
        .order_by(EntryTie.id)
    ).all()


def ties_that_ended(entry: Entry) -> Sequence[EntryTie]:
    """Return the ties by which an entry ended: one of a merge, several of a split."""
    return [tie for tie in ties_of(entry) if tie.ended_id == entry.id]


def mergeable_entries(release: Release, but: Entry) -> Sequence[Entry]:
    """Return the entries another one may be merged with, by title."""
    return db.session.scalars(
        select(Entry)
        .where(
            Entry.release_id == release.id,
            Entry.id != but.id,
            Entry.state.in_([EntryState.SUBMITTED, EntryState.ACCEPTED]),
        )
        .order_by(Entry.title, Entry.id)
    ).all()

"""Entries that carry on one of an earlier year (续)."""

from __future__ import annotations

from sqlalchemy import select

from portal.extensions import db
from portal.lists.models import Entry, Release
from portal.lists.queries.calls import open_calls
from portal.lists.terms.entries import EntryState, Life

ENDED = (EntryState.NOT_SELECTED, EntryState.WITHDRAWN)


def find_continuation(entry: Entry) -> Entry | None:
    """Return the entry that carries this one on, whatever its state but given up, or None."""
    return db.session.scalars(
        select(Entry)
        .where(Entry.continues_id == entry.id, Entry.state.not_in(ENDED))
        .order_by(Entry.id)
        .limit(1)
    ).first()


def may_carry_on(entry: Entry, release: Release) -> bool:
    """Say whether a release is of a later year of the same list, and the entry stands published."""
    before, edition = entry.release.edition, release.edition
    stands = entry.release.is_public and entry.life != Life.WITHDRAWN
    return stands and edition.kind == before.kind and edition.year > before.year


def call_to_continue(entry: Entry) -> Release | None:
    """Return the open call in which a published entry can be carried on and is not yet."""
    if not entry.release.is_public:
        return None
    calls = [release for release in open_calls() if may_carry_on(entry, release)]
    return calls[0] if calls and find_continuation(entry) is None else None

"""A published entry by its number, as its row."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import Entry, Release
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.entries import ENTRY_PARTS
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import EntryState


def get_public_entry(number: str) -> Entry:
    """Return the entry of a number while the public reads it; raises NotFound."""
    found = db.session.scalar(
        select(Entry)
        .join(Entry.release)
        .where(
            Entry.number == number,
            Entry.state == EntryState.ACCEPTED,
            Release.state.in_(PUBLIC_STATES),
        )
        .options(*ENTRY_PARTS, joinedload(Entry.release).options(*RELEASE_PARTS))
    )
    if found is None:
        raise NotFound
    return found

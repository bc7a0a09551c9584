"""Entries by the numbers somebody picked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from portal.directory.queries.entries import columns, published
from portal.extensions import db
from portal.lists.models import Entry
from portal.lists.terms.editions import PUBLIC_STATES, EditionState


def picked_rows(numbers: Sequence[str]) -> dict[str, Any]:
    """Return what was published under these numbers, by number. What has been taken back since is
    there too, with a snapshot that says `withdrawn`; what is not public yet is not."""
    found = rows_of(numbers, PUBLIC_STATES)
    gone = rows_of([one for one in numbers if one not in found], {EditionState.WITHDRAWN})
    return found | {number: row for number, row in gone.items() if "withdrawn" in row.snapshot}


def rows_of(numbers: Sequence[str], states: Collection[str]) -> dict[str, Any]:
    """Return the entries of releases in these states by number."""
    if not numbers:
        return {}
    rows = published(states).with_only_columns(*columns()).where(Entry.number.in_(numbers))
    return {row.number: row for row in db.session.execute(rows) if row.snapshot is not None}

"""Proposed and public wordings of entries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.errors import NotFound
from portal.extensions import db
from portal.lists.facts import facts_of
from portal.lists.models import Entry, EntryWording, Release
from portal.lists.rules.wordings import stands
from portal.lists.terms.entries import EntryState
from portal.lists.terms.fields import DETAIL_PREFIX
from portal.lists.terms.wordings import WAITS, WORDED_FIELDS, WORDED_TYPES, WordingState


def worded_fields(entry: Entry) -> list[str]:
    """Return the fields of an entry whose wording curators may edit: its texts."""
    details = [
        DETAIL_PREFIX + field["key"]
        for field in entry.subtype.fields
        if field["type"] in WORDED_TYPES
    ]
    return [*WORDED_FIELDS, *details]


def sent_wording(entry: Entry) -> dict[str, Any]:
    """Return the texts of an entry as they were sent in."""
    facts = facts_of(entry)
    return {name: facts[name] for name in worded_fields(entry)}


def wordings_of(entry: Entry) -> Sequence[EntryWording]:
    """Return every wording proposed for an entry, newest first."""
    return db.session.scalars(
        select(EntryWording)
        .where(EntryWording.entry_id == entry.id)
        .order_by(EntryWording.id.desc())
    ).all()


def open_wording(entry: Entry) -> EntryWording | None:
    """Return the wording whose submitter is asked for consent, or None."""
    return next((one for one in wordings_of(entry) if one.state == WordingState.PROPOSED), None)


def get_wording(entry: Entry, wording_id: int) -> EntryWording:
    """Return a wording proposed for this entry; raises NotFound."""
    found = db.session.get(EntryWording, wording_id)
    if found is None or found.entry_id != entry.id:
        raise NotFound
    return found


def public_wordings(entries: Collection[Entry]) -> Mapping[int, Mapping[str, Any]]:
    """Return by entry the texts that are public in place of those sent in; in one statement."""
    rows = db.session.scalars(
        select(EntryWording)
        .where(
            EntryWording.entry_id.in_([entry.id for entry in entries]),
            EntryWording.state != WordingState.DROPPED,
        )
        .order_by(EntryWording.id)
    )
    by_id = {entry.id: entry for entry in entries}
    found: dict[int, Mapping[str, Any]] = {}
    for row in rows:
        if stands(row.state, row.before, sent_wording(by_id[row.entry_id])):
            found[row.entry_id] = row.after
    return found


def public_wording(entry: Entry) -> Mapping[str, Any]:
    """Return the texts of one entry that are public in place of those sent in; a detail that was
    emptied reads as it was sent in."""
    worded = public_wordings([entry]).get(entry.id, {})
    return {n: text for n, text in worded.items() if text or not n.startswith(DETAIL_PREFIX)}


def public_facts(entry: Entry) -> dict[str, Any]:
    """Return the facts of an entry with the texts the public reads."""
    return facts_of(entry) | dict(public_wording(entry))


def waiting_titles(release: Release) -> Sequence[str]:
    """Return the titles of the accepted entries whose proposed wording is still open."""
    return db.session.scalars(
        select(Entry.title)
        .join(EntryWording, EntryWording.entry_id == Entry.id)
        .where(
            Entry.release_id == release.id,
            Entry.state == EntryState.ACCEPTED,
            EntryWording.state.in_(WAITS),
        )
        .order_by(Entry.position, Entry.id)
    ).all()

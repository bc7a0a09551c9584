"""Entries of a release and the decisions on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.audit import trail_of
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    Entry,
    EntryDecision,
    Release,
)
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.terms.entries import SENT, EntryState
from portal.taxonomy.models import Department, Term

ENTRY_PARTS = (
    joinedload(Entry.subtype),
    joinedload(Entry.department),
    joinedload(Entry.enterprise),
    joinedload(Entry.field),
    joinedload(Entry.node).joinedload(Term.parent),
    joinedload(Entry.district),
    joinedload(Entry.zone),
    joinedload(Entry.continues).load_only(Entry.number),
)


ORDER = (Entry.position, Entry.id)


def get_entry(entry_id: int) -> Entry:
    """Return an entry with its terms, publisher, release and edition; raises NotFound."""
    found = db.session.scalar(
        select(Entry)
        .where(Entry.id == entry_id)
        .options(*ENTRY_PARTS, joinedload(Entry.release).options(*RELEASE_PARTS))
    )
    if found is None:
        raise NotFound
    return found


def sent_entries(release: Release, state: str = "") -> Sequence[Entry]:
    """Return the entries sent in for a release, in the order of the list; drafts stay private."""
    states = [state] if state in SENT else list(SENT)
    return db.session.scalars(
        select(Entry)
        .where(Entry.release_id == release.id, Entry.state.in_(states))
        .options(*ENTRY_PARTS)
        .order_by(*ORDER)
    ).all()


def accepted_entries(release: Release) -> Sequence[Entry]:
    """Return what a release consists of, in its order."""
    return sent_entries(release, EntryState.ACCEPTED)


def counts_by_state(release: Release) -> Mapping[str, int]:
    """Return how many entries of a release stand in which state."""
    counted = db.session.execute(
        select(Entry.state, func.count().label("number"))
        .where(Entry.release_id == release.id)
        .group_by(Entry.state)
    )
    return {row.state: row.number for row in counted}


def last_position(release: Release) -> int:
    """Return the highest place taken in a release, 0 when none is."""
    return (
        db.session.scalar(
            select(func.max(Entry.position)).where(
                Entry.release_id == release.id, Entry.state == EntryState.ACCEPTED
            )
        )
        or 0
    )


def departments_named(slugs: set[str]) -> dict[str, Department]:
    """Return departments by slug."""
    found = db.session.scalars(
        select(Department).where(Department.slug.in_(slugs)).order_by(Department.sort)
    )
    return {department.slug: department for department in found}


def decisions_on(entry: Entry) -> Sequence[EntryDecision]:
    """Return every decision on an entry with who took it, newest first."""
    return db.session.scalars(
        select(EntryDecision)
        .where(EntryDecision.entry_id == entry.id)
        .options(joinedload(EntryDecision.decided_by))
        .order_by(EntryDecision.id.desc())
    ).all()


def find_last_decision(entry: Entry) -> EntryDecision | None:
    """Return the newest decision on an entry, or None."""
    found = decisions_on(entry)
    return found[0] if found else None


def entries_of_record(enterprise_id: int) -> Sequence[Entry]:
    """Return every entry of a record, oldest first."""
    return db.session.scalars(
        select(Entry).where(Entry.enterprise_id == enterprise_id).order_by(Entry.id)
    ).all()


def changed_since(entry: Entry, version: int) -> tuple[str, ...]:
    """Return the fields the trail shows as changed after a version was opened."""
    names: dict[str, None] = {}
    for event in trail_of(Entry.__tablename__, entry.id, limit=20):
        if (event.changes.get("version") or [0, 0])[0] < version:
            break
        names.update(dict.fromkeys(name for name in event.changes if name != "version"))
    return tuple(names)

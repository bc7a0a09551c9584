"""Calls for entries: those that are open, what they say, the drafts they found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from portal import clock
from portal.errors import NotFound
from portal.extensions import db
from portal.files import StoredFile, files_of
from portal.lists.models import (
    AddresseeUnit,
    DraftReminder,
    Edition,
    Entry,
    ListCall,
    ListCallEvent,
    Release,
)
from portal.lists.queries.editions import get_release
from portal.lists.rules.calls import REMINDED_BEFORE, is_call_open
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import EntryState
from portal.lists.terms.kinds import PublisherKind

CALL_FILES = "list_call"
UNKNOWN = (EditionState.PLANNED, EditionState.CANCELLED)


def open_calls() -> list[Release]:
    """Return the releases that take entries today, those that close first at the top."""
    found = db.session.scalars(
        select(Release)
        .join(Release.edition)
        .where(Release.state == EditionState.CALL_OPEN)
        .options(contains_eager(Release.edition))
        .order_by(Release.call_closes_on, Edition.year.desc(), Edition.kind, Release.id)
    )
    return [release for release in found if takes_entries(release)]


def takes_entries(release: Release) -> bool:
    """Say whether the call for a release is open today."""
    return is_call_open(release.state, release.call_opens_on, release.call_closes_on, clock.today())


def addresses_enterprises(release: Release) -> bool:
    """Say whether the call for a release addresses enterprises; one without notice does."""
    call = db.session.get(ListCall, release.id)
    return call is None or not call.audience or PublisherKind.ENTERPRISE in call.audience


def find_call(release: Release) -> ListCall | None:
    """Return what the call for a release says, None while nothing is written."""
    return db.session.get(ListCall, release.id)


def made_known() -> Select[Release]:
    """Select the releases whose call the public may read: open ones and those of before."""
    return (
        select(Release)
        .join(ListCall, ListCall.release_id == Release.id)
        .join(Release.edition)
        .where(Release.state.not_in(UNKNOWN))
        .options(contains_eager(Release.edition))
    )


def public_calls(offset: int = 0, limit: int = 20) -> Sequence[Release]:
    """Return a page of the calls made known, those that opened last first."""
    order = (Release.call_opens_on.desc(), Release.id.desc())
    return db.session.scalars(made_known().order_by(*order).offset(offset).limit(limit)).all()


def count_public_calls() -> int:
    """Return how many calls were made known."""
    ids = made_known().with_only_columns(Release.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def get_public_call(release_id: int) -> tuple[Release, ListCall]:
    """Return a release and its call when it was made known; raises NotFound."""
    release = get_release(release_id)
    call = find_call(release)
    if call is None or release.state in UNKNOWN:
        raise NotFound
    return release, call


def call_events(release: Release) -> Sequence[ListCallEvent]:
    """Return what was made known about a call, newest first."""
    return db.session.scalars(
        select(ListCallEvent)
        .where(ListCallEvent.release_id == release.id)
        .order_by(ListCallEvent.id.desc())
    ).all()


def call_files(release: Release) -> Sequence[StoredFile]:
    """Return the attachments of a call, oldest first."""
    return files_of(CALL_FILES, [release.id])


def get_call_file(release: Release, name: str) -> StoredFile:
    """Return an attachment of this call by its opaque name; raises NotFound."""
    for file in call_files(release):
        if file.name == name:
            return file
    raise NotFound


def drafts_of(release: Release) -> Sequence[Entry]:
    """Return the drafts begun for a release, by whom and in order."""
    return db.session.scalars(
        select(Entry)
        .where(Entry.release_id == release.id, Entry.state == EntryState.DRAFT)
        .order_by(Entry.created_by_id, Entry.id)
    ).all()


def drafts_to_remind(today: date, limit: int = 500) -> Sequence[tuple[Entry, date]]:
    """Return the drafts whose call ends within three days and whose writers were not reminded
    of that last day, with the day: a unit's own where it has one."""
    last_day = func.coalesce(AddresseeUnit.due_on, Release.call_closes_on)
    reminded = (
        select(DraftReminder.entry_id)
        .where(
            DraftReminder.entry_id == Entry.id,
            DraftReminder.closes_on == last_day,
        )
        .exists()
    )
    unit = (AddresseeUnit.release_id == Entry.release_id) & (
        AddresseeUnit.department_id == Entry.department_id
    )
    rows = db.session.execute(
        select(Entry, last_day.label("last_day"))
        .join(Entry.release)
        .outerjoin(AddresseeUnit, unit)
        .where(
            Entry.state == EntryState.DRAFT,
            Release.state == EditionState.CALL_OPEN,
            last_day.between(today, today + REMINDED_BEFORE),
            ~reminded,
        )
        .options(contains_eager(Entry.release).joinedload(Release.edition))
        .order_by(Entry.id)
        .limit(limit)
    )
    return [(row.Entry, row.last_day) for row in rows]

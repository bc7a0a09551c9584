"""Published entries as they were worded ahead for files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_

from portal import clock
from portal.directory.queries.entries import columns, published, state_on
from portal.extensions import db
from portal.lists.models import Edition, Entry, EntryLine, EntrySubtype, Release

LINES = {"zh": EntryLine.zh, "en": EntryLine.en, "content": EntryLine.content}


def with_lines(public: Select[Any], wording: str, which: str) -> Select[Any]:
    """Select of public entries what changes from day to day, and their `line` as it is worded
    ahead: None where it is not, or where it is of another wording or version."""
    present = and_(
        EntryLine.entry_id == Entry.id,
        EntryLine.of_version == Entry.version,
        EntryLine.worded == wording,
    )
    what: tuple[Any, ...] = (
        Entry.id,
        EntrySubtype.kind,
        Entry.life,
        Entry.closes_on,
        state_on(clock.today()).label("state"),
        LINES[which].label("line"),
    )
    return public.outerjoin(EntryLine, present).with_only_columns(*what)


def with_content(public: Select[Any], wording: str) -> Select[Any]:
    """Select the same for JSON, which says more of each."""
    more = (Entry.number, Entry.outcome, Edition.year, Edition.is_sample, Release.published_at)
    return with_lines(public, wording, "content").add_columns(*more)


def live(public: Select[Any], ids: Sequence[int]) -> Sequence[Any]:
    """Return the whole rows of these entries, as far as they are public."""
    rows = public.with_only_columns(*columns(), Entry.version)
    return db.session.execute(rows.where(Entry.id.in_(ids))).all() if ids else []


def without_line(wording: str, after: int, limit: int) -> Sequence[int]:
    """Return the next public entries that are not worded ahead, by id."""
    missing = with_lines(published(), wording, "zh").where(EntryLine.entry_id.is_(None))
    page = missing.where(Entry.id > after).with_only_columns(Entry.id).order_by(Entry.id)
    return db.session.scalars(page.limit(limit)).all()

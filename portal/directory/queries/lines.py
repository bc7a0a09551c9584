"""Published entries as they were worded ahead for files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, and_

from portal import clock
from portal.directory.queries.entries import columns, published, state_on
from portal.directory.queries.ranking import among
from portal.extensions import db
from portal.lists.models import Edition, Entry, EntryLine, EntrySubtype, Release

LINES = {"zh": EntryLine.zh, "en": EntryLine.en, "content": EntryLine.content}


def with_lines(public: Select[Any], wording: str, which: str) -> Select[Any]:
    """Select of public entries id, the line worded ahead (None where there is none, or one of
    another wording or version), then what the state of the day rests on."""
    present = and_(
        EntryLine.entry_id == Entry.id,
        EntryLine.of_version == Entry.version,
        EntryLine.worded == wording,
    )
    what: tuple[Any, ...] = (
        Entry.id,
        LINES[which].label("line"),
        EntrySubtype.kind,
        state_on(clock.today()).label("state"),
        Entry.life,
        Entry.closes_on,
    )
    return public.outerjoin(EntryLine, present).with_only_columns(*what)


def with_content(public: Select[Any], wording: str) -> Select[Any]:
    """Select the same for JSON, which says more of each."""
    more = (Edition.year, Edition.is_sample, Release.published_at, Entry.outcome, Entry.number)
    return with_lines(public, wording, "content").add_columns(*more)


def reader(rows: Select[Any]) -> Callable[[Sequence[int]], Sequence[Any]]:
    """Return what reads these rows by their ids; it knows no objects and compiles once."""
    asked, connection = rows.where(among(Entry.id)), db.session.connection()
    return lambda ids: connection.execute(asked, {"ids": ids}).all()


def plain_reader(rows: Select[Any]) -> Callable[[Sequence[int]], Sequence[tuple[Any, ...]]]:
    """Return the same for rows as the driver hands them out, days as text where it has no days:
    what a large file needs no columns for by name."""
    asked, connection = rows.where(among(Entry.id)), db.session.connection()

    def read(ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        with connection.execute(asked, {"ids": ids}) as result:
            found: Sequence[tuple[Any, ...]] = result.cursor.fetchall()
        return found

    return read


def live(public: Select[Any], ids: Sequence[int]) -> Sequence[Any]:
    """Return the whole rows of these entries, as far as they are public."""
    rows = public.with_only_columns(*columns(), Entry.version)
    return db.session.execute(rows.where(Entry.id.in_(ids))).all() if ids else []


def without_line(wording: str, after: int, limit: int) -> Sequence[int]:
    """Return the next public entries that are not worded ahead, by id."""
    missing = with_lines(published(), wording, "zh").where(EntryLine.entry_id.is_(None))
    page = missing.where(Entry.id > after).with_only_columns(Entry.id).order_by(Entry.id)
    return db.session.scalars(page.limit(limit)).all()

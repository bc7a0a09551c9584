"""One published entry, and what stands beside it on its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, case, select

from portal import clock
from portal.directory.queries.entries import columns, published
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import Edition, Entry, EntrySubtype, Release
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import EntryState

Rows = Sequence[Any]


def get_published(number: str) -> Any:
    """Return a public entry's row with its edition's facts; raises NotFound."""
    row = find_published(number)
    if row is None:
        raise NotFound
    return row


def find_published(number: str) -> Any:
    """Return a public entry's row with its edition's facts, or None."""
    row = one_published(clock.today())
    return db.session.connection().execute(row, {"number": number}).first()


@lru_cache(maxsize=2)
def one_published(_day: date) -> Select[Any]:
    """Select the public entry of a `number`, as it stands on a day: built once for it."""
    facts = (
        Entry.field_id,
        EntrySubtype.slug.label("subtype"),
        Edition.title_zh,
        Edition.title_en,
        Release.number.label("release"),
        Release.document_no,
        Release.dated_on,
        Release.check_code,
    )
    rows = published().with_only_columns(*columns(), *facts)
    return rows.where(Entry.number == bindparam("number"))


def find_withdrawn(number: str) -> Any:
    """Return the row of an entry that is no longer public, or None: what stands on its tombstone.

    Its release was withdrawn; an entry withdrawn by itself is still found as published.
    """
    return db.session.execute(
        select(
            Entry.number,
            Entry.snapshot,
            EntrySubtype.kind,
            Release.published_at,
            Edition.year,
            Edition.title_zh,
            Edition.title_en,
        )
        .join(Release, Release.id == Entry.release_id)
        .join(Edition, Edition.id == Release.edition_id)
        .join(EntrySubtype, EntrySubtype.id == Entry.subtype_id)
        .where(
            Entry.number == number,
            Entry.state == EntryState.ACCEPTED,
            Release.state == EditionState.WITHDRAWN,
        )
    ).first()


def continued_by(entry_id: int) -> str | None:
    """Return the number of the public entry that carries this one on, or None."""
    carrying = published().where(Entry.continues_id == entry_id)
    return db.session.scalar(carrying.with_only_columns(Entry.number).order_by(Entry.id).limit(1))


def same_field(row: Any, limit: int = 6) -> Rows:
    """Return other public entries of an entry's field by list and date; none without a field."""
    if row.field_id is None:
        return []
    asked = {"field": row.field_id, "own": row.id, "kind": row.kind, "most": limit}
    return db.session.connection().execute(others_of_field(clock.today()), asked).all()


@lru_cache(maxsize=2)
def others_of_field(_day: date) -> Select[Any]:
    """Select the other public entries of a field as they stand on a day: built once for it."""
    field, own, most = (bindparam(name, type_=Integer) for name in ("field", "own", "most"))
    others = published().where(Entry.field_id == field, Entry.id != own)
    own_list_first = case((EntrySubtype.kind == bindparam("kind"), 0), else_=1)
    order = (own_list_first, EntrySubtype.kind.desc(), Release.published_at.desc(), Entry.id)
    return others.with_only_columns(*columns()).order_by(*order).limit(most)

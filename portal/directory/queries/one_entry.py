"""One published entry, and what stands beside it on its page."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, case, exists, select

from portal import clock
from portal.directory.queries.entries import columns, published
from portal.directory.queries.parts import OF_ENTRY, RECORD, Rows, has_parts, rows_of
from portal.directory.queries.said import said
from portal.enterprises.models import NamedContact
from portal.enterprises.terms.presence import ContactState
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    Edition,
    Entry,
    EntryOutcome,
    EntryQuestion,
    EntrySubtype,
    Erratum,
    Release,
    ReleaseVersion,
)
from portal.lists.queries.named_contacts import key_of, key_of_row
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import EntryState
from portal.prepared import Prepared
from portal.web.page_cache import once_for_state
from portal.web.reading import read, read_one

SAME_FIELD = 6  # entries of the same field shown beside one


def get_published(number: str) -> Any:
    """Return a public entry's row with its edition's facts; raises NotFound."""
    row = find_published(number)
    if row is None:
        raise NotFound
    return row


def find_published(number: str) -> Any:
    """Return a public entry's row with its edition's facts, or None."""
    return read_one(one_published(clock.today()), number=number)


@lru_cache(maxsize=2)
def one_published(_day: date) -> Prepared:
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
        exists().where(NamedContact.about == key_of_row()).label("has_contacts"),
        *has_parts(OF_ENTRY, Entry.id),
    )
    rows = published().with_only_columns(*columns(), *facts)
    return Prepared(rows.where(Entry.number == bindparam("number")))


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


def carried_on_by(entry_id: int) -> str | None:
    """Return the number of the public entry that carries this one on, or None."""
    return next((row.number for row in rows_of(carrying(), entry_id)), None)


@cache
def carrying() -> Prepared:
    """Select the number of the first public entry that carries a record on."""
    found = published().where(Entry.continues_id == RECORD)
    return Prepared(found.with_only_columns(Entry.number).order_by(Entry.id).limit(1))


def contacts_of(entry_id: int) -> Rows:
    """Return the people who themselves agreed to be named for an entry."""
    return rows_of(contacts(), entry_id, about=key_of(entry_id))


@cache
def contacts() -> Prepared:
    """Select who agreed to be named `about` something."""
    columns = (NamedContact.name, NamedContact.post, NamedContact.address, NamedContact.purpose)
    agreed: Any = select(*columns).where(
        NamedContact.about == bindparam("about"), NamedContact.state == ContactState.CONFIRMED
    )
    return Prepared(agreed.order_by(NamedContact.id))


@cache
def outcomes() -> Prepared:
    """Select the steps of an entry's life, oldest first."""
    columns: Rows = (
        EntryOutcome.life,
        EntryOutcome.words,
        EntryOutcome.amount,
        EntryOutcome.noted_at,
        EntryOutcome.noted_as,
    )
    steps: Any = select(*columns).where(EntryOutcome.entry_id == RECORD)
    return Prepared(steps.order_by(EntryOutcome.id))


@cache
def questions() -> Prepared:
    """Select the answered questions about an entry, in the order in which they were answered."""
    columns = (EntryQuestion.question, EntryQuestion.answer, EntryQuestion.answered_at)
    answered: Any = select(*columns).where(
        EntryQuestion.entry_id == RECORD,
        EntryQuestion.answered_at.is_not(None),
        EntryQuestion.declined.is_(False),
    )
    return Prepared(answered.order_by(EntryQuestion.answered_at, EntryQuestion.id))


@cache
def corrections() -> Prepared:
    """Select the versions in which an entry was corrected, oldest first."""
    version, issued_at = ReleaseVersion.version, ReleaseVersion.issued_at
    columns: Rows = (version, issued_at, Erratum.kind, Erratum.reason, Erratum.shown)
    issued: Any = select(*columns).join(Erratum, Erratum.id == ReleaseVersion.erratum_id)
    concerned = issued.where(Erratum.entry_id == RECORD)
    return Prepared(concerned.order_by(ReleaseVersion.id))


def same_field(row: Any) -> Rows:
    """Return other public entries of an entry's field by list and date; none without a field."""
    if row.field_id is None:
        return ()
    others = (one for one in first_of_field(row.field_id, row.kind) if one.id != row.id)
    return tuple(islice(others, SAME_FIELD))


@once_for_state
def first_of_field(field_id: int, kind: str) -> Rows:
    """Return the first public entries of a field, those of one list before the others: one more
    than are shown beside an entry, which may be among them."""
    return tuple(read(firsts(), field=field_id, kind=kind))


@cache
def firsts() -> Prepared:
    """Select the first public entries of a `field`, those of a `kind` of list before the others."""
    columns: Rows = (
        Entry.id,
        Entry.number,
        Entry.closes_on,
        Entry.standing,
        EntrySubtype.kind,
        Release.published_at,
        said(Entry.snapshot),
    )
    own_list_first = case((EntrySubtype.kind == bindparam("kind"), 0), else_=1)
    order = (own_list_first, EntrySubtype.kind.desc(), Release.published_at.desc(), Entry.id)
    found = published().where(Entry.field_id == bindparam("field")).with_only_columns(*columns)
    return Prepared(found.order_by(*order).limit(SAME_FIELD + 1))

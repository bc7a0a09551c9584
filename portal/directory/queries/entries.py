"""Published entries: what the public filters, counts and reads.

An entry is public when its release is; its wording is the snapshot that was signed, its life is
what has become of it since.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, select

from portal import clock
from portal.directory.queries.facets import Facet, Option
from portal.directory.queries.holding import holds
from portal.directory.queries.listing import Source
from portal.directory.queries.registry import options, term_facet
from portal.directory.queries.said import said
from portal.directory.queries.vocabulary import CITYWIDE_NAME, Vocabulary
from portal.extensions import db
from portal.lists.models import Edition, Entry, EntrySubtype, Release
from portal.lists.queries.errata import ISSUED_STATES
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import EntryState, Life
from portal.lists.terms.kinds import PUBLISHER_KIND_NAMES, Kind
from portal.lists.terms.shown import (
    AVAILABLE,
    ENDED,
    IN_TALKS,
    MATCHED,
    OPEN,
    SHOWN_STATE_NAMES,
    STANDING,
)
from portal.prepared import Prepared
from portal.taxonomy.terms import CITYWIDE, Scheme
from portal.web.page_cache import once_for_state
from portal.web.reading import read

Rows = Sequence[Any]
Years = tuple[int, ...]
# One release after the other: an index hands its entries out in their order, none is sorted.
NEWEST = (Release.published_at.desc(), Release.id.desc())
SCHEMES = (Scheme.FIELD, Scheme.NODE, Scheme.DISTRICT, Scheme.ZONE)


def state_on(day: date) -> ColumnElement[str]:
    """Return the state the public filters by; a call without standing ends with its last day."""
    return case(
        (Entry.life == Life.IN_TALKS, IN_TALKS),
        (Entry.life.in_([Life.MATCHED, Life.FULFILLED]), MATCHED),
        (Entry.life != Life.OPEN, ENDED),
        (Entry.standing.is_(True), STANDING),
        (Entry.closes_on < day, ENDED),
        else_=OPEN,
    )


def published(states: Collection[str] = PUBLIC_STATES) -> Select[Any]:
    """Select the ids of all public entries: those whose release is in one of these states."""
    return (
        select(Entry.id)
        .select_from(Entry)
        .join(Release, Release.id == Entry.release_id)
        .join(Edition, Edition.id == Release.edition_id)
        .join(EntrySubtype, EntrySubtype.id == Entry.subtype_id)
        .where(
            Release.state.in_(states),
            Entry.state == EntryState.ACCEPTED,
            Entry.number.is_not(None),
        )
    )


def columns() -> tuple[Any, ...]:
    """Return what a row of a list shows."""
    return (
        Entry.id,
        Entry.number,
        Entry.life,
        Entry.outcome,
        Entry.closes_on,
        Entry.standing,
        said(Entry.snapshot),
        EntrySubtype.kind,
        Release.published_at,
        Edition.year,
        Edition.is_sample,
        state_on(clock.today()).label("state"),
    )


def source(kind: Kind, words: Vocabulary) -> Source:
    """Return one of the three lists, over all editions, as a list the public filters."""
    return built(kind, words, subtypes(kind), years(kind), clock.today())


@lru_cache(maxsize=12)
def built(
    kind: Kind, words: Vocabulary, kinds: tuple[Option, ...], of_years: Years, _day: date
) -> Source:
    """Build one of the lists for these words, subtypes and years, as of today."""
    newest = (*NEWEST, Entry.position, Entry.id)
    orders: dict[str, Sequence[Any]] = {"newest": newest}
    if kind == Kind.OPPORTUNITY:
        ended = case((state_on(clock.today()).in_([ENDED, MATCHED]), 1), else_=0)
        orders["closing"] = (ended, Entry.closes_on.asc().nulls_last(), Entry.id)
    return Source(
        kind="entry",
        rows=published().where(Edition.kind == kind),
        ref=Entry.id,
        columns=columns(),
        facets=facets(kind, words, kinds, of_years),
        orders=orders,
        like=like,
        narrowed={"section": [str(kind)]},
        within={"kind": [kind]},
        sorted={"closing"},
    )


def as_feed(source: Source, kind: Kind) -> Source:
    """Return a list in the order of what happened last, with what was taken back since it was
    published: its tombstones. What a text finds has only tombstones of releases still public."""
    issued = published(ISSUED_STATES).where(Release.published_at.is_not(None))
    moved = case((Entry.updated_at > Release.published_at, Entry.updated_at))
    last = func.coalesce(moved, Release.published_at)
    return replace(
        source,
        rows=issued.where(EntrySubtype.kind == kind),
        columns=(*columns(), Entry.updated_at),
        orders={"updated": (last.desc(), Entry.id.desc())},
    )


def as_calendar(source: Source) -> Source:
    """Return the open entries of a list that close on a day, the first to close first."""
    open_ones = and_(state_on(clock.today()) == OPEN, Entry.closes_on.is_not(None))
    return replace(
        source,
        rows=source.rows.where(open_ones),
        columns=(*columns(), Entry.updated_at),
        orders={"closing": (Entry.closes_on, Entry.id)},
    )


def facets(
    kind: Kind, words: Vocabulary, kinds: tuple[Option, ...], of_years: Years
) -> list[Facet]:
    """Return the facets of one list; a case has no state."""
    found = [
        term_facet(words, Scheme.FIELD, _l("Field"), Entry.field_id),
        Facet("subtype", SUBTYPE_LABELS[kind], kinds, EntrySubtype.slug),
        term_facet(words, Scheme.NODE, _l("Place in the chain"), Entry.node_id, False),
        district_facet(words),
        term_facet(words, Scheme.ZONE, _l("Functional zone"), Entry.zone_id, False),
        publisher_facet(),
        year_facet(of_years),
    ]
    return found if kind == Kind.CASE else [state_facet(), *found]


def state_facet() -> Facet:
    """Return the facet of what has become of an entry, today."""
    names = tuple(Option(slug, slug, name) for slug, name in SHOWN_STATE_NAMES.items())
    return Facet("state", _l("State"), names, state_on(clock.today()))


SUBTYPE_LABELS = {
    Kind.OPPORTUNITY: _l("Kind of opportunity"),
    Kind.SUPPLY: _l("Kind of supply"),
    Kind.CASE: _l("Kind of case"),
}


SUBTYPES = Prepared(
    select(EntrySubtype.slug, EntrySubtype.name_zh, EntrySubtype.name_en)
    .where(EntrySubtype.kind == bindparam("kind"))
    .order_by(EntrySubtype.sort, EntrySubtype.id)
)


@once_for_state
def subtypes(kind: Kind) -> tuple[Option, ...]:
    """Return the subtypes of a kind as options."""
    return tuple(Option(row.slug, row.slug, row) for row in read(SUBTYPES, kind=kind))


def district_facet(words: Vocabulary) -> Facet:
    """Return the facet of districts; what names none, or the city, is citywide."""
    city = [word.id for word in words.words if word.is_city]
    place = case((Entry.district_id.in_(city), 0), else_=func.coalesce(Entry.district_id, 0))
    return Facet("district", _l("District or county"), district_options(words), place)


def district_options(words: Vocabulary) -> tuple[Option, ...]:
    """Return the districts as options, and the whole city."""
    return (*options(words, Scheme.DISTRICT), Option(CITYWIDE, 0, CITYWIDE_NAME))


def publisher_facet() -> Facet:
    """Return the facet of who publishes."""
    found = tuple(Option(slug, slug, name) for slug, name in PUBLISHER_KIND_NAMES.items())
    return Facet("publisher", _l("Publisher"), found, Entry.publisher_kind, is_open=False)


YEARS = Prepared(
    select(Edition.year)
    .join(Release, Release.edition_id == Edition.id)
    .where(Edition.kind.in_(bindparam("kinds", expanding=True)), Release.state.in_(PUBLIC_STATES))
    .distinct()
    .order_by(Edition.year.desc())
)


@once_for_state
def years(*kinds: Kind) -> Years:
    """Return the years with a public release of one of these kinds, newest first."""
    return tuple(row.year for row in read(YEARS, kinds=kinds))


def year_facet(of_years: Years) -> Facet:
    """Return the facet of years."""
    found = tuple(Option(str(year), year, str(year)) for year in of_years)
    return Facet("year", _l("Year"), found, Edition.year, is_open=False)


def like(text: str) -> ColumnElement[bool]:
    """Return the condition that stands in for the index: title or number."""
    return holds(text, Entry.title, Entry.title_en, Entry.number)


def newest(kind: Kind, limit: int) -> Rows:
    """Return the newest public entries of a kind that are still open."""
    return read(newest_open(clock.today()), kind=kind, count=limit)


@lru_cache(maxsize=2)
def newest_open(day: date) -> Prepared:
    """Select the newest public entries of a `kind` that are open on a day."""
    still = and_(Edition.kind == bindparam("kind"), state_on(day).in_(AVAILABLE))
    order = (*NEWEST, Entry.position, Entry.id)
    page = published().where(still).with_only_columns(*columns()).order_by(*order)
    return Prepared(page.limit(bindparam("count", type_=Integer)), by_name=True)


def rows_of(ids: Sequence[int]) -> dict[int, Any]:
    """Return the public entries among these ids, by id."""
    rows = published().with_only_columns(*columns()).where(Entry.id.in_(ids))
    return {row.id: row for row in db.session.execute(rows)} if ids else {}

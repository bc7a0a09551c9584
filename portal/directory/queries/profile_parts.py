"""What stands on the profile of an enterprise besides its own facts, each part by one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select

from portal.directory.queries.entries import NEWEST, published
from portal.directory.queries.gathered import gathered
from portal.directory.queries.parts import RECORD, Rows, rows_of
from portal.directory.queries.said import said
from portal.directory.queries.vocabulary import Vocabulary, Word
from portal.enterprises.models import (
    ChainItem,
    EnterpriseName,
    Figure,
    Metric,
    NamedContact,
    ShownFigure,
    Site,
)
from portal.enterprises.models.presence import site_zone
from portal.enterprises.queries.figures import standing
from portal.enterprises.terms.presence import ContactState
from portal.extensions import db
from portal.lists.models import Entry, EntrySubtype
from portal.prepared import Prepared
from portal.web.page_cache import once_for_state

MOST_ENTRIES = 50


class Place(NamedTuple):
    """Where an enterprise is registered or works."""

    kind: str
    address: str
    until: date | None
    district: Word | None
    zones: tuple[Word, ...]


class Item(NamedTuple):
    """What an enterprise makes or needs, with its place in a chain."""

    way: str
    name: str
    description: str
    node: Word | None
    chain: Word | None


@cache
def former_names() -> Prepared:
    """Select the names an enterprise had before, latest first."""
    columns = (EnterpriseName.name, EnterpriseName.valid_from, EnterpriseName.valid_until)
    own = EnterpriseName.enterprise_id == RECORD
    return Prepared(select(*columns).where(own).order_by(EnterpriseName.id.desc()))


@cache
def entries() -> Prepared:
    """Select the public entries an enterprise published under its name, newest first."""
    own = published().where(Entry.enterprise_id == RECORD, Entry.anonymous.is_(False))
    columns: Rows = (Entry.number, EntrySubtype.kind, said(Entry.snapshot))
    newest = own.with_only_columns(*columns).order_by(*NEWEST, Entry.id)
    return Prepared(newest.limit(MOST_ENTRIES))


@cache
def contacts() -> Prepared:
    """Select the people who themselves agreed to be named on the profile."""
    columns = (NamedContact.name, NamedContact.post, NamedContact.address, NamedContact.purpose)
    agreed = (
        NamedContact.enterprise_id == RECORD,
        NamedContact.about == "",
        NamedContact.state == ContactState.CONFIRMED,
    )
    return Prepared(select(*columns).where(*agreed).order_by(NamedContact.id))


@cache
def places() -> Prepared:
    """Select the places of an enterprise as they are known now, the registered one first."""
    zones = gathered("zones", site_zone.c.term_id, site_zone.c.site_id == Site.id)
    line = func.coalesce(Site.line_id, Site.id)
    found: Any = select(Site.kind, Site.address, Site.until, Site.district_id, zones)
    known = found.where(Site.enterprise_id == RECORD, Site.ended_at.is_(None))
    order = (Site.kind.desc(), Site.until.is_not(None), line, Site.id)
    return Prepared(known.order_by(*order))


def places_of(record: int, words: Vocabulary) -> tuple[Place, ...]:
    """Return where an enterprise is."""
    return tuple(
        Place(kind, address, until, words.get(district), words.in_order(zones))
        for kind, address, until, district, zones in rows_of(places(), record)
    )


@cache
def items() -> Prepared:
    """Select what an enterprise makes and needs, in the order in which it was first entered."""
    line = func.coalesce(ChainItem.line_id, ChainItem.id)
    columns = (ChainItem.way, ChainItem.name, ChainItem.description, ChainItem.node_id)
    own: Any = select(*columns).where(
        ChainItem.enterprise_id == RECORD, ChainItem.ended_at.is_(None)
    )
    return Prepared(own.order_by(ChainItem.way, line, ChainItem.id))


def items_of(record: int, words: Vocabulary) -> tuple[Item, ...]:
    """Return what an enterprise makes and needs."""
    return tuple(item_of(row, words) for row in rows_of(items(), record))


def item_of(row: Any, words: Vocabulary) -> Item:
    """Return one thing with its node and the chain this belongs to."""
    node = words.get(row.node_id)
    chain = words.get(node.parent_id) if node else None
    return Item(row.way, row.name, row.description, node, chain)


@cache
def figures() -> Prepared:
    """Select what every source says of the figures an enterprise chose to show."""
    chosen = exists().where(
        ShownFigure.enterprise_id == Figure.enterprise_id,
        ShownFigure.metric == Figure.metric,
        ShownFigure.year.is_not_distinct_from(Figure.year),
        ShownFigure.ended_at.is_(None),
    )
    columns = (Figure.metric, Figure.year, Figure.value, Figure.source, Figure.as_of)
    said_now: Any = select(*columns).where(
        Figure.enterprise_id == RECORD, Figure.superseded_at.is_(None), chosen
    )
    return Prepared(said_now.order_by(Figure.year.desc(), Figure.metric, Figure.id))


def figures_of(record: int) -> Rows:
    """Return the figures shown, each as its strongest source says; the latest year first."""
    order = {code: place for place, code in enumerate(metrics())}
    found: Iterable[Any] = standing(rows_of(figures(), record)).values()
    return tuple(sorted(found, key=lambda row: (-(row.year or 9999), order[row.metric])))


@once_for_state
def metrics() -> Mapping[str, Any]:
    """Return what the figures are called and how they are written, by code in their order."""
    columns = (Metric.code, Metric.name_zh, Metric.name_en, Metric.unit, Metric.kind)
    rows = db.session.execute(select(*columns, Metric.choices).order_by(Metric.sort, Metric.code))
    return {row.code: row for row in rows}

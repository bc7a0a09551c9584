"""The entries of a release as curators filter, page and order them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import BulkDecision, Entry, EntrySubtype, Release
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.entries import ENTRY_PARTS, ORDER
from portal.lists.terms.entries import SENT, EntryState
from portal.taxonomy.models import Term
from portal.taxonomy.terms import Scheme

SIZE = 100


@dataclass(frozen=True)
class Wanted:
    """What a curator narrows the board to: slugs, '' for everything; `only` these entries."""

    state: str = ""
    subtype: str = ""
    field: str = ""
    node: str = ""
    district: str = ""
    zone: str = ""
    publisher: str = ""
    only: Collection[int] | None = None


def chosen(release: Release, wanted: Wanted) -> Select[Entry]:
    """Return a select of the entries sent in that are wanted; drafts stay private."""
    states = [wanted.state] if wanted.state in SENT else list(SENT)
    found = select(Entry).where(Entry.release_id == release.id, Entry.state.in_(states))
    terms = {
        Scheme.FIELD: (Entry.field_id, wanted.field),
        Scheme.NODE: (Entry.node_id, wanted.node),
        Scheme.DISTRICT: (Entry.district_id, wanted.district),
        Scheme.ZONE: (Entry.zone_id, wanted.zone),
    }
    for scheme, (column, slug) in terms.items():
        if slug:
            named = select(Term.id).where(Term.scheme == scheme, Term.slug == slug)
            found = found.where(column == named.scalar_subquery())
    if wanted.subtype:
        kinds = select(EntrySubtype.id).where(
            EntrySubtype.kind == release.edition.kind, EntrySubtype.slug == wanted.subtype
        )
        found = found.where(Entry.subtype_id == kinds.scalar_subquery())
    if wanted.publisher:
        found = found.where(Entry.publisher_kind == wanted.publisher)
    if wanted.only is not None:
        found = found.where(Entry.id.in_(wanted.only))
    return found


def count_chosen(release: Release, wanted: Wanted) -> int:
    """Return how many entries are wanted."""
    ids = chosen(release, wanted).with_only_columns(Entry.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def board_page(release: Release, wanted: Wanted, offset: int) -> Sequence[Entry]:
    """Return one page of the wanted entries, in the order of the list."""
    return db.session.scalars(
        chosen(release, wanted).options(*ENTRY_PARTS).order_by(*ORDER).offset(offset).limit(SIZE)
    ).all()


def places(release: Release, field: str) -> Mapping[int, int]:
    """Return the places of the accepted entries of a section, or of the whole list, from 1."""
    ids = (
        chosen(release, Wanted(state=EntryState.ACCEPTED, field=field))
        .with_only_columns(Entry.id)
        .order_by(*ORDER)
    )
    return {entry_id: place for place, entry_id in enumerate(db.session.scalars(ids), 1)}


def entries_ticked(release: Release, ids: Collection[int]) -> Sequence[Entry]:
    """Return the entries sent in among these, with their release, in the order of the list."""
    return db.session.scalars(
        chosen(release, Wanted(only=ids))
        .options(*ENTRY_PARTS, joinedload(Entry.release).options(*RELEASE_PARTS))
        .order_by(*ORDER)
    ).all()


def get_bulk(release: Release, bulk_id: int) -> BulkDecision:
    """Return a decision on many entries of this release; raises NotFound."""
    found = db.session.get(BulkDecision, bulk_id)
    if found is None or found.release_id != release.id:
        raise NotFound
    return found

"""Editions and their public releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, defer, selectinload

from portal.counts import Counted
from portal.directory.queries.entries import columns, published
from portal.directory.queries.listing import Listed, kept_cube
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    Edition,
    EditionBody,
    Entry,
    Erratum,
    Release,
    ReleaseVersion,
    SignOff,
)
from portal.lists.queries.errata import ISSUED_STATES
from portal.lists.terms.editions import PUBLIC_STATES, EditionState
from portal.lists.terms.entries import EntryState
from portal.lists.terms.errata import ErratumKind
from portal.lists.terms.kinds import Kind
from portal.prepared import Prepared
from portal.web.page_cache import once_for_state
from portal.web.reading import read

Rows = Sequence[Any]


def get_edition(year: int, kind: Kind) -> Edition:
    """Return an edition that has a public release, with its bodies; raises NotFound."""
    found = db.session.scalar(
        select(Edition)
        .where(
            Edition.year == year,
            Edition.kind == kind,
            Edition.releases.any(Release.state.in_(PUBLIC_STATES)),
        )
        .options(selectinload(Edition.bodies).joinedload(EditionBody.department))
    )
    if found is None:
        raise NotFound
    return found


def get_issued_edition(year: int, kind: Kind) -> Edition:
    """Return an edition that has or had a public release, with its bodies; raises NotFound."""
    found = db.session.scalar(
        select(Edition)
        .where(
            Edition.year == year,
            Edition.kind == kind,
            Edition.releases.any(Release.state.in_(ISSUED_STATES)),
        )
        .options(selectinload(Edition.bodies).joinedload(EditionBody.department))
    )
    if found is None:
        raise NotFound
    return found


def withdrawn_releases(edition: Edition) -> Sequence[ReleaseVersion]:
    """Return the last version of each release that was withdrawn, with the reason."""
    return db.session.scalars(
        select(ReleaseVersion)
        .join(ReleaseVersion.release)
        .join(ReleaseVersion.erratum)
        .where(
            Release.edition_id == edition.id,
            Release.state == EditionState.WITHDRAWN,
            Erratum.kind == ErratumKind.WITHDRAWAL,
            Erratum.entry_id.is_(None),
        )
        .options(
            contains_eager(ReleaseVersion.release),
            contains_eager(ReleaseVersion.erratum),
            defer(ReleaseVersion.content),
        )
        .order_by(Release.number)
    ).all()


def get_public_release(edition: Edition, number: int) -> Release:
    """Return a release of an edition while the public reads it; raises NotFound."""
    found = db.session.scalar(
        select(Release).where(
            Release.edition_id == edition.id,
            Release.number == number,
            Release.state.in_(PUBLIC_STATES),
        )
    )
    if found is None:
        raise NotFound
    return found


def releases_of(edition: Edition) -> Sequence[Release]:
    """Return the public releases of an edition with the sign-offs in force."""
    return (
        db.session.scalars(
            select(Release)
            .where(Release.edition_id == edition.id, Release.state.in_(PUBLIC_STATES))
            .options(selectinload(Release.sign_offs).joinedload(SignOff.department))
            .order_by(Release.number)
        )
        .unique()
        .all()
    )


def entries_of(edition: Edition) -> Rows:
    """Return the public entries of an edition in the order in which they were signed."""
    rows = published().where(Release.edition_id == edition.id)
    return db.session.execute(
        rows.with_only_columns(*columns(), Release.number.label("release")).order_by(
            Release.number, Entry.position, Entry.id
        )
    ).all()


def listed_in(edition: Edition) -> Listed:
    """Return the same entries for a file."""
    rows = published().where(Release.edition_id == edition.id)
    return Listed(rows.order_by(Release.number, Entry.position, Entry.id), published())


@cache
def newest_of_each() -> Prepared:
    """Select the newest public release of each kind."""
    newest = func.row_number().over(
        partition_by=Edition.kind, order_by=(Edition.year.desc(), Release.number.desc())
    )
    ranked = (
        select(Edition.kind, Edition.year, Release.number, Release.published_at)
        .join(Release, Release.edition_id == Edition.id)
        .where(Release.state.in_(PUBLIC_STATES))
        .add_columns(newest.label("place"))
        .subquery()
    )
    return Prepared(select(ranked).where(ranked.c.place == 1))


@once_for_state
def latest_releases() -> dict[str, Any]:
    """Return per kind the newest public release: year, its number, day of publication."""
    return {row.kind: row for row in read(newest_of_each())}


@cache
def issued() -> Prepared:
    """Select the editions that have, or had and took back, a public release, newest first."""
    editions: Any = select(
        Edition.year,
        Edition.kind,
        Edition.title_zh,
        Edition.title_en,
        Edition.releases.any(Release.state.in_(PUBLIC_STATES)).label("is_public"),
    ).where(Edition.releases.any(Release.state.in_(ISSUED_STATES)))
    return Prepared(editions.order_by(Edition.year.desc(), Edition.kind))


@once_for_state
def issued_editions() -> Rows:
    """Return (year, kind, titles, is_public) of the editions that have, or had and took back, a
    public release, newest first."""
    return tuple(read(issued()))


def public_editions() -> Rows:
    """Return the editions with a public release, newest first."""
    return [edition for edition in issued_editions() if edition.is_public]


def taken_back(edition: Edition) -> Rows:
    """Return what is left of the entries of the edition's withdrawn releases, in their order: each
    with its number, its tombstone and the number of its `release`."""
    return db.session.execute(
        select(Entry.number, Entry.snapshot, Release.number.label("release"))
        .join(Entry.release)
        .where(
            Release.edition_id == edition.id,
            Release.state == EditionState.WITHDRAWN,
            Entry.state == EntryState.ACCEPTED,
        )
        .order_by(Release.number, Entry.position, Entry.id)
    ).all()


def count_by_state(kind: Kind) -> Mapping[Any, int]:
    """Return how many public entries of a kind there are in each state today."""
    return kept_cube(Counted.ENTRY).counts("state", {"kind": [kind]})

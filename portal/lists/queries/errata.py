"""Errata and the versions of releases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import Edition, Entry, Erratum, Release, ReleaseVersion
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.entries import ENTRY_PARTS
from portal.lists.queries.waiting import departments_with, led_by
from portal.lists.terms.editions import PUBLIC_STATES, EditionState
from portal.lists.terms.errata import ErratumState

ISSUED_STATES = (*sorted(PUBLIC_STATES), EditionState.WITHDRAWN)
SHORTEST_CODE = 8


def get_erratum(erratum_id: int) -> Erratum:
    """Return an erratum with its release and entry; raises NotFound."""
    found = db.session.scalar(
        select(Erratum)
        .where(Erratum.id == erratum_id)
        .options(
            joinedload(Erratum.release).options(*RELEASE_PARTS),
            joinedload(Erratum.entry).options(*ENTRY_PARTS),
            joinedload(Erratum.proposed_by),
            joinedload(Erratum.decided_by),
        )
    )
    if found is None:
        raise NotFound
    return found


def errata_of(release: Release) -> Sequence[Erratum]:
    """Return every erratum of a release, proposed and refused ones too, newest first."""
    return db.session.scalars(
        select(Erratum)
        .where(Erratum.release_id == release.id)
        .options(joinedload(Erratum.entry))
        .order_by(Erratum.id.desc())
    ).all()


def find_proposed(release: Release, entry: Entry | None) -> Erratum | None:
    """Return the erratum that waits for consent on an entry, or on the release itself."""
    return db.session.scalar(
        select(Erratum).where(
            Erratum.release_id == release.id,
            Erratum.entry_id == (entry.id if entry else None),
            Erratum.state == ErratumState.PROPOSED,
        )
    )


def versions_of(edition: Edition) -> Sequence[ReleaseVersion]:
    """Return every version of an edition's releases, the newest first; without their texts."""
    return db.session.scalars(
        select(ReleaseVersion)
        .join(ReleaseVersion.release)
        .where(Release.edition_id == edition.id, Release.state.in_(ISSUED_STATES))
        .options(
            joinedload(ReleaseVersion.release),
            joinedload(ReleaseVersion.erratum).joinedload(Erratum.entry),
            defer(ReleaseVersion.content),
        )
        .order_by(Release.number.desc(), ReleaseVersion.id.desc())
    ).all()


def get_version(edition: Edition, number: int, version: str) -> ReleaseVersion:
    """Return one version whose text is handed out; raises NotFound."""
    found = db.session.scalar(
        select(ReleaseVersion)
        .join(ReleaseVersion.release)
        .where(
            Release.edition_id == edition.id,
            Release.number == number,
            Release.state.in_(ISSUED_STATES),
            ReleaseVersion.version == version,
            ReleaseVersion.given_out,
        )
    )
    if found is None:
        raise NotFound
    return found


def with_check_code(code: str) -> Sequence[ReleaseVersion]:
    """Return the versions whose check code begins like this; none for fewer than 8 digits."""
    if len(code) < SHORTEST_CODE:
        return []
    return db.session.scalars(
        select(ReleaseVersion)
        .join(ReleaseVersion.release)
        .where(
            ReleaseVersion.check_code >= code,
            ReleaseVersion.check_code < code + "g",  # beyond every hexadecimal digit
            Release.state.in_(ISSUED_STATES),
        )
        .options(
            joinedload(ReleaseVersion.release).joinedload(Release.edition),
            defer(ReleaseVersion.content),
        )
        .order_by(ReleaseVersion.id)
        .limit(20)
    ).all()


def waiting_errata(person: Person) -> Sequence[Erratum]:
    """Return the errata this person may consent to: of editions they curate, proposed by others."""
    curated = led_by(departments_with(person, Right.CURATE_LISTS))
    return db.session.scalars(
        select(Erratum)
        .join(Erratum.release)
        .where(
            Erratum.state == ErratumState.PROPOSED,
            Erratum.proposed_by_id != person.id,
            Release.edition_id.in_(curated),
        )
        .options(
            joinedload(Erratum.entry).joinedload(Entry.district),
            joinedload(Erratum.release).joinedload(Release.edition),
        )
        .order_by(Erratum.proposed_at, Erratum.id)
    ).all()


def public_releases(edition_id: int) -> Sequence[Release]:
    """Return the releases of an edition the public reads, in their order."""
    return db.session.scalars(
        select(Release)
        .where(Release.edition_id == edition_id, Release.state.in_(PUBLIC_STATES))
        .order_by(Release.number)
    ).all()

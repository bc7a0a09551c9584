"""Editions and releases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    Edition,
    EditionBody,
    Release,
    SignOff,
)
from portal.lists.terms.editions import PUBLIC_STATES, EditionState

BODIES = selectinload(Edition.bodies).joinedload(EditionBody.department)


RELEASE_PARTS = (joinedload(Release.edition).options(BODIES),)


def editions() -> Sequence[Edition]:
    """Return every edition with releases and bodies, newest year first."""
    return db.session.scalars(
        select(Edition)
        .options(BODIES, selectinload(Edition.releases))
        .order_by(Edition.year.desc(), Edition.kind, Edition.id)
    ).all()


def find_edition(year: int, kind: str) -> Edition | None:
    """Return the edition of a year and kind, or None."""
    return db.session.scalar(
        select(Edition).where(Edition.year == year, Edition.kind == kind).options(BODIES)
    )


def get_edition(edition_id: int) -> Edition:
    """Return an edition with its bodies and releases; raises NotFound."""
    found = db.session.get(Edition, edition_id, options=[BODIES, selectinload(Edition.releases)])
    if found is None:
        raise NotFound
    return found


def get_release(release_id: int) -> Release:
    """Return a release with edition, bodies and sign-offs; raises NotFound."""
    found = db.session.scalar(
        select(Release)
        .where(Release.id == release_id)
        .options(
            *RELEASE_PARTS,
            selectinload(Release.sign_offs).options(
                joinedload(SignOff.department),
                joinedload(SignOff.recorded_by),
                joinedload(SignOff.confirmed_by),
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def lead_ids(edition: Edition) -> list[int]:
    """Return the departments that lead an edition, in the order in which they sign."""
    return [body.department_id for body in edition.bodies if body.leads]


def due_releases() -> Sequence[int]:
    """Return the scheduled releases whose moment has come, earliest first."""
    return db.session.scalars(
        select(Release.id)
        .where(Release.state == EditionState.SCHEDULED, Release.scheduled_for <= clock.now())
        .order_by(Release.scheduled_for, Release.id)
    ).all()


def public_release_ids() -> frozenset[int]:
    """Return the releases the public may read at this moment: what search masks by."""
    return frozenset(db.session.scalars(select(Release.id).where(Release.state.in_(PUBLIC_STATES))))

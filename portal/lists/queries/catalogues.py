"""The catalogues of published releases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from portal.extensions import db
from portal.lists.models import Release, ReleaseCatalogue, ReleaseVersion
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.terms.editions import PUBLIC_STATES


def find_catalogue(version_id: int) -> ReleaseCatalogue | None:
    """Return the catalogue of a version, None while it is still to be made."""
    return db.session.scalar(
        select(ReleaseCatalogue)
        .where(ReleaseCatalogue.version_id == version_id)
        .options(joinedload(ReleaseCatalogue.file))
    )


def find_printable(version_id: int) -> ReleaseVersion | None:
    """Return a version the public may take away, with its release; None when it may not."""
    return db.session.scalar(
        select(ReleaseVersion)
        .join(ReleaseVersion.release)
        .where(
            ReleaseVersion.id == version_id,
            ReleaseVersion.given_out,
            Release.state.in_(PUBLIC_STATES),
        )
        .options(contains_eager(ReleaseVersion.release).options(*RELEASE_PARTS))
    )


def present_catalogues(releases: Sequence[Release]) -> dict[int, ReleaseCatalogue]:
    """Return the catalogue of each release's present version by release, in one statement."""
    found = db.session.scalars(
        select(ReleaseCatalogue)
        .join(ReleaseCatalogue.version)
        .join(ReleaseVersion.release)
        .where(
            Release.id.in_([release.id for release in releases]),
            ReleaseVersion.version == Release.content_version,
            ReleaseVersion.given_out,
        )
        .options(
            joinedload(ReleaseCatalogue.file),
            contains_eager(ReleaseCatalogue.version).defer(ReleaseVersion.content),
        )
    )
    return {catalogue.version.release_id: catalogue for catalogue in found}

"""The calls that are open."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal import clock
from portal.extensions import db
from portal.lists.models import (
    Edition,
    Release,
)
from portal.lists.rules.calls import is_call_open
from portal.lists.terms.editions import EditionState


def open_calls() -> list[Release]:
    """Return the releases that take entries today, those that close first at the top."""
    found = db.session.scalars(
        select(Release)
        .join(Release.edition)
        .where(Release.state == EditionState.CALL_OPEN)
        .options(contains_eager(Release.edition))
        .order_by(Release.call_closes_on, Edition.year.desc(), Edition.kind, Release.id)
    )
    return [release for release in found if takes_entries(release)]


def takes_entries(release: Release) -> bool:
    """Say whether the call for a release is open today."""
    return is_call_open(release.state, release.call_opens_on, release.call_closes_on, clock.today())

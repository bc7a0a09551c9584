"""The review sheet of a release as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.lists import content
from portal.lists.models import Release, ReleaseReview
from portal.lists.queries.content import present_content
from portal.lists.rules.reviews import Given, check_sheet


def reviews_of(release: Release) -> Sequence[ReleaseReview]:
    """Return every part given, also superseded ones, newest first, with who gave it."""
    return db.session.scalars(
        select(ReleaseReview)
        .where(ReleaseReview.release_id == release.id)
        .options(joinedload(ReleaseReview.given_by))
        .order_by(ReleaseReview.id.desc())
    ).all()


def present_reviews(release: Release) -> Mapping[str, ReleaseReview]:
    """Return the parts that stand, by part."""
    return {one.part: one for one in reviews_of(release) if one.superseded_at is None}


def sheet_of(present: Mapping[str, ReleaseReview]) -> dict[str, Given]:
    """Return parts as the rules read them."""
    return {
        part: Given(one.conclusion, one.content_code, one.given_by_id)
        for part, one in present.items()
    }


def present_code(release: Release) -> str:
    """Return the code of the content that would be reviewed now."""
    return content.review_code(present_content(release))


def check_reviewed(release: Release) -> None:
    """Raise Refused, naming what is missing, unless the sheet is complete on this content."""
    check_sheet(sheet_of(present_reviews(release)), present_code(release))

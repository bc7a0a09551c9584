"""Who is one criterion short of a title, or lacks only data: read from stored pre-checks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.classification.models.assessments import Precheck
from portal.classification.models.titles import TitleKind
from portal.classification.terms.assessments import LISTED, NEAR
from portal.enterprises.models import Enterprise, is_listed
from portal.extensions import db

AT_ONCE = 200


@dataclass(frozen=True)
class Place:
    """Where an officer's right holds: None for the whole city, else these districts and zones."""

    districts: Collection[int]
    zones: Collection[int]

    def covers(self) -> ColumnElement[bool]:
        """Return the condition that an enterprise stands there."""
        return or_(Enterprise.district_id.in_(self.districts), Enterprise.zone_id.in_(self.zones))


@dataclass(frozen=True)
class Filters:
    """What near misses are narrowed by, besides the title; None and "" for everything."""

    gap: str = ""
    district_id: int | None = None
    industry_id: int | None = None


def near_misses(kind: TitleKind, filters: Filters, place: Place | None) -> Select[Any]:
    """Return a select of the pre-checks of a title that fall short by little; holders of the title
    and records outside the registry are left out."""
    gaps = (filters.gap,) if filters.gap else NEAR
    return (
        select(Precheck)
        .join(Precheck.enterprise)
        .where(*conditions(kind, filters, place), Precheck.gap.in_(gaps))
    )


def conditions(
    kind: TitleKind, filters: Filters, place: Place | None
) -> Iterator[ColumnElement[bool]]:
    """Yield what everything but the kind of gap narrows by."""
    yield Precheck.title_kind_id == kind.id
    yield Precheck.holds.is_(False)
    yield is_listed()
    if filters.district_id is not None:
        yield Enterprise.district_id == filters.district_id
    if filters.industry_id is not None:
        yield Enterprise.industry_id == filters.industry_id
    if place is not None:
        yield place.covers()


def count_by_gap(kind: TitleKind, filters: Filters, place: Place | None) -> dict[str, int]:
    """Return how many near misses there are of each kind of gap, whatever gap is chosen."""
    rows = db.session.execute(
        select(Precheck.gap, func.count())
        .join(Precheck.enterprise)
        .where(*conditions(kind, filters, place), Precheck.gap.in_(LISTED))
        .group_by(Precheck.gap)
    )
    return {gap: number for gap, number in rows}  # noqa: C416 - rows are not yet typed as pairs


def in_order(statement: Select[Any]) -> Select[Any]:
    """Order by kind of gap, then by how little is missing, with what a row shows."""
    rank = case({gap: place for place, gap in enumerate(LISTED)}, value=Precheck.gap)
    return statement.options(
        contains_eager(Precheck.enterprise).options(
            joinedload(Enterprise.district), joinedload(Enterprise.industry)
        ),
    ).order_by(rank, Precheck.missing, Enterprise.sort_key, Precheck.id)


def page_of_near_misses(statement: Select[Any], offset: int, limit: int) -> Sequence[Precheck]:
    """Return one page."""
    return db.session.scalars(in_order(statement).offset(offset).limit(limit)).all()


def all_near_misses(statement: Select[Any]) -> Iterator[Precheck]:
    """Yield all of them, so many at a time."""
    yield from db.session.scalars(in_order(statement).execution_options(yield_per=AT_ONCE))


def kinds_prechecked() -> Sequence[TitleKind]:
    """Return the titles of which pre-checks are stored, in their order of display."""
    return db.session.scalars(
        select(TitleKind)
        .where(TitleKind.id.in_(select(Precheck.title_kind_id).distinct()))
        .order_by(TitleKind.sort, TitleKind.id)
    ).all()

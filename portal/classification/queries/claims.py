"""Named selects over claimed titles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.classification.models.titles import TitleClaim, TitleKind
from portal.classification.queries.titles import kinds_recorded_by, title_kinds
from portal.enterprises.importing.vocabulary import TitleWord
from portal.enterprises.models import Enterprise, is_listed
from portal.errors import NotFound
from portal.extensions import db

MOST_GROUPS = 100
WITH_KIND = joinedload(TitleClaim.kind).joinedload(TitleKind.lead_department)


def title_words() -> list[TitleWord]:
    """Return the kinds of titles by every name a sheet may give them."""
    return [
        TitleWord(
            slug=kind.slug,
            name=kind.name_zh,
            names=(kind.short_name_zh, kind.name_en, kind.short_name_en),
            levels=tuple(kind.levels),
            granted_here=kind.granted_here,
        )
        for kind in title_kinds()
    ]


def open_claims(kind_ids: Sequence[int]) -> Select[TitleClaim]:
    """Return a select of the undecided claims of these kinds."""
    return (
        select(TitleClaim)
        .join(TitleClaim.enterprise)
        .where(
            TitleClaim.decided_at.is_(None),
            TitleClaim.kind_id.in_(kind_ids),
            is_listed(),
        )
    )


def count_claims(narrowed: Select[TitleClaim]) -> int:
    """Return how many claims a select names."""
    ids = narrowed.with_only_columns(TitleClaim.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


class ClaimGroup(NamedTuple):
    """The undecided claims of one kind named by one import."""

    kind: TitleKind
    size: int
    since: datetime


def waiting_claims(
    person: Person, district_id: int | None = None, zone_id: int | None = None
) -> list[ClaimGroup]:
    """Return what imports named that an officer has to verify in a place, oldest first."""
    kinds = {kind.id: kind for kind in kinds_recorded_by(person)}
    narrowed = claims_in(open_claims(list(kinds)), district_id, zone_id)
    since = func.min(TitleClaim.claimed_at)
    rows = db.session.execute(
        narrowed.where(TitleClaim.claimed_by_id.is_(None))
        .with_only_columns(TitleClaim.kind_id, func.count(), since)
        .group_by(TitleClaim.kind_id, TitleClaim.import_job_id)
        .order_by(since, TitleClaim.kind_id)
        .limit(MOST_GROUPS)
    ).all()
    return [ClaimGroup(kinds[kind_id], count, first) for kind_id, count, first in rows]


def own_claims(
    person: Person, district_id: int | None = None, zone_id: int | None = None
) -> Sequence[TitleClaim]:
    """Return what enterprises themselves claim that an officer has to verify in a place, oldest
    first."""
    narrowed = open_claims([kind.id for kind in kinds_recorded_by(person)])
    return db.session.scalars(
        claims_in(narrowed, district_id, zone_id)
        .where(TitleClaim.claimed_by_id.is_not(None))
        .options(WITH_KIND, joinedload(TitleClaim.enterprise).joinedload(Enterprise.district))
        .order_by(TitleClaim.claimed_at, TitleClaim.id)
        .limit(MOST_GROUPS)
    ).all()


def claims_in(
    narrowed: Select[TitleClaim], district_id: int | None, zone_id: int | None
) -> Select[TitleClaim]:
    """Return those claims that lie in a district and a zone, None for every one."""
    for column, value in ((Enterprise.district_id, district_id), (Enterprise.zone_id, zone_id)):
        if value is not None:
            narrowed = narrowed.where(column == value)
    return narrowed


def count_waiting_claims(person: Person) -> int:
    """Return how many claims an officer has to verify."""
    return count_claims(open_claims([kind.id for kind in kinds_recorded_by(person)]))


def page_of_claims(narrowed: Select[TitleClaim], offset: int, limit: int) -> Sequence[TitleClaim]:
    """Return one page of claims, oldest first, with enterprises and kinds."""
    ordered = narrowed.options(WITH_KIND, joinedload(TitleClaim.enterprise))
    return db.session.scalars(ordered.order_by(TitleClaim.id).offset(offset).limit(limit)).all()


def get_claim(claim_id: int) -> TitleClaim:
    """Return a claim with its enterprise and kind; raises NotFound."""
    found = db.session.scalar(
        select(TitleClaim)
        .where(TitleClaim.id == claim_id)
        .options(
            WITH_KIND,
            joinedload(TitleClaim.enterprise).joinedload(Enterprise.district),
        )
    )
    if found is None:
        raise NotFound
    return found


def open_claims_of(enterprise_id: int, kind_id: int, levels: Sequence[str]) -> Sequence[TitleClaim]:
    """Return the open claims of one title of an enterprise, the enterprise's own first."""
    return db.session.scalars(
        select(TitleClaim)
        .where(
            TitleClaim.enterprise_id == enterprise_id,
            TitleClaim.kind_id == kind_id,
            TitleClaim.level.in_(levels),
            TitleClaim.decided_at.is_(None),
        )
        .order_by(TitleClaim.claimed_by_id.is_(None), TitleClaim.level.desc(), TitleClaim.id)
    ).all()


def claims_of(enterprise_id: int) -> Sequence[TitleClaim]:
    """Return the newest claims of an enterprise, open ones first, at most 50."""
    return db.session.scalars(
        select(TitleClaim)
        .where(TitleClaim.enterprise_id == enterprise_id)
        .options(WITH_KIND)
        .order_by(TitleClaim.decided_at.is_not(None), TitleClaim.id.desc())
        .limit(50)
    ).all()


def get_claim_of(enterprise_id: int, claim_id: int) -> TitleClaim:
    """Return a claim of that enterprise; raises NotFound."""
    found = get_claim(claim_id)
    if found.enterprise_id != enterprise_id:
        raise NotFound
    return found

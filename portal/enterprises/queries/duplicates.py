"""Named selects over likely pairs and records of nearly one name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.enterprises.models import Enterprise, LikelyPair, is_listed
from portal.enterprises.terms.record import TAKES_THE_CODE
from portal.errors import NotFound
from portal.extensions import db

WITH_RECORDS = (
    joinedload(LikelyPair.first).joinedload(Enterprise.district),
    joinedload(LikelyPair.second).joinedload(Enterprise.district),
)


def open_pairs(districts: set[int] | None, zones: set[int] | None) -> Select[LikelyPair]:
    """Return a select of the pairs nobody dismissed, both records in these places (None: all)."""
    first, second = aliased(Enterprise), aliased(Enterprise)
    found = (
        select(LikelyPair)
        .join(first, LikelyPair.first_id == first.id)
        .join(second, LikelyPair.second_id == second.id)
        .where(
            LikelyPair.dismissed_at.is_(None),
            first.state.in_(TAKES_THE_CODE),
            second.state.in_(TAKES_THE_CODE),
        )
    )
    if districts is None or zones is None:
        return found
    for record in (first, second):
        found = found.where(or_(record.district_id.in_(districts), record.zone_id.in_(zones)))
    return found


def count_pairs(narrowed: Select[LikelyPair]) -> int:
    """Return how many pairs a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def page_of_pairs(narrowed: Select[LikelyPair], offset: int, limit: int) -> Sequence[LikelyPair]:
    """Return one page of pairs, the likeliest first, with their records."""
    return db.session.scalars(
        narrowed.options(*WITH_RECORDS)
        .order_by(LikelyPair.weight.desc(), LikelyPair.id)
        .offset(offset)
        .limit(limit)
    ).all()


def get_pair(pair_id: int) -> LikelyPair:
    """Return a pair with its records; raises NotFound."""
    found = db.session.get(LikelyPair, pair_id, options=[*WITH_RECORDS])
    if found is None:
        raise NotFound
    return found


def pairs_with(enterprise_ids: Collection[int]) -> dict[int, list[LikelyPair]]:
    """Return the pairs nobody dismissed of each of these records."""
    found: dict[int, list[LikelyPair]] = {}
    either = or_(LikelyPair.first_id.in_(enterprise_ids), LikelyPair.second_id.in_(enterprise_ids))
    pairs = db.session.scalars(
        select(LikelyPair)
        .where(LikelyPair.dismissed_at.is_(None), either)
        .options(*WITH_RECORDS)
        .order_by(LikelyPair.weight.desc(), LikelyPair.id)
        .limit(200)
    )
    for pair in pairs:
        for number in {pair.first_id, pair.second_id} & set(enterprise_ids):
            found.setdefault(number, []).append(pair)
    return found


def same_key(enterprise: Enterprise, *, public_only: bool = False) -> Sequence[Enterprise]:
    """Return up to three other records whose name has the same core."""
    if not enterprise.name_key:
        return []
    return db.session.scalars(
        select(Enterprise)
        .where(
            Enterprise.name_key == enterprise.name_key,
            Enterprise.id != enterprise.id,
            is_listed() if public_only else Enterprise.state.in_(TAKES_THE_CODE),
        )
        .order_by(Enterprise.id)
        .limit(3)
    ).all()

"""Titles as the public reads them: which exist, who holds them on a day, where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.counts import counting, holding
from portal.enterprises.models import Enterprise
from portal.extensions import db

Rows = Sequence[Any]


def kinds_with_holders(on: date) -> Rows:
    """Return every kind with `held`, how many enterprises hold it on a day."""
    held = (
        select(Title.kind_id, func.count(Title.enterprise_id.distinct()).label("held"))
        .where(*counting(on, None, samples=True))
        .group_by(Title.kind_id)
        .subquery()
    )
    return db.session.execute(
        select(
            TitleKind.slug,
            TitleKind.family,
            TitleKind.name_zh,
            TitleKind.name_en,
            TitleKind.grantor_zh,
            TitleKind.grantor_en,
            TitleKind.granted_here,
            TitleKind.unit_zh,
            func.coalesce(held.c.held, 0).label("held"),
        )
        .outerjoin(held, held.c.kind_id == TitleKind.id)
        .order_by(TitleKind.sort, TitleKind.id)
    ).all()


def family_of(kind: TitleKind) -> Rows:
    """Return the other kinds that are counted together with this one."""
    return db.session.execute(
        select(TitleKind.slug, TitleKind.name_zh, TitleKind.name_en)
        .where(TitleKind.family == kind.family, TitleKind.id != kind.id)
        .order_by(TitleKind.sort, TitleKind.id)
    ).all()


def holders_by_district(kind: TitleKind, on: date) -> dict[int | None, int]:
    """Return how many holders each district has, by the district's id."""
    district: Any = Enterprise.district_id
    counted: Select[Any] = select(district, func.count())
    rows = db.session.execute(holding(counted, kind, on, samples=True).group_by(district))
    return {row[0]: row[1] for row in rows}


def names_in_force(enterprises: Sequence[int], on: date) -> dict[int, list[Any]]:
    """Return the short names of the titles each enterprise holds, the city's own first."""
    columns = (
        Title.enterprise_id,
        TitleKind.granted_here,
        TitleKind.sort,
        TitleKind.name_zh,
        TitleKind.name_en,
        TitleKind.short_name_zh,
        TitleKind.short_name_en,
    )
    rows = db.session.execute(
        select(*columns)
        .join(TitleKind, TitleKind.id == Title.kind_id)
        .where(Title.enterprise_id.in_(enterprises), *counting(on, None, samples=True))
        .distinct()
        .order_by(TitleKind.granted_here.desc(), TitleKind.sort)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.enterprise_id, []).append(row)
    return found

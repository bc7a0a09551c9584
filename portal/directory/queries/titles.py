"""Titles as the public reads them: which exist, who holds or held them on a day, where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal import clock
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import in_force, known
from portal.classification.queries.counts import (
    Sought,
    count_sought,
    counting,
    holding,
    in_registry,
)
from portal.classification.queries.standing import interruptions_of
from portal.classification.queries.titles import Held, held_on
from portal.counts import Counted, kept
from portal.enterprises.models import Enterprise, is_listed
from portal.extensions import db
from portal.prepared import Prepared
from portal.web.page_cache import once_for_state
from portal.web.reading import read

Rows = Sequence[Any]
KINDS = Prepared(
    select(
        TitleKind.id,
        TitleKind.slug,
        TitleKind.family,
        TitleKind.name_zh,
        TitleKind.name_en,
        TitleKind.short_name_zh,
        TitleKind.short_name_en,
        TitleKind.grantor_zh,
        TitleKind.grantor_en,
        TitleKind.granted_here,
        TitleKind.unit_zh,
        TitleKind.sort,
    ).order_by(TitleKind.sort, TitleKind.id)
)


@once_for_state
def title_kinds() -> tuple[Any, ...]:
    """Return every kind, in their order."""
    return tuple(read(KINDS))


@once_for_state
def kinds_by_id() -> Mapping[int, Any]:
    """Return every kind by its id."""
    return {kind.id: kind for kind in title_kinds()}


def held_today() -> Mapping[Any, int]:
    """Return how many enterprises hold a title of each kind today, by the kind's id."""
    return kept.cube(Counted.ENTERPRISE).counts("title_kind", {})


def family_of(kind: TitleKind) -> Rows:
    """Return the other kinds that are counted together with this one."""
    return db.session.execute(
        select(TitleKind.slug, TitleKind.name_zh, TitleKind.name_en)
        .where(TitleKind.family == kind.family, TitleKind.id != kind.id)
        .order_by(TitleKind.sort, TitleKind.id)
    ).all()


@dataclass(frozen=True)
class Holders:
    """How many enterprises hold what is sought, also by district and by industry division."""

    number: int
    districts: Mapping[Any, int]
    industries: Mapping[Any, int]


def count_holders(sought: Sought) -> Holders:
    """Count holders: today's are kept, those of another day or an earlier knowledge counted."""
    if sought.on != clock.today() or sought.known_at is not None:
        by_district = holders_by(Enterprise.district_id, sought)
        by_industry = holders_by(Enterprise.industry_id, sought)
        return Holders(count_sought(sought), by_district, by_industry)
    at_levels = {"title_level": [(sought.kind.id, str(level)) for level in sought.levels]}
    chosen = at_levels if sought.levels else {"title_kind": [sought.kind.id]}
    cube = kept.cube(Counted.ENTERPRISE)
    found = (cube.counts(name, chosen) for name in ("district", "industry"))
    return Holders(cube.total(chosen), *found)


def holders_by(column: Any, sought: Sought) -> dict[int | None, int]:
    """Return how many holders there are by a column of the record, such as the district."""
    counted: Select[Any] = select(column, func.count())
    rows = db.session.execute(holding(counted, sought).group_by(column))
    return {row[0]: row[1] for row in rows}


def held_before(sought: Sought) -> Select[Title]:
    """Return a select of the titles that had begun by the day and do not count on it: lapsed,
    suspended or revoked, of enterprises that are public now."""
    return (
        select(Title)
        .join(Title.enterprise)
        .where(
            is_listed(),
            *sought.titles(),
            known(Title, sought.known_at),
            Title.valid_from <= sought.on,
            ~in_force(sought.on, sought.known_at),
        )
    )


def count_before(sought: Sought) -> int:
    """Return how many titles no longer count."""
    return db.session.scalar(select(func.count()).select_from(held_before(sought).subquery())) or 0


def page_of_before(sought: Sought, offset: int, limit: int) -> list[Held]:
    """Return a page of the titles that no longer count, by name, with their standing that day."""
    rows = db.session.scalars(
        held_before(sought)
        .options(
            contains_eager(Title.enterprise).joinedload(Enterprise.district),
            joinedload(Title.kind),
        )
        .order_by(Enterprise.sort_key, Enterprise.id, Title.valid_from.desc(), Title.id)
        .offset(offset)
        .limit(limit)
    ).all()
    breaks = interruptions_of([title.id for title in rows], sought.known_at)
    return [held_on(title, sought.on, breaks.get(title.id, [])) for title in rows]


def every_title(sought: Sought, past: bool, size: int = 200) -> Iterator[Held]:
    """Yield the titles sought for a file, by enterprise, a block at a time; `past` gives those
    that no longer count instead of those that do."""
    last = 0
    narrowed = held_before(sought) if past else counted_titles(sought)
    while True:
        rows = db.session.scalars(
            narrowed.where(Title.id > last)
            .options(
                contains_eager(Title.enterprise).options(
                    joinedload(Enterprise.district), joinedload(Enterprise.industry)
                ),
                joinedload(Title.kind),
            )
            .order_by(Title.id)
            .limit(size)
        ).all()
        breaks = interruptions_of([title.id for title in rows], sought.known_at)
        for title in rows:
            yield held_on(title, sought.on, breaks.get(title.id, []))
        if len(rows) < size:
            return
        last = rows[-1].id


def counted_titles(sought: Sought) -> Select[Title]:
    """Return a select of the titles that count on the day, of enterprises in the registry."""
    conditions: tuple[ColumnElement[bool], ...] = (
        is_listed(),
        *sought.titles(),
        in_force(sought.on, sought.known_at),
        known(Title, sought.known_at),
        in_registry(sought.on, sought.known_at),
    )
    return select(Title).join(Title.enterprise).where(*conditions)


@lru_cache(maxsize=2)
def kinds_held(on: date) -> Prepared:
    """Select the kinds of titles that `enterprises` hold on a day: built once for it."""
    held = Title.enterprise_id.in_(bindparam("enterprises", expanding=True))
    columns = (Title.enterprise_id, Title.kind_id)
    return Prepared(select(*columns).where(held, *counting(on, None, samples=True)))


def names_in_force(enterprises: Sequence[int], on: date) -> dict[int, list[Any]]:
    """Return the kinds of titles each enterprise holds, the city's own first."""
    kinds, found = kinds_by_id(), dict[int, set[int]]()
    for enterprise, kind in read(kinds_held(on), enterprises=enterprises):
        found.setdefault(enterprise, set()).add(kind)
    return {
        enterprise: sorted(
            map(kinds.__getitem__, held), key=lambda kind: (not kind.granted_here, kind.sort)
        )
        for enterprise, held in found.items()
    }

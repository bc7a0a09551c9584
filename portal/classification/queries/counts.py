"""How many enterprises hold a title: always on a day, each enterprise counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from portal.classification.models.standing import TitleInterruption
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import in_force, known
from portal.classification.queries.titles import Held, titles_by_enterprise
from portal.classification.rules import titles as rules
from portal.classification.terms.titles import Level
from portal.enterprises.models import Enterprise, EnterprisePeriod, is_listed
from portal.enterprises.terms.record import PUBLIC
from portal.extensions import db


@dataclass(frozen=True)
class Holder:
    """An enterprise with the titles of one kind it holds on a day."""

    enterprise: Enterprise
    titles: list[Held]


def count_holders(
    on: date, known_at: datetime | None = None, *, samples: bool = True
) -> dict[tuple[str, str], int]:
    """Return {(kind, level): enterprises} on a day, as known at a moment (None: now).

    `samples` includes demonstration enterprises (平台在库数); plan progress never counts them.
    """
    return counted((TitleKind.slug, Title.level), on, known_at, samples)


def count_family_levels(
    on: date, known_at: datetime | None = None, *, samples: bool = True
) -> dict[tuple[str, str], int]:
    """Return {(family, level): enterprises}, kinds of a family counting an enterprise once."""
    return counted((TitleKind.family, Title.level), on, known_at, samples)


def count_families(
    on: date, known_at: datetime | None = None, *, samples: bool = True
) -> dict[str, int]:
    """Return {family: enterprises} at any level, each enterprise once."""
    found = counted((TitleKind.family,), on, known_at, samples)
    return {family: number for (family,), number in found.items()}


def count_family(
    family: str,
    on: date,
    known_at: datetime | None = None,
    *,
    at_least: Level | None = None,
    samples: bool = True,
) -> int:
    """Return how many enterprises hold a title of a family, at a level or above, each once."""
    statement = (
        select(func.count(Title.enterprise_id.distinct()))
        .join(Title.kind)
        .where(TitleKind.family == family, *counting(on, known_at, samples))
    )
    if at_least is not None:
        statement = statement.where(Title.level.in_(rules.levels_at_least(at_least)))
    return db.session.scalar(statement) or 0


def counted(
    groups: tuple[Any, ...], on: date, known_at: datetime | None, samples: bool
) -> dict[Any, int]:
    """Return enterprises per group in one statement; keys are tuples of the groups' values."""
    rows = db.session.execute(
        select(*groups, func.count(Title.enterprise_id.distinct()))
        .join(Title.kind)
        .where(*counting(on, known_at, samples))
        .group_by(*groups)
    )
    return {tuple(row[:-1]): row[-1] for row in rows}


def counting(on: date, known_at: datetime | None, samples: bool) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a title count: in force, of an enterprise in the registry that day."""
    conditions = [in_force(on, known_at), known(Title, known_at), in_registry(on, known_at)]
    if not samples:
        real = Enterprise.is_sample.is_(False)
        conditions.append(exists().where(Enterprise.id == Title.enterprise_id, real))
    return tuple(conditions)


def in_registry(on: date, known_at: datetime | None) -> ColumnElement[bool]:
    """Return the condition that a title's enterprise was public on a day (last day included)."""
    return exists().where(
        EnterprisePeriod.enterprise_id == Title.enterprise_id,
        EnterprisePeriod.state.in_(PUBLIC),
        EnterprisePeriod.valid_from <= on,
        or_(EnterprisePeriod.valid_until.is_(None), EnterprisePeriod.valid_until >= on),
        known(EnterprisePeriod, known_at),
    )


@dataclass(frozen=True)
class Sought:
    """Whose holders are asked for: a kind on a day, as known at a moment (None: now), at these
    levels (empty: any)."""

    kind: TitleKind
    on: date
    known_at: datetime | None = None
    levels: tuple[Level, ...] = ()
    samples: bool = True

    def titles(self) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions of a title of that kind at these levels, whatever its dates."""
        at = (Title.level.in_(self.levels),) if self.levels else ()
        return Title.kind_id == self.kind.id, *at


def holders(sought: Sought, *, offset: int = 0, limit: int = 20) -> list[Holder]:
    """Return a page of the enterprises sought, by name, in three statements."""
    enterprises: Sequence[Enterprise] = db.session.scalars(
        holding(select(Enterprise), sought)
        .options(joinedload(Enterprise.district))
        .order_by(Enterprise.sort_key, Enterprise.id)
        .offset(offset)
        .limit(limit)
    ).all()
    numbers = [enterprise.id for enterprise in enterprises]
    held = titles_by_enterprise(numbers, sought.on, sought.known_at)
    return [
        Holder(enterprise, [one for one in held[enterprise.id] if is_sought(sought, one)])
        for enterprise in enterprises
    ]


def is_sought(sought: Sought, held: Held) -> bool:
    """Say whether a title is of the kind and level sought and counts."""
    at_level = not sought.levels or held.title.level in sought.levels
    return held.title.kind_id == sought.kind.id and at_level and held.counts


def count_sought(sought: Sought) -> int:
    """Return how many enterprises are sought: what `holders` pages through."""
    return db.session.scalar(holding(select(func.count(Enterprise.id)), sought)) or 0


def holding(statement: Select[Any], sought: Sought) -> Select[Any]:
    """Return a select over enterprises that are public now and hold what is sought."""
    return statement.where(
        is_listed(),
        exists().where(
            Title.enterprise_id == Enterprise.id,
            *sought.titles(),
            *counting(sought.on, sought.known_at, sought.samples),
        ),
    )


def turning_between(after: date | None, day: date) -> Sequence[int]:
    """Return the enterprises with a title that begins after a day and until another, or lapsed
    with the day before one of these, or whose suspension or revocation begins or ends then;
    without a first day those that turn on the second."""
    first = after + timedelta(days=1) if after is not None and after < day else day
    return db.session.scalars(
        select(Title.enterprise_id)
        .outerjoin(
            TitleInterruption,
            and_(TitleInterruption.title_id == Title.id, TitleInterruption.superseded_at.is_(None)),
        )
        .where(
            Title.superseded_at.is_(None),
            or_(
                Title.valid_from.between(first, day),
                Title.valid_until.between(first - timedelta(days=1), day - timedelta(days=1)),
                TitleInterruption.begins_on.between(first, day),
                TitleInterruption.ends_on.between(first - timedelta(days=1), day),
            ),
        )
        .distinct()
        .order_by(Title.enterprise_id)
    ).all()

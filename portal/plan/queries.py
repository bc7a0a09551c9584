"""Named selects over plans: targets with the bodies behind them and their approved values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, Text, cast, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.errors import NotFound
from portal.extensions import Base, db
from portal.plan.models import Measure, MeasureBody, Observation, Plan, Target
from portal.prepared import Prepared
from portal.taxonomy.models import Department
from portal.web.page_cache import once_for_state
from portal.web.reading import read

WITH_BODIES = (
    joinedload(Target.plan),
    joinedload(Target.measure).selectinload(Measure.bodies).joinedload(MeasureBody.department),
)


@dataclass(frozen=True)
class TargetProgress:
    """A target with its last approved observation; None while none is approved (待核准).

    What the portal counts itself (平台在库数) never stands here.
    """

    target: Target
    observation: Observation | None

    @property
    def leads(self) -> list[Department]:
        """The lead bodies in the order of the source; none where the source names none."""
        return [body.department for body in self.bodies if body.leads]

    @property
    def cooperating(self) -> list[Department]:
        """The cooperating bodies in the order of the source."""
        return [body.department for body in self.bodies if not body.leads]

    @property
    def bodies(self) -> Sequence[MeasureBody]:
        """The bodies responsible for the measure the target belongs to."""
        return self.target.measure.bodies if self.target.measure else ()


def plain_columns(table: type[Base]) -> Iterator[ColumnElement[Any]]:
    """Yield the columns of a table, lists as the text they are written as."""
    for column in table.__table__.columns:
        yield cast(column, Text).label(column.key) if isinstance(column.type, JSON) else column


# All that is public of the plans.
TABLES = (Plan, Measure, MeasureBody, Target, Department)
STANDING = (
    *(Prepared(select(*plain_columns(table)), by_name=True) for table in TABLES),
    Prepared(
        select(*plain_columns(Observation)).where(Observation.approved_on.is_not(None)),
        by_name=True,
    ),
)


@once_for_state
def plans_as_they_stand() -> tuple[tuple[Any, ...], ...]:
    """Return all that is public of the plans as the database has it, which says whether anything
    of it has changed: reading it costs a tenth of making targets of it."""
    return tuple(tuple(read(question)) for question in STANDING)


def find_plan(slug: str) -> Plan | None:
    """Return the plan of that slug, or None."""
    return db.session.scalar(select(Plan).where(Plan.slug == slug))


def current_plan() -> Plan | None:
    """Return the plan adopted last, or None before one is loaded."""
    return db.session.scalar(select(Plan).order_by(Plan.adopted_on.desc(), Plan.id.desc()).limit(1))


def headline_targets(plan: Plan) -> list[TargetProgress]:
    """Return the targets of the home page in their order, in a fixed number of statements."""
    return progress_of(
        select(Target)
        .where(Target.plan_id == plan.id, Target.headline_order.is_not(None))
        .order_by(Target.headline_order, Target.id)
    )


def all_targets(plan: Plan) -> list[TargetProgress]:
    """Return every target in the order of the plan, in a fixed number of statements."""
    return progress_of(
        select(Target).where(Target.plan_id == plan.id).order_by(Target.sort, Target.id)
    )


def measures_of(plan: Plan) -> Sequence[Measure]:
    """Return the measures with their bodies in the order of the plan."""
    return db.session.scalars(
        select(Measure)
        .where(Measure.plan_id == plan.id)
        .options(selectinload(Measure.bodies).joinedload(MeasureBody.department))
        .order_by(Measure.sort, Measure.id)
    ).all()


def progress_of(statement: Select[Target]) -> list[TargetProgress]:
    """Return targets with their bodies and last approved observations."""
    targets = db.session.scalars(statement.options(*WITH_BODIES)).all()
    approved = last_approved([target.id for target in targets])
    return [TargetProgress(target, approved.get(target.id)) for target in targets]


def last_approved(target_ids: Sequence[int]) -> dict[int, Observation]:
    """Return per target the approved observation with the latest cut-off day."""
    place = (
        func.row_number()
        .over(
            partition_by=Observation.target_id,
            order_by=(Observation.as_of.desc(), Observation.id.desc()),
        )
        .label("place")
    )
    ranked = (
        select(Observation, place)
        .where(Observation.target_id.in_(target_ids), Observation.approved_on.is_not(None))
        .subquery()
    )
    latest = aliased(Observation, ranked)
    rows = db.session.scalars(select(latest).where(ranked.c.place == 1))
    return {observation.target_id: observation for observation in rows}


def get_target(plan: Plan, code: str) -> Target:
    """Return a target of a plan by its code; raises NotFound."""
    found = db.session.scalar(
        select(Target).where(Target.plan_id == plan.id, Target.code == code).options(*WITH_BODIES)
    )
    if found is None:
        raise NotFound
    return found


def waiting_observations() -> Sequence[Observation]:
    """Return the observations no second officer has approved yet, oldest first."""
    return db.session.scalars(
        select(Observation)
        .where(Observation.approved_on.is_(None))
        .options(joinedload(Observation.target))
        .order_by(Observation.recorded_at, Observation.id)
    ).all()

"""Loading a plan with its measures and targets; loading it again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.database import action, put
from portal.plan.models import Measure, MeasureBody, Plan, Target
from portal.taxonomy.models import Department


@action
def put_plan(slug: str, **facts: Any) -> Plan:
    """Add or update a plan and return it."""
    return put(Plan, {"slug": slug}, **facts)


@action
def put_measure(
    plan: Plan,
    code: str,
    leads: Sequence[Department],
    cooperating: Sequence[Department],
    **facts: Any,
) -> Measure:
    """Add or update a measure with its bodies, lead bodies first, in the source's order."""
    measure = put(Measure, {"plan_id": plan.id, "code": code}, **facts)
    for position, body in enumerate([*leads, *cooperating]):
        key = {"measure_id": measure.id, "department_id": body.id}
        put(MeasureBody, key, leads=position < len(leads), position=position)
    return measure


@action
def put_target(plan: Plan, code: str, measure: Measure | None, **facts: Any) -> Target:
    """Add or update a target; its value stays exactly as the source writes it."""
    key = {"plan_id": plan.id, "code": code}
    return put(Target, key, measure_id=measure.id if measure else None, **facts)

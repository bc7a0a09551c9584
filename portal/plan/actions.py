"""Loading a plan with its measures and targets, recording and approving what was reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.database import action, put
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.plan.models import Measure, MeasureBody, Observation, Plan, Target
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


@action
def record_observation(
    actor: Person, target: Target, value: Decimal, as_of: date, source: str
) -> Observation:
    """Enter a reported value (in the target's unit) with its cut-off day and source.

    It is not public before a second officer approves it. Raises NotAllowed, Refused.
    """
    check_reporter(actor, target)
    if as_of > clock.today():
        raise Refused(_("The cut-off date is still to come: check it"), "as_of")
    if not source.strip():
        raise Refused(_("Say who established this value and in which document"), "source")
    observation = Observation(
        target_id=target.id,
        value=value,
        as_of=as_of,
        source=source.strip(),
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
    )
    db.session.add(observation)
    audit.record(
        actor, "record_observation", observation, {"value": (None, value), "as_of": (None, as_of)}
    )
    return observation


@action
def approve_observation(actor: Person, observation: Observation) -> None:
    """Make a reported value public, by another officer than the one who entered it.

    Raises NotAllowed, Refused when it is approved already.
    """
    check_reporter(actor, observation.target)
    if observation.recorded_by_id == actor.id:
        raise NotAllowed(_("You entered this value: another officer approves it"))
    if observation.approved_on is not None:
        raise Refused(_("This value has been approved already"))
    observation.approved_on, observation.approved_by_id = clock.today(), actor.id
    audit.record(
        actor, "approve_observation", observation, {"approved_on": (None, observation.approved_on)}
    )


def check_reporter(actor: Person, target: Target) -> None:
    """Raise NotAllowed unless the actor reports figures for a body behind the target.

    A target of the whole plan names no body: any officer with the right may report it.
    """
    bodies = target.measure.bodies if target.measure else ()
    in_charge: list[int | None] = [body.department_id for body in bodies]
    if not any(
        has_right(actor, Right.REPORT_FIGURES, department_id=one) for one in in_charge or [None]
    ):
        raise NotAllowed(_("Only officers who report figures for a body in charge may do this"))

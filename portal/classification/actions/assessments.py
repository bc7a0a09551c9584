"""Storing assessments: those a decision rests on, and how every enterprise stands now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from portal import clock, outbox
from portal.audit import Actor
from portal.classification.models.assessments import Assessment, Precheck
from portal.classification.queries.facts import registered
from portal.classification.queries.prechecks import (
    Rules,
    Standing,
    assessments_with,
    enterprises_after,
    enterprises_due,
    prechecks_of,
    still_stands,
)
from portal.classification.queries.versions import InForce
from portal.database import action
from portal.enterprises.models import Enterprise
from portal.errors import NotFound
from portal.extensions import db

TOPIC = "prechecks"
AT_ONCE = 200  # enterprises judged in one transaction


@action
def assess_enterprise(
    actor: Actor, enterprise: Enterprise, version: InForce, on: date
) -> Assessment:
    """Judge an enterprise by a version on a day and keep the result with its explanation.

    The same inputs give the row that is kept already. `version` is what
    `queries.versions.find_version_for` returns. Raises NotFound for an unknown enterprise.
    """
    known = registered([enterprise.id], on).get(enterprise.id)
    if known is None:
        raise NotFound
    standing = Rules(on).standing(version, known)
    key = key_of(enterprise.id, standing)
    stored = assessments_with({key}).get(key)
    if stored is None:
        stored = assessment_from(enterprise.id, standing, actor.actor_id)
        db.session.add(stored)
    if stored.explanation is None:
        stored.explanation = standing.explanation
    db.session.flush()
    return stored


@action
def keep_current(enterprise_ids: Collection[int]) -> int:
    """Judge enterprises as of today and store what changed; return how many results did."""
    today = clock.today()
    rules, known = Rules(today), registered(enterprise_ids, today)
    kept = prechecks_of(enterprise_ids)
    changed = [
        (enterprise_id, standing)
        for enterprise_id, facts in known.items()
        for standing in rules.standings(facts)
        if not still_stands(kept.get((enterprise_id, standing.version.series)), standing, today)
    ]
    stored = assessments_with({key_of(*one) for one in changed})
    for enterprise_id, standing in changed:
        key = key_of(enterprise_id, standing)
        if key not in stored:
            stored[key] = assessment_from(enterprise_id, standing, None)
            db.session.add(stored[key])
    db.session.flush()
    for enterprise_id, standing in changed:
        row = kept.get((enterprise_id, standing.version.series))
        row = row or added(enterprise_id, standing)
        point(row, standing, stored[key_of(enterprise_id, standing)])
    return len(changed)


def key_of(enterprise_id: int, standing: Standing) -> tuple[int, int, str]:
    """Return what makes an assessment one: enterprise, version, inputs."""
    return enterprise_id, standing.rules.id, standing.inputs.digest


def assessment_from(enterprise_id: int, standing: Standing, made_by_id: int | None) -> Assessment:
    """Return the row of a judgement."""
    found = standing.judged
    return Assessment(
        enterprise_id=enterprise_id,
        rule_version_id=standing.rules.id,
        judged_on=standing.inputs.facts.on,
        snapshot=standing.inputs.text,
        facts_digest=standing.inputs.digest,
        verdict=found.verdict,
        gap=found.gap,
        low=found.low,
        high=found.high,
        made_at=clock.now(),
        made_by_id=made_by_id,
    )


def added(enterprise_id: int, standing: Standing) -> Precheck:
    """Return a new row that says how an enterprise stands in a series."""
    row = Precheck(enterprise_id=enterprise_id, series=standing.version.series)
    db.session.add(row)
    return row


def point(row: Precheck, standing: Standing, to: Assessment) -> None:
    """Let an assessment be the one that says how an enterprise stands in a series."""
    found = standing.judged
    row.assessment_id, row.title_kind_id = to.id, standing.title_kind_id
    row.verdict, row.gap, row.holds = found.verdict, found.gap, standing.holds
    row.missing = len(found.summary["missing"])
    row.summary, row.lasts_until = found.summary, found.lasts_until


def owe(**payload: object) -> None:
    """Owe the worker a judgement of one enterprise, several, or all after one; in an action."""
    outbox.send(TOPIC, **payload)


@action
def owe_these(enterprise_ids: Collection[int]) -> None:
    """Owe the judgement of these enterprises."""
    owe(enterprises=list(enterprise_ids))


@action
def owe_due(after: int = 0) -> None:
    """Owe the judgement of enterprises of which something is not stored or no longer lasts."""
    due = enterprises_due(clock.today(), after, AT_ONCE)
    if due:
        owe(enterprises=list(due), due_after=due[-1])


@action
def owe_everybody(after: int = 0) -> None:
    """Owe the judgement of every enterprise, so many at a time."""
    ids = enterprises_after(after, AT_ONCE)
    if ids:
        owe(enterprises=list(ids), all_after=ids[-1])

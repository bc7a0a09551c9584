"""What the officers' pages of rule versions read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, undefer

from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.classification.criteria.nodes import Period
from portal.classification.drafting import Known
from portal.classification.models.titles import TitleKind
from portal.classification.models.versions import RuleForce, RuleVersion
from portal.classification.rules.versions import Placed
from portal.classification.terms.versions import VersionState
from portal.errors import NotFound
from portal.extensions import db


@dataclass(frozen=True)
class Listed:
    """A version with the dates on which it judges, None for one that was never put in force."""

    row: RuleVersion
    force: RuleForce | None


def forces() -> list[RuleForce]:
    """Return the dates that hold of every version."""
    statement = (
        select(RuleForce)
        .options(joinedload(RuleForce.rule_version))
        .where(RuleForce.superseded_at.is_(None))
        .order_by(RuleForce.effective_from, RuleForce.id)
    )
    return list(db.session.scalars(statement))


def listed_versions() -> list[Listed]:
    """Return every version that was not discarded: by title, series, then newest first."""
    held = {force.rule_version_id: force for force in forces()}
    rows = db.session.scalars(
        select(RuleVersion)
        .outerjoin(RuleVersion.title_kind)
        .options(joinedload(RuleVersion.title_kind), joinedload(RuleVersion.created_by))
        .where(RuleVersion.state != VersionState.DISCARDED)
        .order_by(
            TitleKind.sort.nulls_last(),
            RuleVersion.series,
            RuleVersion.effective_from.desc(),
            RuleVersion.id.desc(),
        )
    )
    return [Listed(row, held.get(row.id)) for row in rows]


def known_versions(apart_from: str = "") -> Known:
    """Return what a draft is checked against, itself left out."""
    rows = db.session.execute(
        select(RuleVersion.slug, RuleVersion.series, TitleKind.slug.label("title"))
        .outerjoin(RuleVersion.title_kind)
        .where(RuleVersion.state != VersionState.DISCARDED, RuleVersion.slug != apart_from)
    ).all()
    placed: dict[str, list[Placed]] = {}
    for force in forces():
        placed.setdefault(force.rule_version.series, []).append(placed_of(force))
    return Known(
        titles=frozenset(db.session.scalars(select(TitleKind.slug))),
        taken=frozenset(row.slug for row in rows),
        series={row.series: row.title for row in rows},
        placed=placed,
    )


def placed_of(force: RuleForce) -> Placed:
    """Return the dates of a version as the rules compare them."""
    recheck = Period(force.recheck_from, force.recheck_until) if force.recheck_from else None
    period = Period(force.effective_from, force.effective_until)
    return Placed(force.rule_version.slug, period, recheck)


def get_version_page(slug: str) -> Listed:
    """Return one version with its text, author and dates; raises NotFound, also when discarded."""
    row = db.session.scalar(
        select(RuleVersion)
        .options(
            undefer(RuleVersion.text),
            joinedload(RuleVersion.title_kind).joinedload(TitleKind.lead_department),
            joinedload(RuleVersion.created_by),
            joinedload(RuleVersion.proposed_by),
            joinedload(RuleVersion.based_on),
        )
        .where(RuleVersion.slug == slug, RuleVersion.state != VersionState.DISCARDED)
    )
    if row is None:
        raise NotFound
    return Listed(row, find_force(row.id))


def find_force(rule_version_id: int) -> RuleForce | None:
    """Return the dates that hold of a version."""
    return db.session.scalar(
        select(RuleForce).where(
            RuleForce.rule_version_id == rule_version_id, RuleForce.superseded_at.is_(None)
        )
    )


def others_of_series(row: RuleVersion) -> list[RuleVersion]:
    """Return the other versions of the series, newest first, with their texts."""
    return list(
        db.session.scalars(
            select(RuleVersion)
            .options(undefer(RuleVersion.text))
            .where(
                RuleVersion.series == row.series,
                RuleVersion.id != row.id,
                RuleVersion.state != VersionState.DISCARDED,
            )
            .order_by(RuleVersion.effective_from.desc(), RuleVersion.id.desc())
        )
    )


def trail_of_version(rule_version_id: int) -> Sequence[AuditEvent]:
    """Return what was done to a version, newest first."""
    return db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.subject_kind == RuleVersion.__tablename__,
            AuditEvent.subject_id == rule_version_id,
        )
        .order_by(AuditEvent.id.desc())
    ).all()


def waiting_proposals(person: Person) -> list[RuleVersion]:
    """Return the proposed versions an officer may decide on as a second one, oldest first."""
    departments = {
        held.department_id
        for held in rights_of(person)
        if held.right == Right.RECOGNISE and held.is_citywide
    }
    if not departments:
        return []
    return list(
        db.session.scalars(
            select(RuleVersion)
            .outerjoin(RuleVersion.title_kind)
            .where(
                RuleVersion.state == VersionState.PROPOSED,
                RuleVersion.created_by_id != person.id,
                RuleVersion.proposed_by_id != person.id,
                or_(
                    RuleVersion.title_kind_id.is_(None),
                    TitleKind.lead_department_id.in_(departments),
                ),
            )
            .order_by(RuleVersion.proposed_at, RuleVersion.id)
        )
    )

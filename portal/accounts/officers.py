"""Giving and ending officers' rights."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts import queries
from portal.accounts.models import OfficerRight, Person
from portal.accounts.terms import Right
from portal.audit import Actor
from portal.database import action
from portal.errors import NotAllowed
from portal.extensions import db
from portal.taxonomy.models import Department, Term


@action
def grant_right(
    actor: Actor, person: Person, right: Right, department: Department, district: Term | None
) -> OfficerRight:
    """Give an officer a right. Raises NotAllowed to oneself or without `administer`."""
    if isinstance(actor, Person):
        if actor.id == person.id:
            raise NotAllowed(_("Rights are given by another administrator, never to oneself"))
        if not queries.has_right(actor, Right.ADMINISTER):
            raise NotAllowed(_("Only an administrator gives rights"))
    granted = OfficerRight(
        person=person,
        right=right,
        department_id=department.id,
        district_id=district.id if district else None,
        granted_by_id=actor.actor_id,
        granted_at=clock.now(),
    )
    db.session.add(granted)
    place = district.slug if district else "*"
    audit.record(
        actor, "grant_right", person, {"rights": (None, f"{right}@{department.slug}/{place}")}
    )
    return granted

"""Who writes a record before it is verified: its members, or the bureau in their place."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right, rights_of
from portal.accounts.terms import Right
from portal.casework import Case, Matter, conflict_rule
from portal.enterprises.actions.members import check_may
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import count_members
from portal.enterprises.queries.recording import has_entered
from portal.enterprises.rules.roles import Doing
from portal.enterprises.terms.record import Origin
from portal.errors import NotAllowed
from portal.extensions import db


def new_draft(
    actor: Person, *, origin: Origin = Origin.SELF, is_sample: bool = False
) -> Enterprise:
    """Add an empty draft made by the actor; only inside an action."""
    enterprise = Enterprise(
        created_by_id=actor.id,
        created_at=clock.now(),
        updated_at=clock.now(),
        origin=origin,
        is_sample=is_sample,
        uscc="",
        name="",
    )
    db.session.add(enterprise)
    db.session.flush()
    return enterprise


def check_writer(actor: Person, enterprise: Enterprise, doing: Doing) -> None:
    """Raise NotAllowed unless the actor may write the record: as a member, or as an officer while
    a record the bureau began has no member."""
    if enterprise.origin == Origin.BUREAU and count_members(enterprise.id) == 0:
        check_recorder(actor, enterprise)
    else:
        check_may(actor, enterprise, doing)


def check_recorder(actor: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed unless the actor reviews enterprises of this district, or began the record
    and reviews enterprises anywhere."""
    began = enterprise.created_by_id == actor.id and is_reviewer(actor)
    reviews = has_right(
        actor,
        Right.REVIEW_ENTERPRISES,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    )
    if not (began or reviews):
        raise NotAllowed(_("Only officers who review enterprises of this district may do this"))


def is_reviewer(person: Person) -> bool:
    """Say whether somebody reviews enterprises anywhere."""
    return any(held.right == Right.REVIEW_ENTERPRISES for held in rights_of(person))


@conflict_rule
def check_entered_by_another(actor: Person, case: Case) -> None:
    """Raise NotAllowed for the verification of a record the actor has written in."""
    if case.matter == Matter.VERIFICATION and has_entered(actor, case.subject_id):
        raise NotAllowed(_("You entered this record yourself: another officer decides on it"))

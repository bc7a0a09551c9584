"""The case of a registration: opened when it is submitted, never decided on by its own people."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.audit import Actor
from portal.casework import (
    Case,
    Matter,
    conflict_rule,
    find_case,
    open_case,
    redirect_case,
    resume_clock,
)
from portal.enterprises.models import Enterprise, Submission
from portal.enterprises.queries.members import find_membership
from portal.enterprises.queries.reviews import is_submitter
from portal.errors import NotAllowed


def await_verification(actor: Actor, enterprise: Enterprise, submission: Submission) -> Case:
    """Open the case of a submission; after a correction let its clock run on. In an action."""
    case = case_of(enterprise)
    if case is None:
        return open_case(
            actor,
            Matter.VERIFICATION,
            enterprise,
            label=enterprise.name,
            number=submission.number,
            enterprise_id=enterprise.id,
            district_id=enterprise.district_id,
            zone_id=enterprise.zone_id,
        )
    redirect_case(
        case,
        label=enterprise.name,
        number=submission.number,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    )
    resume_clock(case)
    return case


def case_of(enterprise: Enterprise) -> Case | None:
    """Return the open case of a registration, or None."""
    return find_case(Matter.VERIFICATION, Enterprise.__tablename__, enterprise.id)


@conflict_rule
def check_own_enterprise(actor: Person, case: Case) -> None:
    """Raise NotAllowed for what concerns an enterprise the actor belongs to or submitted for."""
    if case.enterprise_id is None:
        return
    if find_membership(actor, case.enterprise_id) is not None:
        raise NotAllowed(_("You belong to this enterprise: another officer decides on it"))
    if case.matter == Matter.VERIFICATION and is_submitter(actor, case.number):
        raise NotAllowed(_("You submitted this yourself: another officer decides on it"))

"""Who may open calls, apply, review and decide; a refusal says who may."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.accounts.queries.people import has_right, office_of, rights_of
from portal.accounts.terms import Right
from portal.casework import Case, conflict_rule
from portal.classification.models.titles import TitleKind
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import find_membership
from portal.enterprises.rules.roles import Doing, may
from portal.errors import NotAllowed
from portal.extensions import db
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.reviews import consulted_ids, has_conflict


def leads(person: Person, kind: TitleKind) -> bool:
    """Say whether the person recognises for the department that leads a title, in the city."""
    return any(
        held.right == Right.RECOGNISE
        and held.is_citywide
        and held.department_id == kind.lead_department_id
        for held in rights_of(person)
    )


def check_lead(person: Person, kind: TitleKind) -> None:
    """Raise NotAllowed unless the person recognises for the department that leads a title."""
    if not leads(person, kind) or not has_right(
        person, Right.RECOGNISE, department_id=kind.lead_department_id
    ):
        raise NotAllowed(_("Only officers of the department in charge of this title may do this"))


def may_apply_for(person: Person, enterprise: Enterprise) -> bool:
    """Say whether the person is an owner or editor of the enterprise."""
    membership = find_membership(person, enterprise.id)
    return membership is not None and may(membership.role, Doing.SUBMIT)


def check_applicant(person: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed unless owner or editor of the enterprise."""
    if not may_apply_for(person, enterprise):
        raise NotAllowed(_("Only owners and editors of the enterprise may apply for it"))


def may_read(person: Person, application: RecognitionApplication) -> bool:
    """Say whether the person may read an application: its members and, once it was submitted,
    officers of the lead department, of its district, of the bodies asked, and auditors."""
    if find_membership(person, application.enterprise_id) is not None:
        return True
    return application.submitted_at is not None and may_see(person, application)


def may_see(person: Person, application: RecognitionApplication) -> bool:
    """Say whether an officer may see a submitted application."""
    if leads(person, application.call.kind) or has_right(person, Right.AUDIT):
        return True
    asked = consulted_ids(application.id)
    enterprise = application.enterprise
    return any(
        held.right == Right.RECOGNISE
        and (
            held.department_id in asked
            if held.is_citywide
            else held.covers(None, enterprise.district_id, enterprise.zone_id)
        )
        for held in rights_of(person)
    )


def check_may_see(person: Person, application: RecognitionApplication) -> None:
    """Raise NotAllowed unless the officer may see the application."""
    if application.submitted_at is None or not may_see(person, application):
        raise NotAllowed(
            _("Only officers of the department in charge, of the district or of a body asked")
        )


def check_impartial(person: Person, application: RecognitionApplication) -> None:
    """Raise NotAllowed for members of the enterprise and who declared a conflict of interest."""
    if find_membership(person, application.enterprise_id) is not None:
        raise NotAllowed(_("You belong to this enterprise: another officer decides on it"))
    if has_conflict(application.id, person.id):
        raise NotAllowed(
            _("You declared a conflict of interest here: another officer decides on it")
        )


@conflict_rule
def check_no_conflict(actor: Person, case: Case) -> None:
    """Raise NotAllowed for an application the actor declared a conflict about."""
    if case.subject_kind != RecognitionApplication.__tablename__:
        return
    application = db.session.get(RecognitionApplication, case.subject_id)
    if application is not None:
        check_impartial(actor, application)


def office(person: Person) -> str:
    """Return the office an officer acts for in recognition."""
    found = office_of(person, Right.RECOGNISE)
    return found.name_zh if found else ""


def audits(person: Person) -> bool:
    """Say whether the person reads everything without deciding anything."""
    return has_right(person, Right.AUDIT)

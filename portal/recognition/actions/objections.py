"""Objections to an enterprise proposed for a title: what is their own here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal import audit
from portal.accounts.models import Person
from portal.casework import Matter
from portal.casework.actions import About
from portal.casework.objections import Objections, raise_objection, record_letter, register
from portal.casework.objectors import Objector, Paper
from portal.database import action
from portal.enterprises.queries.members import find_membership
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.files import Received
from portal.recognition import permits
from portal.recognition.actions.applications import enter
from portal.recognition.actions.reviews import case_of, end_declined
from portal.recognition.actions.telling import tell_lead, tell_members
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionNotice,
    RecognitionObjection,
)
from portal.recognition.terms.applications import AppState
from portal.recognition.terms.notices import ObjectionResult


@action
def object_to(
    actor: Person,
    notice: RecognitionNotice,
    application: RecognitionApplication,
    who: Objector,
    statement: str,
    proofs: Sequence[Received] = (),
) -> RecognitionObjection:
    """Object to one enterprise while its notice runs; this stops that enterprise alone.

    Raises NotAllowed for its own members, Refused.
    """
    if find_membership(actor, application.enterprise_id) is not None:
        raise NotAllowed(_("You act for this enterprise: an objection is for others to raise"))
    return raise_objection(actor, objection_to(notice, application, statement), who, proofs)


@action
def record_objection(
    actor: Person,
    notice: RecognitionNotice,
    application: RecognitionApplication,
    who: Objector,
    statement: str,
    paper: Paper,
) -> RecognitionObjection:
    """Record an objection that came in on paper while the notice ran, as an officer of the
    department in charge; another examines it.

    Raises NotAllowed, Refused at the day it came in.
    """
    permits.check_lead(actor, application.call.kind)
    permits.check_impartial(actor, application)
    return record_letter(actor, objection_to(notice, application, statement), who, paper)


def objection_to(
    notice: RecognitionNotice, application: RecognitionApplication, statement: str
) -> RecognitionObjection:
    """Return an objection; raises Refused once the enterprise is off the notice."""
    if application.state not in (AppState.NOTICED, AppState.CONTESTED):
        raise Refused(_("This enterprise is no longer on the notice"))
    return RecognitionObjection(notice=notice, application=application, statement=statement)


class TitleObjections(Objections[RecognitionObjection]):
    """Examined by the department in charge; the enterprise's notice stands still meanwhile."""

    matter = Matter.OBJECTION
    seal = "recognition-objection"
    letter = "objection"

    def days(self, objection: RecognitionObjection) -> tuple[date, date]:
        return objection.notice.starts_on, objection.notice.ends_on

    def label(self, objection: RecognitionObjection) -> str:
        return objection.application.enterprise.name

    def about(self, objection: RecognitionObjection) -> About:
        application = objection.application
        return {
            "number": application.number or "",
            "enterprise_id": application.enterprise_id,
            "department_id": application.call.kind.lead_department_id,
        }

    def check_examiner(self, actor: Person, objection: RecognitionObjection) -> None:
        permits.check_lead(actor, objection.application.call.kind)

    def check_impartial(self, actor: Person, objection: RecognitionObjection) -> None:
        permits.check_impartial(actor, objection.application)

    def check_result(self, objection: RecognitionObjection, result: str) -> None:
        """Every result there is may be given."""

    def office(self, actor: Person) -> str:
        return permits.office(actor)

    def received(self, objection: RecognitionObjection) -> None:
        application = objection.application
        if application.state == AppState.NOTICED:
            enter(audit.SYSTEM, application, AppState.CONTESTED, "contest_application")
        tell_lead(application, "contested")
        tell_members(application, "contested")

    def decided(self, actor: Person, objection: RecognitionObjection) -> None:
        application, office = objection.application, objection.handled_for
        if application.state != AppState.CONTESTED:
            return
        if objection.result == ObjectionResult.UPHELD:
            end_declined(actor, application, case_of(application), objection.answer)
        elif not open_objections(application.id):
            enter(actor, application, AppState.NOTICED, "resume_notice", office=office)
            tell_members(application, "resumed")


def open_objections(application_id: int) -> bool:
    """Say whether an application has an objection that was not decided on."""
    found = db.session.query(RecognitionObjection.id).filter(
        RecognitionObjection.application_id == application_id,
        RecognitionObjection.handled_at.is_(None),
    )
    return found.first() is not None


register(RecognitionObjection, TitleObjections())

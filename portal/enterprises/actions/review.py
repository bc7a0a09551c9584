"""What officers do with a submission: admit, return or refuse it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from portal import city, clock
from portal.accounts.models import Person
from portal.accounts.queries import has_right, mail_of, office_of
from portal.accounts.terms import Right
from portal.database import action, next_number
from portal.enterprises import rules
from portal.enterprises.actions.records import check_version, enter_state, note_confirmed
from portal.enterprises.models import Enterprise, Submission
from portal.enterprises.queries.members import find_membership, members_of
from portal.enterprises.queries.reviews import last_submission
from portal.enterprises.terms import FIELDS, Decision, State
from portal.errors import NotAllowed, Refused
from portal.messages import write_mail


def check_reviewer(actor: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed without the right for this district or for one's own enterprise."""
    if not has_right(
        actor,
        Right.REVIEW_ENTERPRISES,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    ):
        raise NotAllowed(_("Only officers who review enterprises of this district may do this"))
    if find_membership(actor, enterprise.id) is not None:
        raise NotAllowed(_("You belong to this enterprise: another officer decides on it"))


@action
def decide(
    actor: Person,
    enterprise: Enterprise,
    version: int,
    decision: Decision,
    *,
    reasons: Mapping[str, str],
    ground: str,
) -> Submission:
    """Admit, return (with a reason per field) or refuse (with a ground) a submission.

    Raises NotAllowed, Refused (also naming who has decided already), ChangedSinceOpened.
    """
    check_reviewer(actor, enterprise)
    submission = last_submission(enterprise.id)
    if submission is None or enterprise.state != State.SUBMITTED:
        raise Refused(decided_words(submission))
    check_version(enterprise, version)
    reasons = {name: reasons[name].strip() for name in FIELDS if reasons.get(name, "").strip()}
    rules.check_decision(decision, reasons, ground)
    office = office_of(actor, Right.REVIEW_ENTERPRISES)
    submission.decision = decision
    submission.reasons = dict(reasons) if decision == Decision.RETURN else {}
    submission.ground = ground.strip()
    submission.decided_at, submission.decided_by_id = clock.now(), actor.id
    submission.decided_for = office.name_zh if office else ""
    if decision == Decision.ADMIT:
        give_admission_number(enterprise)
    enter_state(
        actor,
        enterprise,
        rules.NEXT_STATE[decision],
        act=decision,
        note=submission.ground,
        office=submission.decided_for,
    )
    tell_members(enterprise, submission)
    return submission


def decided_words(submission: Submission | None) -> str:
    """Return the sentence that tells a second officer who has decided."""
    if submission is None or submission.decided_by is None:
        return _("This record is not waiting for a decision")
    return _(
        "%(name)s of %(office)s has already decided on %(number)s: open the record to see it",
        name=submission.decided_by.display_name,
        office=submission.decided_for,
        number=submission.number,
    )


def give_admission_number(enterprise: Enterprise) -> None:
    """Give the record its admission number and today as its day of admission."""
    today = clock.today()
    enterprise.admitted_on = today
    enterprise.admission_no = city.number(
        "admission", year=today.year, serial=next_number(f"admission-{today.year}")
    )
    note_confirmed(enterprise)


def tell_members(enterprise: Enterprise, submission: Submission) -> None:
    """Mail the decision to everyone who acts for the enterprise."""
    for membership in members_of(enterprise.id):
        identifier = mail_of(membership.person)
        if identifier is not None:
            write_mail(
                identifier.subject,
                "decision",
                language=membership.person.language,
                person_id=membership.person_id,
                enterprise=enterprise.id,
                number=submission.number,
                decision=submission.decision,
            )

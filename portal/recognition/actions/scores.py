"""Scores on the sheet, and declaring a conflict of interest."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework import Matter, find_case
from portal.casework.actions import leave
from portal.casework.queries import decided_elsewhere
from portal.casework.scoring import check_points
from portal.database import action
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.recognition import permits
from portal.recognition.actions.applications import check_version
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionConflict,
    RecognitionScore,
)
from portal.recognition.queries.reviews import find_score, has_conflict
from portal.recognition.terms.applications import REVIEWED


@action
def score(
    actor: Person,
    application: RecognitionApplication,
    version: int,
    answers: dict[str, Any],
    opinion: str,
) -> RecognitionScore:
    """Keep what the actor gives on the sheet; given again, the trail keeps both.

    Raises NotAllowed unless an officer of the lead department, impartial, who did not give the
    first review; Refused outside the review; ChangedSinceOpened.
    """
    check_scorer(actor, application)
    check_version(application, version)
    if application.state not in REVIEWED:
        raise Refused(_("Scores are given while the application is under review"))
    check_points(answers, application.call.sheet)
    found = find_score(application.id, actor.id)
    before = dict(found.answers) if found else {}
    found = found or RecognitionScore(application_id=application.id, reviewer_id=actor.id)
    found.answers, found.opinion = answers, opinion.strip()
    found.office, found.given_at = permits.office(actor), clock.now()
    db.session.add(found)
    db.session.flush()
    changes = {name: (before.get(name), value) for name, value in answers.items()}
    audit.record(actor, "score_application", found, changes, office=found.office)
    return found


def check_scorer(actor: Person, application: RecognitionApplication) -> None:
    """Raise NotAllowed unless the actor may score this application."""
    permits.check_lead(actor, application.call.kind)
    permits.check_impartial(actor, application)
    case = find_case(Matter.RECOGNITION, RecognitionApplication.__tablename__, application.id)
    if case is not None and decided_elsewhere(case, actor.id):
        raise NotAllowed(
            _("You decided on this in another stage: another officer gives the second opinion")
        )


@action
def declare_conflict(actor: Person, application: RecognitionApplication, ground: str) -> None:
    """Declare a conflict of interest: from now on the actor decides nothing here, and a score
    given before no longer counts. Raises NotAllowed, Refused."""
    permits.check_may_see(actor, application)
    if not ground.strip():
        raise Refused(_("Say in a few words what the conflict is"), "conflict")
    if has_conflict(application.id, actor.id):
        raise Refused(_("You declared this already"))
    declared = RecognitionConflict(
        application_id=application.id,
        officer_id=actor.id,
        ground=ground.strip(),
        declared_at=clock.now(),
    )
    db.session.add(declared)
    db.session.flush()
    case = find_case(Matter.RECOGNITION, RecognitionApplication.__tablename__, application.id)
    if case is not None and case.taken_by_id == actor.id:
        leave(case)
    audit.record(actor, "declare_conflict", declared, office=permits.office(actor))

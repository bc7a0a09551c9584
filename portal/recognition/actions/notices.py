"""Publishing a notice of the enterprises proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework import Stage, advance
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.recognition import permits
from portal.recognition.actions.applications import enter
from portal.recognition.actions.reviews import case_of, check_turn
from portal.recognition.actions.telling import tell_members
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionCall,
    RecognitionNotice,
    RecognitionNoticed,
)
from portal.recognition.terms.applications import AppState
from portal.taxonomy.queries import calendar


@action
def publish_notice(
    actor: Person,
    call: RecognitionCall,
    applications: Sequence[RecognitionApplication],
    document_no: str,
) -> RecognitionNotice:
    """Publish the proposed enterprises from today for the working days the call names.

    Raises NotAllowed, Refused when none is chosen or one is no longer proposed.
    """
    permits.check_lead(actor, call.kind)
    if not applications:
        raise Refused(_("Choose at least one enterprise"), "applications")
    today = clock.today()
    last = calendar(today, today + timedelta(days=call.notice_days * 3 + 30)).add(
        today, call.notice_days
    )
    notice = RecognitionNotice(
        call_id=call.id,
        document_no=document_no.strip(),
        days=call.notice_days,
        starts_on=today,
        ends_on=last.on,
        provisional=last.provisional,
        contact_zh=call.contact_zh,
        contact_en=call.contact_en,
        phone=call.phone,
        published_at=clock.now(),
        published_by_id=actor.id,
    )
    db.session.add(notice)
    db.session.flush()
    audit.record(actor, "publish_notice", notice, {"ends_on": (None, last.on)})
    for application in applications:
        put_on(actor, notice, application)
    return notice


def put_on(actor: Person, notice: RecognitionNotice, application: RecognitionApplication) -> None:
    """Put one proposed enterprise on a notice; its case waits for the decision."""
    case = case_of(application)
    check_turn(actor, application, case)
    noticed = RecognitionNoticed(
        notice_id=notice.id,
        application_id=application.id,
        name=application.enterprise.name,
        uscc=application.enterprise.uscc,
    )
    db.session.add(noticed)
    advance(actor, case, Stage.DECISION)
    enter(actor, application, AppState.NOTICED, "notice_application", office=permits.office(actor))
    tell_members(application, "noticed", day=notice.ends_on.isoformat())

"""What belongs to a title goes over to the row that replaces it."""

from __future__ import annotations

from sqlalchemy import select

from portal import clock
from portal.casework import Matter
from portal.casework.queries import get_case_about
from portal.classification.models.standing import TitleInterruption, TitleReminder
from portal.classification.models.titles import Title
from portal.classification.queries.standing import find_open, interruptions_of
from portal.extensions import db


def carry_over(old: Title, new: Title) -> None:
    """Give the new row what interrupts the old one, what is asked for it, and the reminders sent
    of the same end."""
    carry_interruptions(old, new)
    carry_request(old, new)
    if old.valid_until == new.valid_until:
        for reminder in db.session.scalars(
            select(TitleReminder).where(TitleReminder.title_id == old.id)
        ).all():
            db.session.add(
                TitleReminder(title_id=new.id, days=reminder.days, sent_at=reminder.sent_at)
            )


def carry_interruptions(old: Title, new: Title) -> None:
    """Let the new row be suspended or revoked as the old one is known to be."""
    moment = clock.now()
    for row in interruptions_of([old.id]).get(old.id, []):
        row.superseded_at = moment
        db.session.add(
            TitleInterruption(
                title_id=new.id,
                state=row.state,
                begins_on=row.begins_on,
                ends_on=row.ends_on,
                ban_until=row.ban_until,
                request_id=row.request_id,
                recorded_at=moment,
            )
        )


def carry_request(old: Title, new: Title) -> None:
    """Let the new row wait for the decision that is asked for, in the name of its enterprise."""
    request = find_open(old.id)
    if request is None:
        return
    enterprise = new.enterprise
    request.title = new
    case = get_case_about(Matter.TITLE_STANDING, request)
    case.enterprise_id, case.label = enterprise.id, enterprise.name[:200]
    case.district_id = enterprise.district_id

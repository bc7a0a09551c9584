"""Applications follow a merged record into the one that remains, and come back with an undoing."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework import (
    Addressee,
    Contents,
    Matter,
    close_case,
    find_case,
    open_case,
    stop_clock,
    write_letter,
)
from portal.casework.replies import await_second
from portal.classification.queries.granted import find_present
from portal.enterprises.following import Follower
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.recognition.actions.applications import enter
from portal.recognition.actions.consultations import end_consultations
from portal.recognition.actions.reviews import await_reply
from portal.recognition.actions.telling import tell_members
from portal.recognition.models import RecognitionApplication, RecognitionConsultation
from portal.recognition.queries.applications import applications_of_record, find_live
from portal.recognition.queries.cases import open_cases_of
from portal.recognition.queries.reviews import consultations_of
from portal.recognition.terms.applications import ENDED, AppState


def move(actor: Person, merged: Enterprise, survivor: Enterprise) -> dict[str, list[Any]]:
    """Hand the applications of the merged record to the one that remains.

    Where both have one under the same call, the other's goes on: what is under way is closed with
    a letter, what has ended stays where it is. Returns what was `moved`, and of it what was
    `closed`, as it stood.
    """
    moved: list[int] = []
    closed: list[dict[str, Any]] = []
    for application in applications_of_record(merged.id):
        other = find_live(application.call_id, survivor.id)
        if other is not None and application.state in ENDED - {AppState.WITHDRAWN}:
            continue
        if other is not None and application.state != AppState.WITHDRAWN:
            closed.append(close_for(actor, application, other, survivor))
        hand_over(actor, application, survivor)
        moved.append(application.id)
    for was in closed:
        tell_members(db.session.get_one(RecognitionApplication, was["id"]), "merged")
    return {"moved": moved, "closed": closed}


def hand_over(actor: Person, application: RecognitionApplication, to: Enterprise) -> None:
    """Let an application, with what waits about it, belong to another record; the title it
    renews is the row on record now."""
    changes = {"enterprise": (application.enterprise_id, to.id)}
    audit.record(actor, "move_application", application, changes)
    for case in open_cases_of(application):
        case.enterprise_id, case.label = to.id, to.name[:200]
    application.enterprise = to
    if application.renews is not None:
        application.renews = find_present(application.renews) or application.renews
    db.session.flush()


def close_for(
    actor: Person,
    application: RecognitionApplication,
    other: RecognitionApplication,
    survivor: Enterprise,
) -> dict[str, Any]:
    """Close an application in favour of the other record's; return how it stood."""
    case = find_case(Matter.RECOGNITION, RecognitionApplication.__tablename__, application.id)
    was = {"id": application.id, "state": application.state, "stage": case.stage if case else ""}
    words = _(
        "%(name)s has an application under the same call, %(number)s, which goes on",
        name=survivor.name,
        number=other.number or _("draft"),
    )
    enter(actor, application, AppState.WITHDRAWN, "close_application", ground=words)
    if case is not None:
        end_consultations(actor, application)
        write_letter(actor, case, Contents("merged", words), Addressee(survivor.name, survivor.id))
        close_case(actor, case, "merged", note=words)
    db.session.flush()
    return was


def restore(
    actor: Person, merged: Enterprise, survivor: Enterprise, moved: dict[str, Any] | None
) -> list[str]:
    """Hand the applications back and let the closed ones go on; what another record holds by now
    stays there and is named."""
    found = moved or {"moved": [], "closed": []}
    closed = {was["id"]: was for was in found["closed"]}
    kept = []
    for application in db.session.scalars(
        select(RecognitionApplication)
        .where(RecognitionApplication.id.in_(found["moved"]))
        .order_by(RecognitionApplication.id)
    ).all():
        if application.enterprise_id == survivor.id:
            hand_over(actor, application, merged)
            if application.id in closed:
                reopen(actor, application, closed[application.id])
        else:
            number = application.number or _("draft")
            kept.append(_("Application %(number)s stays where it is", number=number))
    return kept


def reopen(actor: Person, application: RecognitionApplication, was: dict[str, Any]) -> None:
    """Let an application that a merge closed go on from where it stood."""
    changes = {"state": (application.state, was["state"])}
    audit.record(actor, "resume_application", application, changes)
    application.state, application.ground = was["state"], ""
    application.changed_at = clock.now()
    if not was["stage"]:
        return
    enterprise = application.enterprise
    case = open_case(
        actor,
        Matter.RECOGNITION,
        application,
        stage=was["stage"],
        label=enterprise.name,
        number=application.number or "",
        enterprise_id=enterprise.id,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    )
    if was["stage"] != AppState.FIRST_REVIEW:
        case.department_id = application.call.kind.lead_department_id
    if application.state == AppState.RETURNED:
        stop_clock(case)
    for asked in consultations_of(application.id):
        if application.state == AppState.CONSULTING:
            await_again(actor, asked)
    tell_members(application, "reopened")


def await_again(actor: Person, asked: RecognitionConsultation) -> None:
    """Let wait for a body, and for the second officer of its reply on paper, what did before."""
    if asked.reply is None or not asked.reply.is_in_force:
        await_reply(actor, asked)
    if asked.reply is not None and not asked.reply.is_in_force:
        await_second(actor, asked.reply)


FOLLOWER = Follower(move, restore)

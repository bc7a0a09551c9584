"""Named selects over notices, who stands on them, and objections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.classification.models.titles import Title
from portal.enterprises.models import Enterprise
from portal.errors import NotFound
from portal.extensions import db
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionCall,
    RecognitionNotice,
    RecognitionNoticed,
    RecognitionObjection,
)
from portal.recognition.terms.applications import AppState

WITH_CALL = joinedload(RecognitionNotice.call).joinedload(RecognitionCall.kind)
WITH_ENTERPRISE = (
    joinedload(RecognitionNoticed.application)
    .joinedload(RecognitionApplication.enterprise)
    .joinedload(Enterprise.district)
)


def get_notice(notice_id: int) -> RecognitionNotice:
    """Return a notice with its call; raises NotFound."""
    found = db.session.scalar(
        select(RecognitionNotice).where(RecognitionNotice.id == notice_id).options(WITH_CALL)
    )
    if found is None:
        raise NotFound
    return found


def notices(limit: int = 20) -> Sequence[RecognitionNotice]:
    """Return the latest notices."""
    return db.session.scalars(
        select(RecognitionNotice)
        .options(WITH_CALL)
        .order_by(RecognitionNotice.ends_on.desc(), RecognitionNotice.id.desc())
        .limit(limit)
    ).all()


def notices_of(call: RecognitionCall) -> Sequence[RecognitionNotice]:
    """Return the notices under a call, the latest first."""
    return db.session.scalars(
        select(RecognitionNotice)
        .where(RecognitionNotice.call_id == call.id)
        .order_by(RecognitionNotice.id.desc())
    ).all()


def noticed_on(notice: RecognitionNotice) -> Sequence[RecognitionNoticed]:
    """Return who stands on a notice, by the number of the application."""
    return db.session.scalars(
        select(RecognitionNoticed)
        .join(RecognitionNoticed.application)
        .where(RecognitionNoticed.notice_id == notice.id)
        .options(WITH_ENTERPRISE)
        .order_by(RecognitionApplication.number, RecognitionApplication.id)
    ).all()


def get_noticed(notice: RecognitionNotice, application_id: int) -> RecognitionNoticed:
    """Return an application as it stands on a notice; raises NotFound."""
    found = db.session.get(
        RecognitionNoticed, (notice.id, application_id), options=[WITH_ENTERPRISE]
    )
    if found is None:
        raise NotFound
    return found


def last_noticed(application_id: int) -> RecognitionNoticed | None:
    """Return an application as it stands on its latest notice, or None."""
    return db.session.scalar(
        select(RecognitionNoticed)
        .where(RecognitionNoticed.application_id == application_id)
        .options(joinedload(RecognitionNoticed.notice), WITH_ENTERPRISE)
        .order_by(RecognitionNoticed.notice_id.desc())
        .limit(1)
    )


def last_notice_of(application_id: int) -> RecognitionNotice | None:
    """Return the latest notice an application stands on, or None."""
    noticed = last_noticed(application_id)
    return noticed.notice if noticed is not None else None


def name_noticed(title: Title) -> str:
    """Return the name under which a title the city granted was on notice, "" without one; by its
    number, so that it is found after a merge of records too."""
    name = db.session.scalar(
        select(RecognitionNoticed.name)
        .join(RecognitionNoticed.application)
        .join(RecognitionApplication.title)
        .where(
            Title.kind_id == title.kind_id,
            Title.number == title.number,
            Title.batch == title.batch,
        )
        .order_by(RecognitionNoticed.notice_id.desc())
        .limit(1)
    )
    return name or ""


def proposed(call: RecognitionCall) -> Sequence[RecognitionApplication]:
    """Return the applications of a call that wait for a notice."""
    return db.session.scalars(
        select(RecognitionApplication)
        .where(
            RecognitionApplication.call_id == call.id,
            RecognitionApplication.state == AppState.PROPOSED,
            RecognitionApplication.renews_id.is_(None),
        )
        .options(joinedload(RecognitionApplication.enterprise))
        .order_by(RecognitionApplication.number)
    ).all()


def objections_to(application_id: int) -> Sequence[RecognitionObjection]:
    """Return the objections against an application, oldest first."""
    return db.session.scalars(
        select(RecognitionObjection)
        .where(RecognitionObjection.application_id == application_id)
        .order_by(RecognitionObjection.id)
    ).all()


def get_objection(objection_id: int) -> RecognitionObjection:
    """Return an objection with what it is about; raises NotFound."""
    found = db.session.scalar(
        select(RecognitionObjection)
        .where(RecognitionObjection.id == objection_id)
        .options(
            joinedload(RecognitionObjection.notice),
            joinedload(RecognitionObjection.application).options(
                joinedload(RecognitionApplication.enterprise),
                joinedload(RecognitionApplication.call).joinedload(RecognitionCall.kind),
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def is_running(notice: RecognitionNotice, on: date) -> bool:
    """Say whether a notice runs on a day; both ends belong to it."""
    return notice.starts_on <= on <= notice.ends_on

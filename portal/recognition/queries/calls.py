"""Named selects over calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.classification.models.titles import TitleKind
from portal.errors import NotFound
from portal.extensions import db
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.rules.calls import state_on
from portal.recognition.terms.applications import AppState
from portal.recognition.terms.calls import CallState
from portal.taxonomy.models import Department

WITH_KIND = joinedload(RecognitionCall.kind).joinedload(TitleKind.lead_department)


def get_call(call_id: int) -> RecognitionCall:
    """Return a call with its kind of title; raises NotFound."""
    found = db.session.scalar(
        select(RecognitionCall).where(RecognitionCall.id == call_id).options(WITH_KIND)
    )
    if found is None:
        raise NotFound
    return found


def calls(offset: int = 0, limit: int = 20) -> Sequence[RecognitionCall]:
    """Return a page of all calls, those ending last first."""
    return db.session.scalars(
        select(RecognitionCall)
        .options(WITH_KIND)
        .order_by(RecognitionCall.closes_on.desc(), RecognitionCall.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count_calls() -> int:
    """Return how many calls there ever were."""
    return db.session.scalar(select(func.count(RecognitionCall.id))) or 0


def open_calls(on: date) -> Sequence[RecognitionCall]:
    """Return the calls whose window a day lies in, those ending soonest first."""
    return db.session.scalars(
        select(RecognitionCall)
        .where(RecognitionCall.opens_on <= on, RecognitionCall.closes_on >= on)
        .options(WITH_KIND)
        .order_by(RecognitionCall.closes_on, RecognitionCall.id)
    ).all()


def state_of(call: RecognitionCall, on: date) -> CallState:
    """Return how a call stands on a day."""
    return state_on(call.opens_on, call.closes_on, on)


def counts_of(call: RecognitionCall) -> dict[str, int]:
    """Return how many submitted applications of a call stand in each state."""
    rows = db.session.execute(
        select(RecognitionApplication.state, func.count(RecognitionApplication.id))
        .where(
            RecognitionApplication.call_id == call.id,
            RecognitionApplication.state != AppState.DRAFT,
            RecognitionApplication.submitted_at.is_not(None),
        )
        .group_by(RecognitionApplication.state)
    )
    return {row[0]: row[1] for row in rows}


def departments_by_slug(slugs: Sequence[str]) -> list[Department]:
    """Return the departments of these slugs in their order of precedence."""
    return list(
        db.session.scalars(
            select(Department)
            .where(Department.slug.in_(slugs))
            .order_by(Department.sort, Department.id)
        )
    )


def kinds_granted_here() -> Sequence[TitleKind]:
    """Return the titles the city grants itself, with their lead departments."""
    return db.session.scalars(
        select(TitleKind)
        .where(TitleKind.granted_here)
        .options(joinedload(TitleKind.lead_department))
        .order_by(TitleKind.sort, TitleKind.id)
    ).all()

"""Conditions over rows with two clocks, and over what interrupts a title."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from portal.classification.models.standing import TitleInterruption
from portal.classification.models.titles import Title
from portal.classification.terms.titles import TitleState


def known(row: Any, known_at: datetime | None) -> ColumnElement[bool]:
    """Return the condition that a row with two clocks was known at a moment, None for now."""
    if known_at is None:
        return row.superseded_at.is_(None)
    return and_(
        row.recorded_at <= known_at,
        or_(row.superseded_at.is_(None), row.superseded_at > known_at),
    )


def interrupted(
    on: date, known_at: datetime | None = None, state: TitleState | None = None
) -> ColumnElement[bool]:
    """Return the condition that a title was suspended or revoked on a day, as known at a moment;
    `state` asks for one of the two."""
    conditions = [
        TitleInterruption.title_id == Title.id,
        TitleInterruption.begins_on <= on,
        or_(TitleInterruption.ends_on.is_(None), TitleInterruption.ends_on >= on),
        known(TitleInterruption, known_at),
    ]
    if state is not None:
        conditions.append(TitleInterruption.state == state)
    return exists().where(*conditions)


def in_force(on: date, known_at: datetime | None = None) -> ColumnElement[bool]:
    """Return the condition that a title counts on a day: begun, not lapsed, not interrupted."""
    return and_(
        Title.valid_from <= on,
        or_(Title.valid_until.is_(None), Title.valid_until >= on),
        ~interrupted(on, known_at),
    )

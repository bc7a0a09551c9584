"""Named selects over what interrupts titles, what is asked for them, and what ends soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.classification.models.standing import (
    TitleInterruption,
    TitleReminder,
    TitleRequest,
)
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import in_force, known
from portal.classification.terms.standing import REMINDED_DAYS
from portal.classification.terms.titles import TitleState
from portal.enterprises.models import Enterprise, is_listed
from portal.errors import NotFound
from portal.extensions import db

CHUNK = 400  # values of one IN


def interruptions_of(
    title_ids: Collection[int], known_at: datetime | None = None
) -> dict[int, list[TitleInterruption]]:
    """Return what interrupts titles, by title, oldest first, in one statement."""
    found: dict[int, list[TitleInterruption]] = defaultdict(list)
    if title_ids:
        for row in db.session.scalars(
            select(TitleInterruption)
            .where(TitleInterruption.title_id.in_(title_ids), known(TitleInterruption, known_at))
            .order_by(TitleInterruption.begins_on, TitleInterruption.id)
        ):
            found[row.title_id].append(row)
    return found


def holding_on(rows: Sequence[TitleInterruption], on: date) -> TitleInterruption | None:
    """Return what interrupts a title on a day, a revocation before a suspension."""
    now = [
        row for row in rows if row.begins_on <= on and (row.ends_on is None or row.ends_on >= on)
    ]
    return min(now, key=lambda row: row.state != TitleState.REVOKED, default=None)


def bans_of(kind_id: int, enterprise_ids: Collection[int]) -> dict[int, date]:
    """Return until when a kind is not to be granted to enterprises it was revoked for."""
    rows = db.session.execute(
        select(Title.enterprise_id, func.max(TitleInterruption.ban_until))
        .join(TitleInterruption, TitleInterruption.title_id == Title.id)
        .where(
            Title.kind_id == kind_id,
            Title.enterprise_id.in_(enterprise_ids),
            known(Title, None),
            known(TitleInterruption, None),
            TitleInterruption.ban_until.is_not(None),
        )
        .group_by(Title.enterprise_id)
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}


def find_open(title_id: int) -> TitleRequest | None:
    """Return what is asked for a title and not decided, or None."""
    return db.session.scalar(
        select(TitleRequest).where(
            TitleRequest.title_id == title_id, TitleRequest.decided_at.is_(None)
        )
    )


def requests_of(title_ids: Collection[int]) -> Sequence[TitleRequest]:
    """Return what was asked for versions of a title, newest first."""
    return db.session.scalars(
        select(TitleRequest)
        .where(TitleRequest.title_id.in_(title_ids))
        .order_by(TitleRequest.id.desc())
    ).all()


def get_request(request_id: int) -> TitleRequest:
    """Return a request with its title, kind and enterprise; raises NotFound."""
    found = db.session.scalar(
        select(TitleRequest)
        .where(TitleRequest.id == request_id)
        .options(
            joinedload(TitleRequest.title)
            .joinedload(Title.kind)
            .joinedload(TitleKind.lead_department),
            joinedload(TitleRequest.title)
            .joinedload(Title.enterprise)
            .joinedload(Enterprise.district),
        )
    )
    if found is None:
        raise NotFound
    return found


def ending(on: date, after_id: int, limit: int) -> Sequence[Title]:
    """Return titles in force that end within the longest time of reminding and were not renewed,
    of enterprises in the registry, by id."""
    renewal = aliased(Title)
    renewed = exists().where(
        renewal.enterprise_id == Title.enterprise_id,
        renewal.kind_id == Title.kind_id,
        renewal.level == Title.level,
        renewal.subject == Title.subject,
        renewal.superseded_at.is_(None),
        or_(
            renewal.valid_until.is_(None),
            and_(renewal.valid_until > Title.valid_until, renewal.valid_from > Title.valid_from),
        ),
        renewal.id != Title.id,
    )
    return db.session.scalars(
        select(Title)
        .join(Title.enterprise)
        .where(
            Title.id > after_id,
            Title.valid_until.between(on, on + timedelta(days=max(REMINDED_DAYS))),
            in_force(on),
            known(Title, None),
            is_listed(),
            ~renewed,
        )
        .options(joinedload(Title.kind), joinedload(Title.enterprise))
        .order_by(Title.id)
        .limit(limit)
    ).all()


def reminders_of(title_ids: Collection[int]) -> dict[int, set[int]]:
    """Return which reminders of titles were dealt with, by title."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(
        select(TitleReminder.title_id, TitleReminder.days).where(
            TitleReminder.title_id.in_(title_ids)
        )
    ):
        found[row.title_id].add(row.days)
    return found


def touched_titles(title_ids: Collection[int]) -> set[int]:
    """Return which titles were ever suspended or revoked, or have had that asked for."""
    found: set[int] = set()
    for start in range(0, len(title_ids), CHUNK):
        some = list(title_ids)[start : start + CHUNK]
        for column in (TitleInterruption.title_id, TitleRequest.title_id):
            found |= set(db.session.scalars(select(column).where(column.in_(some))))
    return found


def revoked_titles(kind_id: int) -> set[int]:
    """Return the titles of a kind that are revoked as known now."""
    return set(
        db.session.scalars(
            select(TitleInterruption.title_id)
            .join(Title, Title.id == TitleInterruption.title_id)
            .where(
                Title.kind_id == kind_id,
                TitleInterruption.state == TitleState.REVOKED,
                known(TitleInterruption, None),
            )
        )
    )

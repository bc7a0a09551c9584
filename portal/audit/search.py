"""Searching the trail: by person, row, act and days, newest first, page by page from a line on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.audit.models import AuditEvent
from portal.extensions import db

SIZE = 50
BATCH = 500


@dataclass(frozen=True)
class TrailFilter:
    """What lines are wanted; what is empty narrows nothing.

    `person_id` finds what a person did and what was done to them; `subject_ids` are rows of
    `subject_kind`; `only` are the acts the reader may see at all (None: every act).
    """

    person_id: int | None = None
    subject_kind: str = ""
    subject_ids: tuple[int, ...] | None = None
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None
    only: tuple[str, ...] | None = None


def lines(wanted: TrailFilter) -> Select[AuditEvent]:
    """Return a select of the lines wanted, newest first."""
    return select(AuditEvent).where(*conditions(wanted)).order_by(AuditEvent.id.desc())


def conditions(wanted: TrailFilter) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter, each answered by an index."""
    found: list[ColumnElement[bool]] = []
    if wanted.person_id is not None:
        found.append(about_person(wanted.person_id))
    if wanted.subject_kind:
        found.append(AuditEvent.subject_kind == wanted.subject_kind)
    if wanted.subject_ids is not None:
        found.append(AuditEvent.subject_id.in_(wanted.subject_ids))
    if wanted.act:
        found.append(AuditEvent.act == wanted.act)
    if wanted.only is not None:
        found.append(AuditEvent.act.in_(wanted.only))
    if wanted.since is not None:
        found.append(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditEvent.at < wanted.until)
    return found


def about_person(person_id: int) -> ColumnElement[bool]:
    """Return the condition that a person acted or was acted on."""
    return or_(
        and_(AuditEvent.actor_kind == "person", AuditEvent.actor_id == person_id),
        and_(AuditEvent.subject_kind == "person", AuditEvent.subject_id == person_id),
    )


def page(wanted: TrailFilter, before: int | None) -> Sequence[AuditEvent]:
    """Return a page of lines older than line `before`, and one more if there are further ones."""
    found = lines(wanted).limit(SIZE + 1)
    if before is not None:
        found = found.where(AuditEvent.id < before)
    return db.session.scalars(found).all()


def every_line(wanted: TrailFilter) -> Iterator[AuditEvent]:
    """Yield every line wanted, read in batches: memory does not grow with the trail."""
    with db.session.scalars(lines(wanted).execution_options(yield_per=BATCH)) as events:
        yield from events


def kinds() -> Sequence[str]:
    """Return the kinds of row the trail speaks of."""
    return db.session.scalars(
        select(AuditEvent.subject_kind).distinct().order_by(AuditEvent.subject_kind)
    ).all()


def acts(only: tuple[str, ...] | None) -> Sequence[str]:
    """Return the acts the trail knows, of those the reader may see."""
    found = select(AuditEvent.act).distinct().order_by(AuditEvent.act)
    return db.session.scalars(
        found if only is None else found.where(AuditEvent.act.in_(only))
    ).all()

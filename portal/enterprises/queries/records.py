"""Named selects over records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, not_, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.queries.reach import Reach
from portal.audit.models import AuditEvent
from portal.enterprises.models import (
    Enterprise,
    EnterpriseName,
    EnterprisePeriod,
    is_held_back,
)
from portal.enterprises.terms.record import TAKES_THE_CODE
from portal.errors import NotFound
from portal.extensions import db

WITH_TERMS = (
    joinedload(Enterprise.district),
    joinedload(Enterprise.zone),
    joinedload(Enterprise.industry),
    joinedload(Enterprise.key_industry),
    joinedload(Enterprise.node),
    selectinload(Enterprise.pillars),
    selectinload(Enterprise.past_names),
)


def get_enterprise(enterprise_id: int) -> Enterprise:
    """Return a record with its terms; raises NotFound."""
    found = db.session.scalar(
        select(Enterprise).where(Enterprise.id == enterprise_id).options(*WITH_TERMS)
    )
    if found is None:
        raise NotFound
    return found


def find_taken(uscc: str) -> Enterprise | None:
    """Return the record that holds a code since its submission, or None."""
    return db.session.scalar(
        select(Enterprise).where(Enterprise.uscc == uscc, Enterprise.state.in_(TAKES_THE_CODE))
    )


def open_period(enterprise_id: int) -> EnterprisePeriod | None:
    """Return the period a record stands in as known now, or None before it was admitted."""
    return db.session.scalar(
        select(EnterprisePeriod)
        .where(
            EnterprisePeriod.enterprise_id == enterprise_id,
            EnterprisePeriod.superseded_at.is_(None),
            EnterprisePeriod.valid_until.is_(None),
        )
        .order_by(EnterprisePeriod.id.desc())
        .limit(1)
    )


def is_taken(enterprise: Enterprise) -> bool:
    """Say whether a record holds its code, so that its existence may be told."""
    return enterprise.state in TAKES_THE_CODE


@dataclass(frozen=True)
class Wanted:
    """What a list of records is narrowed to; what is empty narrows nothing."""

    state: str = ""
    word: str = ""
    district_id: int | None = None
    zone_id: int | None = None


def lies_in(reach: Reach) -> ColumnElement[bool]:
    """Return the condition that a record lies where a right holds."""
    if reach.districts is None or reach.zones is None:
        return true()
    return or_(Enterprise.district_id.in_(reach.districts), Enterprise.zone_id.in_(reach.zones))


def recorded(reach: Reach, wanted: Wanted) -> Select[Enterprise]:
    """Return a select of what was ever submitted or imported where a right holds, narrowed to
    what is wanted."""
    found = select(Enterprise).where(
        or_(Enterprise.submitted_at.is_not(None), Enterprise.import_job_id.is_not(None)),
        not_(is_held_back()),
        lies_in(reach),
    )
    same = {"state": wanted.state, "district_id": wanted.district_id, "zone_id": wanted.zone_id}
    found = found.filter_by(**{name: value for name, value in same.items() if value})
    word = wanted.word
    if word:
        named = or_(
            Enterprise.name.contains(word, autoescape=True),
            Enterprise.past_names.any(EnterpriseName.name.contains(word, autoescape=True)),
        )
        found = found.where(or_(named, Enterprise.uscc.startswith(word.upper(), autoescape=True)))
    return found


def count_records(narrowed: Select[Enterprise]) -> int:
    """Return how many records a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def records(narrowed: Select[Enterprise], offset: int, limit: int) -> Sequence[Enterprise]:
    """Return one page of a select, latest change first, with districts and zones."""
    latest = (Enterprise.updated_at.desc(), Enterprise.id.desc())
    page = narrowed.options(joinedload(Enterprise.district), joinedload(Enterprise.zone)).order_by(
        *latest
    )
    return db.session.scalars(page.offset(offset).limit(limit)).all()


def changed_since(enterprise: Enterprise, version: int) -> tuple[str, ...]:
    """Return the fields the trail shows as changed after a version was opened."""
    events = db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.subject_kind == Enterprise.__tablename__,
            AuditEvent.subject_id == enterprise.id,
        )
        .order_by(AuditEvent.id.desc())
        .limit(100)
    )
    names: dict[str, None] = {}
    for event in events:
        opened_on = event.changes.get("version")
        if opened_on is None:  # says nothing of the record's own fields: a claim, figures
            continue
        if opened_on[0] < version:
            break
        names.update(dict.fromkeys(name for name in event.changes if name != "version"))
    return tuple(names)


def ids_with_code(uscc: str) -> tuple[int, ...]:
    """Return the numbers of the records that ever held a code, drafts included."""
    return tuple(
        db.session.scalars(
            select(Enterprise.id).where(Enterprise.uscc == uscc).order_by(Enterprise.id)
        ).all()
    )

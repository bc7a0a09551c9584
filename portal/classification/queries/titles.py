"""Named selects over titles: kinds, what an enterprise holds, what officers recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import departments_for
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.classification.models.standing import TitleInterruption
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import interrupted, known
from portal.classification.queries.standing import holding_on, interruptions_of
from portal.classification.rules import titles as rules
from portal.classification.terms.titles import Standing, TitleState
from portal.enterprises.models import Enterprise, is_listed
from portal.errors import NotFound
from portal.extensions import db

COUNTED = frozenset({Standing.VALID, Standing.EXPIRING})
WITH_KIND = joinedload(Title.kind).joinedload(TitleKind.lead_department)
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Held:
    """A title with how it stands on the day that was asked for."""

    title: Title
    standing: Standing
    interruptions: Sequence[TitleInterruption] = ()

    @property
    def counts(self) -> bool:
        """Whether it is neither lapsed nor suspended nor revoked."""
        return self.standing in COUNTED


@dataclass(frozen=True)
class Filters:
    """What officers narrow the list of recorded titles by; empty text for everything."""

    kind: str = ""
    standing: str = ""
    text: str = ""


def title_kinds() -> Sequence[TitleKind]:
    """Return all kinds with their lead departments, in their order of display."""
    return db.session.scalars(
        select(TitleKind)
        .options(joinedload(TitleKind.lead_department))
        .order_by(TitleKind.sort, TitleKind.id)
    ).all()


def get_title_kind(slug: str) -> TitleKind:
    """Return the kind of that slug; raises NotFound."""
    found = db.session.scalar(
        select(TitleKind)
        .where(TitleKind.slug == slug)
        .options(joinedload(TitleKind.lead_department))
    )
    if found is None:
        raise NotFound
    return found


def kinds_recorded_by(person: Person) -> list[TitleKind]:
    """Return the kinds granted elsewhere whose lead department the officer records for."""
    departments = {department.id for department in departments_for(person, Right.RECOGNISE)}
    return [
        kind
        for kind in title_kinds()
        if not kind.granted_here and kind.lead_department_id in departments
    ]


def get_title(title_id: int) -> Title:
    """Return a title, superseded or not, with its kind and enterprise; raises NotFound."""
    found = db.session.scalar(
        select(Title)
        .where(Title.id == title_id)
        .options(WITH_KIND, joinedload(Title.enterprise).joinedload(Enterprise.district))
    )
    if found is None:
        raise NotFound
    return found


def titles_of(
    enterprise_id: int, on: date | None = None, known_at: datetime | None = None
) -> list[Held]:
    """Return the titles an enterprise had by a day (today by default), lapsed ones last."""
    return titles_by_enterprise([enterprise_id], on, known_at).get(enterprise_id, [])


def titles_by_enterprise(
    enterprise_ids: Collection[int], on: date | None = None, known_at: datetime | None = None
) -> dict[int, list[Held]]:
    """Return the titles of many enterprises in one statement, each list as in `titles_of`."""
    day = on or clock.today()
    rows = db.session.scalars(
        select(Title)
        .join(Title.kind)
        .where(
            Title.enterprise_id.in_(enterprise_ids), Title.valid_from <= day, known(Title, known_at)
        )
        .options(WITH_KIND)
        .order_by(Title.enterprise_id, TitleKind.sort, Title.valid_from.desc(), Title.id)
    ).all()
    breaks = interruptions_of([title.id for title in rows], known_at)
    return {
        enterprise_id: sorted(
            (held_on(title, day, breaks.get(title.id, [])) for title in titles), key=is_past
        )
        for enterprise_id, titles in groupby(rows, lambda title: title.enterprise_id)
    }


def held_on(title: Title, on: date, breaks: Sequence[TitleInterruption]) -> Held:
    """Return a title with its standing on a day, by what interrupts it."""
    now = holding_on(breaks, on)
    state = now.state if now is not None else ""
    return Held(title, rules.standing(state, title.valid_until, on), breaks)


def held_now(title: Title) -> Held:
    """Return a title with its standing today."""
    return held_on(title, clock.today(), interruptions_of([title.id]).get(title.id, []))


def is_past(held: Held) -> bool:
    """Sort key: what counts stands before what does not."""
    return not held.counts


def with_number(kind: TitleKind, number: str) -> Sequence[Title]:
    """Return the titles of a kind recorded with a number, with their enterprises."""
    return db.session.scalars(
        select(Title)
        .where(Title.kind_id == kind.id, Title.number == number, known(Title, None))
        .options(joinedload(Title.enterprise))
        .order_by(Title.id)
    ).all()


def same_title(
    enterprise: Enterprise, kind: TitleKind, level: str, subject: str
) -> Sequence[Title]:
    """Return what an enterprise holds or held of one kind at one level for one subject."""
    return db.session.scalars(
        select(Title)
        .where(
            Title.enterprise_id == enterprise.id,
            Title.kind_id == kind.id,
            Title.level == level,
            Title.subject == subject,
            known(Title, None),
        )
        .order_by(Title.valid_from, Title.id)
    ).all()


def versions_of(title: Title) -> list[Title]:
    """Return the rows that corrected one another up to the present one, newest first."""
    rows = db.session.scalars(
        select(Title)
        .where(Title.enterprise_id == title.enterprise_id, Title.kind_id == title.kind_id)
        .order_by(Title.id)
    ).all()
    origin: dict[int, int] = {}
    for row in rows:
        origin[row.id] = origin.get(row.corrects_id or 0, row.id)
    return [row for row in reversed(rows) if origin[row.id] == origin[title.id]]


def trail_of_versions(versions: Sequence[Title]) -> Sequence[AuditEvent]:
    """Return the trail of all rows of one title, newest first."""
    return db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.subject_kind == Title.__tablename__,
            AuditEvent.subject_id.in_([row.id for row in versions]),
        )
        .order_by(AuditEvent.id.desc())
    ).all()


def recorded(filters: Filters, *, offset: int = 0, limit: int = MOST_CANDIDATES) -> list[Held]:
    """Return a page of the titles on record, newest first, with enterprises and kinds."""
    today = clock.today()
    rows = db.session.scalars(
        narrowed(select(Title), filters, today)
        .options(WITH_KIND, joinedload(Title.enterprise))
        .order_by(Title.recorded_at.desc(), Title.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    breaks = interruptions_of([title.id for title in rows])
    return [held_on(title, today, breaks.get(title.id, [])) for title in rows]


def count_recorded(filters: Filters) -> int:
    """Return how many titles on record pass the filters."""
    counted = narrowed(select(func.count(Title.id)), filters, clock.today())
    return db.session.scalar(counted) or 0


def narrowed(statement: Select[Any], filters: Filters, on: date) -> Select[Any]:
    """Return a select over titles on record, narrowed by the filters."""
    statement = statement.join(Title.kind).join(Title.enterprise).where(known(Title, None))
    if filters.kind:
        statement = statement.where(TitleKind.slug == filters.kind)
    if filters.standing:
        statement = statement.where(stands(Standing(filters.standing), on))
    if filters.text:
        statement = statement.where(
            or_(named_like(filters.text), Title.number.icontains(filters.text, autoescape=True))
        )
    return statement


def stands(standing: Standing, on: date) -> ColumnElement[bool]:
    """Return the condition under which `rules.standing` gives this answer on a day."""
    endless, last = Title.valid_until.is_(None), Title.valid_until
    later = or_(endless, last > rules.expiring_until(on))
    expiring = and_(last >= on, last <= rules.expiring_until(on))
    revoked = interrupted(on, state=TitleState.REVOKED)
    suspended = and_(interrupted(on, state=TitleState.SUSPENDED), ~revoked)
    conditions = {
        Standing.VALID: and_(~interrupted(on), later),
        Standing.EXPIRING: and_(~interrupted(on), expiring),
        Standing.LAPSED: and_(~revoked, last < on),
        Standing.SUSPENDED: and_(suspended, or_(endless, last >= on)),
        Standing.REVOKED: revoked,
    }
    return conditions[standing]


def named_like(text: str) -> ColumnElement[bool]:
    """Return the condition that an enterprise's name or credit code contains a text."""
    return or_(
        Enterprise.name.icontains(text, autoescape=True),
        Enterprise.uscc.icontains(text, autoescape=True),
    )


def candidates(text: str) -> Sequence[Enterprise]:
    """Return the enterprises in the registry whose name or code contains a text, at most 20."""
    return db.session.scalars(
        select(Enterprise)
        .where(is_listed(), named_like(text))
        .options(joinedload(Enterprise.district))
        .order_by(Enterprise.sort_key, Enterprise.id)
        .limit(MOST_CANDIDATES)
    ).all()

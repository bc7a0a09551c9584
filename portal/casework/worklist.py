"""What waits for one officer: the conditions, the pages and the counts of their worklist."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true, tuple_
from sqlalchemy.orm import joinedload

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import Held, rights_of
from portal.casework.clocks import due_after
from portal.casework.models import Case
from portal.casework.permits import is_limited
from portal.casework.procedures import idle_after, matters_of, stages_by
from portal.casework.terms import By
from portal.extensions import db

SOON = 3  # working days within which a due day is near
MOST_COUNTED = 999  # the work bar counts no further
Condition = ColumnElement[bool]


class Scope(StrEnum):
    """Which part of what an officer may see."""

    OFFICE = "office"
    MINE = "mine"
    ALL = "all"


CORRECTION = "correction"  # in place of a stage: what waits for the enterprise


@dataclass(frozen=True)
class Asked:
    """What an officer asks of the worklist; empty means any. `own` are enterprises they belong
    to, which others decide on."""

    scope: Scope = Scope.OFFICE
    matter: str = ""
    district_id: int | None = None
    zone_id: int | None = None
    stage: str = ""
    word: str = ""
    own: Collection[int] = ()


@dataclass(frozen=True)
class Totals:
    """How many cases stand in each part of an officer's worklist."""

    mine: int
    office: int
    all: int
    overdue: int
    soon: int


def any_of(conditions: Sequence[Condition]) -> Condition:
    """Return whether one of the conditions holds; none holds of an empty list."""
    return or_(*conditions) if conditions else false()


def reached(person: Person) -> Condition:
    """Say in SQL which cases the person's rights reach."""
    return any_of([reach(held) for held in rights_of(person)])


def reach(held: Held) -> Condition:
    """Say in SQL which cases one right reaches, as permits.reaches does for one case."""
    conditions: list[Condition] = [
        Case.matter.in_(matters_of(held.right)),
        or_(Case.department_id.is_(None), Case.department_id == held.department_id),
    ]
    if held.district_id is not None:
        conditions.append(Case.district_id == held.district_id)
    elif held.zone_id is not None:
        conditions.append(Case.zone_id == held.zone_id)
    return and_(*conditions)


def turn(held: Held) -> Condition:
    """Say in SQL which stages are one right's turn; the city steps in once a case is overdue."""
    matters = matters_of(held.right)
    if is_limited(held):
        return stage_in(stages_by(matters, By.PLACE, By.ANY))
    late = and_(stage_in(stages_by(matters, By.PLACE)), Case.due_on < clock.today())
    return or_(stage_in(stages_by(matters, By.CITY, By.ANY)), late)


def stage_in(pairs: list[tuple[str, str]]) -> Condition:
    """Say in SQL which cases stand in one of these stages of their matter."""
    return tuple_(Case.matter, Case.stage).in_(pairs) if pairs else false()


def their_turn(person: Person) -> Condition:
    """Say in SQL which cases wait for this person's office, as permits.has_turn does for one."""
    return any_of([and_(reach(held), turn(held)) for held in rights_of(person)]) | (
        and_(mine(person), reached(person))
    )


def mine(person: Person) -> Condition:
    """Say in SQL which cases the person holds and has not left idle."""
    return and_(Case.taken_by_id == person.id, Case.taken_at > clock.now() - idle_after())


def own_enterprises(own: Collection[int]) -> Condition:
    """Say in SQL which cases concern none of these enterprises."""
    if not own:
        return true()
    return or_(Case.enterprise_id.is_(None), Case.enterprise_id.not_in(own))


def waiting(person: Person, asked: Asked) -> Select[Case]:
    """Return a select of the open cases an officer asks for."""
    scopes = {Scope.MINE: mine, Scope.OFFICE: their_turn, Scope.ALL: reached}
    found = select(Case).where(
        Case.closed_at.is_(None), own_enterprises(asked.own), scopes[asked.scope](person)
    )
    if asked.scope == Scope.MINE:
        found = found.where(reached(person))
    for column, value in (
        (Case.matter, asked.matter),
        (Case.district_id, asked.district_id),
        (Case.zone_id, asked.zone_id),
    ):
        if value:
            found = found.where(column == value)
    if asked.stage == CORRECTION:
        found = found.where(Case.stopped_at.is_not(None))
    elif asked.stage:
        found = found.where(Case.stage == asked.stage, Case.stopped_at.is_(None))
    if asked.word:
        named = Case.label.contains(asked.word, autoescape=True)
        found = found.where(or_(named, Case.number.startswith(asked.word, autoescape=True)))
    return found


def count_waiting(narrowed: Select[Case]) -> int:
    """Return how many cases a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def page_of_cases(narrowed: Select[Case], offset: int, limit: int) -> Sequence[Case]:
    """Return one page: overdue first, then by due day, stopped clocks last."""
    shown = narrowed.options(
        joinedload(Case.district), joinedload(Case.zone), joinedload(Case.taken_by)
    )
    return db.session.scalars(
        shown.order_by(Case.order_on, Case.id).offset(offset).limit(limit)
    ).all()


def totals_of(person: Person, own: Collection[int]) -> Totals:
    """Return the counts of an officer's worklist, in one statement."""
    today, near = clock.today(), due_after(SOON).on
    turn_here = their_turn(person)
    running = and_(turn_here, Case.due_on.is_not(None))
    row = db.session.execute(
        select(
            counted(mine(person)),
            counted(turn_here),
            func.count(),
            counted(and_(running, Case.due_on < today)),
            counted(and_(running, Case.due_on.between(today, near))),
        ).where(Case.closed_at.is_(None), own_enterprises(own), reached(person))
    ).one()
    return Totals(*(int(value or 0) for value in row))


def counted(condition: Condition) -> ColumnElement[int]:
    """Return how many rows of a select meet a condition."""
    return func.sum(case((condition, 1), else_=0))


def count_for_bar(person: Person) -> int:
    """Return how many cases wait for the person's office now, counted up to MOST_COUNTED."""
    few = (
        select(Case.id)
        .where(Case.closed_at.is_(None), Case.stopped_at.is_(None), their_turn(person))
        .limit(MOST_COUNTED)
    )
    return db.session.scalar(select(func.count()).select_from(few.subquery())) or 0

"""Named selects over officers' rights, deputies and people, for administrators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.accounts.models import Deputy, Identifier, OfficerRight, Person
from portal.accounts.terms import Right, RightState
from portal.errors import NotFound
from portal.extensions import db

MOST_FOUND = 20
SHORTEST_NAME = 2


@dataclass(frozen=True)
class RightFilter:
    """What a list of rights is narrowed to; empty values narrow nothing."""

    state: str = RightState.IN_FORCE
    right: str = ""
    department_id: int | None = None
    district_id: int | None = None
    zone_id: int | None = None


def find_people(word: str, subjects: Iterable[str] = ()) -> Sequence[Person]:
    """Return at most twenty people with exactly such an identifier (given in its forms) or with
    the word in their display name; nobody for less than two characters."""
    found = [Identifier.subject.in_(list(subjects))]
    by_name = (
        [Person.display_name.contains(word, autoescape=True)] if len(word) >= SHORTEST_NAME else []
    )
    return db.session.scalars(
        select(Person)
        .where(or_(Person.id.in_(select(Identifier.person_id).where(*found)), *by_name))
        .order_by(Person.id)
        .limit(MOST_FOUND)
    ).all()


def get_person(person_id: int) -> Person:
    """Return a person with rights, places and deputies; raises NotFound."""
    found = db.session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(
            selectinload(Person.rights).options(*WITH_PLACES),
            selectinload(Person.deputies).joinedload(Deputy.deputy),
            selectinload(Person.duties).joinedload(Deputy.officer),
        )
    )
    if found is None:
        raise NotFound
    return found


WITH_PLACES = (
    joinedload(OfficerRight.department),
    joinedload(OfficerRight.district),
    joinedload(OfficerRight.zone),
)


def get_right(person_id: int, right_id: int) -> OfficerRight:
    """Return a right of this person with its places; raises NotFound."""
    found = db.session.scalar(
        select(OfficerRight)
        .where(OfficerRight.id == right_id, OfficerRight.person_id == person_id)
        .options(joinedload(OfficerRight.person), *WITH_PLACES)
    )
    if found is None:
        raise NotFound
    return found


def get_deputy(officer_id: int, deputy_id: int) -> Deputy:
    """Return a deputy's time of this officer; raises NotFound."""
    found = db.session.scalar(
        select(Deputy)
        .where(Deputy.id == deputy_id, Deputy.officer_id == officer_id)
        .options(joinedload(Deputy.officer), joinedload(Deputy.deputy))
    )
    if found is None:
        raise NotFound
    return found


def rights(narrowed: RightFilter) -> Select[OfficerRight]:
    """Return a select of rights, each with its person, by person and then the newest first."""
    conditions = [
        column == value
        for column, value in (
            (OfficerRight.right, narrowed.right),
            (OfficerRight.department_id, narrowed.department_id),
            (OfficerRight.district_id, narrowed.district_id),
            (OfficerRight.zone_id, narrowed.zone_id),
        )
        if value
    ]
    return select(OfficerRight).where(in_state(narrowed.state), *conditions)


def in_state(state: str) -> ColumnElement[bool]:
    """Return the condition that a right is in force, still to come, or over."""
    day = clock.today()
    lapsed = OfficerRight.valid_until < day
    if state == RightState.ENDED:
        return or_(OfficerRight.ended_at.is_not(None), lapsed)
    open_ = OfficerRight.ended_at.is_(None)
    if state == RightState.COMING:
        return open_ & (OfficerRight.valid_from > day)
    return (
        open_
        & (OfficerRight.valid_from <= day)
        & or_(OfficerRight.valid_until.is_(None), OfficerRight.valid_until >= day)
    )


def count_rights(narrowed: RightFilter) -> int:
    """Return how many rights a list has."""
    return db.session.scalar(select(func.count()).select_from(rights(narrowed).subquery())) or 0


def some_rights(narrowed: RightFilter, offset: int, size: int) -> Sequence[OfficerRight]:
    """Return one page of a list of rights."""
    return db.session.scalars(
        rights(narrowed)
        .options(joinedload(OfficerRight.person), *WITH_PLACES)
        .order_by(OfficerRight.person_id, OfficerRight.id.desc())
        .offset(offset)
        .limit(size)
    ).all()


def officers_in_force(but: Person) -> Sequence[Person]:
    """Return everybody else who holds a right of their own today and can sign in, by name."""
    held = select(OfficerRight.person_id).where(in_state(RightState.IN_FORCE))
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(held), Person.id != but.id, Person.disabled_at.is_(None))
        .order_by(Person.display_name, Person.id)
    ).all()


def names_of_people(ids: Iterable[int]) -> dict[int, Person]:
    """Return people by number, for showing who did what."""
    wanted = sorted(set(ids))
    found = db.session.scalars(select(Person).where(Person.id.in_(wanted))).all()
    return {person.id: person for person in found}


def holders_of(
    right: Right, department_id: int, district_id: int | None = None, zone_id: int | None = None
) -> list[Person]:
    """Return who holds a right of their own for a department today, at most twenty: in the whole
    city, or in the district or zone named."""
    place = OfficerRight.district_id.is_(None) & OfficerRight.zone_id.is_(None)
    if district_id is not None:
        place |= OfficerRight.district_id == district_id
    if zone_id is not None:
        place |= OfficerRight.zone_id == zone_id
    return list(
        db.session.scalars(
            select(Person)
            .where(
                Person.disabled_at.is_(None),
                Person.id.in_(
                    select(OfficerRight.person_id).where(
                        in_state(RightState.IN_FORCE),
                        OfficerRight.right == right,
                        OfficerRight.department_id == department_id,
                        place,
                    )
                ),
            )
            .order_by(Person.id)
            .limit(MOST_FOUND)
        )
    )

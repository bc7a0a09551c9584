"""Everything the portal holds on a person, for that person, as plain values.

Rows that are about the person are given whole, without what authenticates; of all other rows that
name the person, such as records they decided on, the number is given. Both are read from the
tables' own definitions, so that a table added later is included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Table, or_, select

from portal import clock
from portal.accounts.models import Person
from portal.audit import search
from portal.audit.search import TrailFilter
from portal.enterprises.queries.people import acted_for
from portal.extensions import db

FORMAT = "own-data/1"
ABOUT = frozenset({"person_id", "submitted_by_id", "officer_id", "deputy_id"})
SECRET = re.compile(r"secret|token|digest|_key$|last_step")


def own_data(person: Person) -> dict[str, Any]:
    """Return what is held on a person, as JSON keeps it."""
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "person": row_of(Person.__table__, {"id": person.id}, person_row(person)),
        "enterprises": enterprises(person),
        "rows": {table.name: rows for table in tables() if (rows := rows_about(table, person))},
        "named_in": {
            table.name: numbers for table in tables() if (numbers := numbers_in(table, person))
        },
        "trail": list(trail(person)),
    }


def person_row(person: Person) -> dict[str, Any]:
    """Return the person's own row."""
    table = Person.__table__
    found = db.session.execute(select(table).where(table.c.id == person.id)).mappings().one()
    return dict(found)


def row_of(table: Any, key: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's columns as plain values, without what authenticates somebody."""
    return key | {name: plain(row[name]) for name in row if not SECRET.search(name)}


def enterprises(person: Person) -> list[dict[str, Any]]:
    """Return the enterprises a person acts or acted for, by name."""
    return [
        {
            "enterprise": enterprise.id,
            "name": enterprise.name,
            "credit_code": enterprise.uscc,
            "role": membership.role,
            "since": plain(membership.since),
            "ended_at": plain(membership.ended_at),
        }
        for membership, enterprise in acted_for(person)
    ]


def tables() -> list[Table]:
    """Return every table but the person's own, in a fixed order."""
    return [table for table in db.metadata.sorted_tables if table.name != Person.__tablename__]


def naming(table: Table) -> list[Column[Any]]:
    """Return the columns of a table that name a person."""
    return [
        column
        for column in table.columns
        if column.name == "person_id"
        or any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys)
    ]


def rows_about(table: Table, person: Person) -> list[dict[str, Any]]:
    """Return the rows of a table that are about the person, whole."""
    columns = [column for column in naming(table) if column.name in ABOUT]
    if not columns:
        return []
    found = db.session.execute(
        select(table)
        .where(or_(*(column == person.id for column in columns)))
        .order_by(*table.primary_key.columns)
    )
    return [row_of(table, {}, dict(row)) for row in found.mappings()]


def numbers_in(table: Table, person: Person) -> dict[str, list[Any]]:
    """Return, by column, the numbers of rows that name the person without being about them."""
    found = {}
    key = next(iter(table.primary_key.columns))
    for column in naming(table):
        if column.name not in ABOUT:
            numbers = db.session.scalars(select(key).where(column == person.id).order_by(key))
            if rows := numbers.all():
                found[column.name] = [plain(number) for number in rows]
    return found


def trail(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the lines of the trail on what the person did and what was done to them."""
    for event in search.every_line(TrailFilter(person_id=person.id)):
        yield {
            "line": event.id,
            "at": plain(event.at),
            "by_you": event.actor_kind == "person" and event.actor_id == person.id,
            "act": event.act,
            "about": f"{event.subject_kind} {event.subject_id}",
        }


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value

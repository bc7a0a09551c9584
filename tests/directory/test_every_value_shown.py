"""Whichever value changes, pages show it: they are kept under all they show (portal/web/drawn.py),
so that one whose templates read anything more would go on showing it as it was.

Every column of every table a page reads is changed in all rows, and what the page then says is
compared with what it says when nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.figures import show_figures
from portal.enterprises.models import Enterprise, EnterpriseName, NamedContact
from portal.enterprises.terms.presence import ContactState
from portal.extensions import db
from portal.lists.actions.publication import publish
from portal.lists.models import EntryOutcome, EntryQuestion, Release
from portal.lists.queries.named_contacts import key_of
from portal.lists.terms.entries import Life
from portal.lists.terms.kinds import Kind
from portal.lists.terms.ledger import NotedAs
from portal.plan.models import Observation, Target
from portal.web.drawn import Pieces
from tests.access_rows import make_presence
from tests.browser_client import Browser
from tests.classification.factories import make_recogniser, record_title_for
from tests.enterprises.figure_factories import state
from tests.factories import make_active, make_person
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    sign_all,
    start_signing,
)
from tests.statements import counted_statements

LISTS = ("/", "/lists/opportunity", "/enterprises", "/plan/targets")
DATA = ("/api/v1/enterprises?facets=1", "/api/v1/lists/opportunity?facets=1")
READ = re.compile(r'\b(\w+?)(?:_\d+)?\."?(\w+)')  # table and column, also of a table read twice
KEPT_COUNTS = ("counted_kind", "counted_cell")  # which nobody writes but to count
WORD = re.compile(r"[a-z][a-z_]*")  # of the programme's own, such as a state
Values = dict[tuple[Any, ...], Any]  # the key of a row, and what a column holds there


@pytest.fixture
def firm(app: Flask) -> Enterprise:
    """An enterprise with everything a profile may show."""
    owner = make_person()
    firm = make_active(owner, make_person("officer@portal.example"))
    record_title_for(firm, make_recogniser())
    make_presence(owner, firm)
    state(owner, firm, revenue=2240)
    show_figures(owner, firm, 2025, {"revenue"}, {"revenue"})
    return firm


@pytest.fixture
def number(firm: Enterprise) -> str:
    """The number of an entry of that enterprise, to which everything has happened that may."""
    make_published_release(entries=2)
    release = make_call(Kind.OPPORTUNITY, year=2025)
    make_accepted(release, actor=db.session.get_one(Person, 1), enterprise=firm)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    return go_on(firm, release)


@action
def go_on(firm: Enterprise, release: Release) -> str:
    """Let what comes after publication come; return the number of the first entry."""
    entry, now = release.entries[0], clock.now()
    person = {"state": ContactState.CONFIRMED, "language": "zh", "asked_at": now}
    named = {"enterprise_id": firm.id, "name": "示例", "purpose": "供需对接"} | person
    target = db.session.scalars(select(Target)).first()
    assert target is not None
    db.session.add_all(
        [
            EnterpriseName(enterprise_id=firm.id, name="示例旧名公司", recorded_at=now),
            NamedContact(**named, address="a@example.com"),
            NamedContact(**named, address="b@example.com", about=key_of(entry.id)),
            EntryOutcome(
                entry_id=entry.id,
                life=Life.IN_TALKS,
                words="示例：正在洽谈",
                amount=Decimal(3),
                noted_at=now,
                noted_as=NotedAs.CURATOR,
            ),
            EntryQuestion(
                entry_id=entry.id,
                question="示例：何时开始？",
                answer="示例：年内。",
                asked_at=now,
                answered_at=now,
                person_id=1,
            ),
            Observation(
                target_id=target.id,
                value=Decimal("1.5"),
                as_of=date(2026, 1, 1),
                source="示例统计",
                recorded_at=now,
                approved_on=date(2026, 2, 1),
            ),
        ]
    )
    return str(entry.number)


def test_a_page_shows_whatever_changed(
    app: Flask, visitor: Browser, firm: Enterprise, number: str
) -> None:
    paths = (*LISTS, *DATA, f"/enterprises/{firm.uscc}", f"/entries/{number}")
    read = {path: columns_read(app, visitor, path) for path in paths}
    changed, stale = set(), []
    for column, before, after in changes(set().union(*read.values())):
        visitor.client.set_cookie("language", "en" if column.name.endswith("_en") else "zh")
        with suppress(IntegrityError):  # what may not be is not shown either
            write(column, after)
        for path in (path for path in paths if str(column) in read[path]):
            changed.add(str(column))
            if ask(visitor, path) != ask_anew(app, visitor, path):
                stale.append(f"{path}: {column}")
        write(column, before)
    assert stale == []
    assert len(changed) > 100


def columns_read(app: Flask, visitor: Browser, path: str) -> set[str]:
    """Return the columns a page reads."""
    with counted_statements() as sent:
        assert len(ask_anew(app, visitor, path)) > len("404")
    return {f"{table}.{column}" for text in sent for table, column in READ.findall(text)}


def changes(read: Container[str]) -> Iterator[tuple[Column[Any], Values, Values]]:
    """Yield each of these columns with what it holds, by key, and what it is to hold."""
    for table in (one for one in db.metadata.sorted_tables if one.name not in KEPT_COUNTS):
        keys = list(table.primary_key.columns)
        rows = db.session.execute(select(table)).mappings().all()
        db.session.rollback()
        for column in (one for one in table.columns if str(one) in read and one not in keys):
            before = {tuple(row[key] for key in keys): row[column] for row in rows}
            known = [] if isinstance(column.type, JSON) else sorted({*before.values()} - {None})
            after = {key: other(value, column, known) for key, value in before.items()}
            if before != after:
                yield column, before, after


def other(value: Any, column: Column[Any], known: Sequence[Any]) -> Any:
    """Return another value for a column; the same where there is none that would do."""
    if column.foreign_keys or (isinstance(value, str) and WORD.fullmatch(value)):
        return next((one for one in known if one != value), value)
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 100
        case date() | datetime():
            return value - timedelta(days=30)
        case str() | list() | dict():
            return grown(value)
    return value


def grown(value: Any) -> Any:
    """Return a value with more in each of its texts that are no words of the programme."""
    match value:
        case dict():
            return {name: grown(one) for name, one in value.items()}
        case list():
            return [grown(one) for one in value]
        case str() if " " in value or not value.isascii():
            return f"{value}变"
    return value


@action
def write(column: Column[Any], values: Values) -> None:
    """Let a column hold these values."""
    keys = list(column.table.primary_key.columns)
    at = [key == bindparam(f"at_{place}") for place, key in enumerate(keys)]
    statement = update(column.table).where(*at).values({column: bindparam("held")})
    rows = [
        {f"at_{place}": part for place, part in enumerate(key)} | {"held": value}
        for key, value in values.items()
    ]
    db.session.connection().execute(statement, rows)


def ask(visitor: Browser, path: str) -> str:
    """Return what a page says, or what status it has instead."""
    answer = visitor.ask(path)
    return answer.text if answer.status_code == 200 else str(answer.status_code)


def ask_anew(app: Flask, visitor: Browser, path: str) -> str:
    """Return the same where nothing is kept."""
    kept = {name: app.extensions[name] for name in ("pieces", "drawn_pages")}
    app.extensions.update({name: Pieces() for name in kept})
    app.extensions["kept_pages"].store.clear()
    try:
        return ask(visitor, path)
    finally:
        app.extensions.update(kept)

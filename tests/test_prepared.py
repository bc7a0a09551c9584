"""Statements prepared once and asked past the session."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, literal, select

from portal.database import transaction
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.prepared import MOST_TEXTS, Prepared, Readers
from portal.taxonomy.models import Department, Term
from portal.web.reading import read, read_one
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise

COLUMNS: tuple[Any, ...] = (
    Enterprise.uscc,
    Enterprise.is_sample,
    Enterprise.established_on,
    Enterprise.created_at,
    Enterprise.registered_capital,
    literal("as it is").label("said"),
)


@pytest.fixture
def listed(app: Flask) -> list[str]:
    """The codes of four enterprises."""
    return [make_enterprise(number).uscc for number in range(4)]


def test_rows_are_what_the_session_would_read(listed: list[str]) -> None:
    wanted = Enterprise.uscc.in_(bindparam("codes", expanding=True))
    since = Enterprise.established_on >= bindparam("since")
    statement: Any = select(*COLUMNS).where(wanted, since).order_by(Enterprise.uscc)
    question = Prepared(statement)
    first = db.session.scalar(select(db.func.min(Enterprise.established_on)))
    for count in (4, 1, 0, 3):
        values = {"codes": listed[:count], "since": first}
        ours = read(question, **values)
        theirs = db.session.execute(statement, values).all()
        assert ours == [tuple(row) for row in theirs]
        assert [row.uscc for row in ours] == listed[:count]


def test_rows_read_by_name_are_the_same_where_they_are_asked(listed: list[str]) -> None:
    statement: Any = select(*COLUMNS).order_by(Enterprise.uscc)
    for ours, theirs in zip(
        read(Prepared(statement, by_name=True)), db.session.execute(statement), strict=True
    ):
        assert ours._fields == theirs._fields
        assert [getattr(ours, name) for name in ours._fields] == list(theirs)


def test_a_list_is_not_read_by_name_since_it_is_no_key_in_every_database() -> None:
    with pytest.raises(TypeError, match="aliases"):
        Prepared(select(Department.slug, Department.aliases), by_name=True)


def test_values_of_the_statement_itself_are_asked_as_the_driver_wants_them(app: Flask) -> None:
    made = make_enterprise(1)
    when = db.session.scalar(select(Enterprise.created_at).where(Enterprise.uscc == made.uscc))
    same = Prepared(select(Enterprise.uscc).where(Enterprise.created_at == when))
    assert made.uscc in [row.uscc for row in read(same)]


def test_a_missing_value_is_no_null(app: Flask) -> None:
    question = Prepared(select(Term.id).where(Term.slug == bindparam("slug")))
    with pytest.raises(KeyError, match="slug"):
        read(question)


def test_lists_of_any_length_keep_no_more_texts_than_agreed(app: Flask) -> None:
    question = Prepared(select(Term.id).where(Term.id.in_(bindparam("ids", expanding=True))))
    for length in range(2 * MOST_TEXTS):
        assert len(read(question, ids=[-1] * length)) == 0
    (compiled,) = question._of.values()
    assert len(compiled.texts) <= MOST_TEXTS


def test_an_action_reads_what_it_has_written(app: Flask) -> None:
    name = Prepared(select(Enterprise.name).where(Enterprise.uscc == bindparam("uscc")))
    made = make_enterprise(1)
    with transaction():
        made.name = "示例改名科技有限公司"
        db.session.flush()
        assert read_one(name, uscc=made.uscc).name == "示例改名科技有限公司"


def test_a_restarted_database_costs_nobody_a_page(app: Flask, visitor: Browser) -> None:
    page = "/enterprises?drawn=anew"
    visitor.get(page)
    readers: Readers = app.extensions["readers"]
    cursor = readers.take()
    cursor.connection.close()
    readers._free.append(cursor)  # the lost connection waits with the others
    visitor.get(page)


def test_a_request_keeps_no_transaction_open(app: Flask, visitor: Browser) -> None:
    made = make_enterprise(1)
    page = f"/enterprises/{made.uscc}?drawn=anew"
    assert made.name in visitor.get(page).text
    with transaction():
        db.session.merge(made).name = "示例改名科技有限公司"
    assert "示例改名科技有限公司" in visitor.get(page).text

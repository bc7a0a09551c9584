"""What an import brings is seen by nobody before all of it is, and then under its numbers."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.database import next_numbers, transaction
from portal.directory.queries.ranking import ranked
from portal.enterprises.actions import import_writes
from portal.enterprises.actions.imports import confirm
from portal.enterprises.models import Enterprise, is_listed
from portal.enterprises.queries.records import find_taken
from portal.extensions import db
from portal.search.documents_from_rows import all_documents
from tests.browser_client import Browser
from tests.enterprises.sheets import firms, hand_in_sheet, import_sheet, sheet, work_on
from tests.factories import make_officer, make_uscc


def half_written() -> int:
    """Return the number of an import of three rows of which two are written."""
    job = hand_in_sheet(sheet(*firms(3)))
    confirm(SYSTEM, job, job.version)
    import_writes.write_batch(job.id, 2)
    return job.id


def taken(serial: int) -> Enterprise:
    record = find_taken(make_uscc(serial))
    assert record is not None
    return record


@pytest.mark.parametrize("path", ["/enterprises", "/enterprises?q=示例", "/search?q=示例1号", "/"])
def test_no_page_shows_a_record_of_an_import_that_is_being_written(
    app: Flask, visitor: Browser, path: str
) -> None:
    number = half_written()
    before = visitor.get(path)
    assert "示例1号有限公司" not in before.main
    work_on(number)
    assert visitor.get(path).main != before.main


def test_its_address_answers_only_once_all_is_written(app: Flask, visitor: Browser) -> None:
    number = half_written()
    address = f"/enterprises/{make_uscc(1)}"
    visitor.get(address, status=404)
    assert not [each for each in all_documents() if each.kind == "enterprise"]
    work_on(number)
    assert "示例1号有限公司" in visitor.get(address).main
    assert len([each for each in all_documents() if each.kind == "enterprise"]) == 3


def test_officers_do_not_meet_it_half_written_either(app: Flask) -> None:
    number = half_written()
    officer = Browser(app).sign_in(make_officer(Right.REVIEW_ENTERPRISES))
    address = f"/bureau/enterprises/{taken(1).id}"
    officer.get(address, status=404)
    work_on(number)
    assert "示例1号有限公司" in officer.get(address).main


@pytest.mark.usefixtures("app")
def test_what_a_search_found_is_looked_up_by_number_once_many_records_are_there() -> None:
    """SQLite went through the whole registry for each hit: minutes for 100,000 records."""
    import_sheet(sheet(*firms(300)))
    if db.engine.dialect.name == "sqlite":
        hits = ranked(list(range(1, 201)))
        found = select(Enterprise.id).join(hits, hits.c.ref == Enterprise.id).where(is_listed())
        words = str(found.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {words}")))
        assert "enterprise USING INTEGER PRIMARY KEY" in plan


@pytest.mark.usefixtures("app")
def test_numbers_go_on_where_the_last_one_ended_and_grow_by_a_figure() -> None:
    with transaction():
        next_numbers("admission-2026", 9997)
    import_sheet(sheet(*firms(3)))
    numbers = [taken(serial).admission_no for serial in (1, 2, 3)]
    assert [str(number).rpartition("-")[2] for number in numbers] == ["9998", "9999", "10000"]

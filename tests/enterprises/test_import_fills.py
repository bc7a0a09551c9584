"""Filling in what records lack: by the batch, seen in the trail, and taken out again whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from portal import audit
from portal.audit import SYSTEM, trail_of
from portal.database import transaction
from portal.enterprises.actions import import_writes
from portal.enterprises.actions.imports import confirm, undo
from portal.enterprises.models import Enterprise, ImportRow
from portal.enterprises.queries.imports import get_job
from portal.enterprises.queries.records import find_taken
from portal.enterprises.terms.record import Existing, ImportState, RowAct
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.sheets import firms, hand_in_sheet, import_sheet, in_registry, sheet, work_on
from tests.factories import make_uscc
from tests.statements import counted_statements
from tests.worker import drain

FACTS = {
    "注册资本（万元）": "12.5",
    "成立日期": "2016-05-04",
    "网址": "https://example.com/new",
    "新经济类别": "新技术",
    "主营产品": "储能柜",
}


def more_of(count: int, start: int = 1) -> list[dict[str, str]]:
    """Return the rows of `firms` with the facts those lacked."""
    return [each | FACTS for each in firms(count, start)]


def taken(serial: int) -> Enterprise:
    record = find_taken(make_uscc(serial))
    assert record is not None
    return record


def lacking(serial: int) -> tuple[object, ...]:
    """Return what a record says of the columns that were filled in."""
    record = taken(serial)
    terms = [term.slug for term in record.pillars]
    facts = (record.registered_capital, record.established_on, record.website, record.products)
    return (*facts, terms)


@pytest.mark.usefixtures("app")
def test_every_kind_of_fact_is_filled_in_and_taken_out_again() -> None:
    import_sheet(sheet(*firms(3)))
    empty = lacking(2)
    job = import_sheet(sheet(*more_of(3)), existing=Existing.FILL)
    assert (job.state, job.rows_written) == (ImportState.DONE, 3)
    capital, day, website, products, terms = lacking(2)
    assert (capital, str(day), website) == (Decimal("12.5"), "2016-05-04", FACTS["网址"])
    assert (products, terms) == ("储能柜", ["new-technology"])
    assert taken(2).version == 2
    undo(SYSTEM, job, job.version)
    assert work_on(job.id).state == ImportState.UNDONE
    assert (lacking(2), taken(2).version, len(in_registry())) == (empty, 3, 3)
    assert [each.act for each in trail_of("enterprise", taken(2).id)] == [
        "import_unfill",
        "import_fill",
    ]
    assert audit.verify() is None


@pytest.mark.usefixtures("app")
def test_many_records_are_filled_in_with_as_many_statements_as_few() -> None:
    import_sheet(sheet(*firms(60)))
    sent = []
    for count, start in ((2, 1), (58, 3)):
        job = hand_in_sheet(sheet(*more_of(count, start)), existing=Existing.FILL)
        confirm(SYSTEM, job, job.version)
        with counted_statements() as statements:
            import_writes.write_batch(job.id)
        assert get_job(job.id).rows_written == count
        sent.append(len(statements))
    assert sent[0] == sent[1]


@pytest.mark.usefixtures("app")
def test_taking_many_out_again_needs_as_many_statements_as_few() -> None:
    import_sheet(sheet(*firms(60)))
    sent = []
    for count, start in ((2, 1), (58, 3)):
        job = import_sheet(sheet(*more_of(count, start)), existing=Existing.FILL)
        with counted_statements() as statements:
            undo(SYSTEM, job, job.version)
            work_on(job.id)
        sent.append(len(statements))
    assert sent[0] == sent[1]


@pytest.mark.usefixtures("app")
def test_what_was_filled_in_meanwhile_stays_and_the_rest_is_filled_in() -> None:
    import_sheet(sheet(*firms(2)))
    job = hand_in_sheet(sheet(*more_of(2)), existing=Existing.FILL)
    confirm(SYSTEM, job, job.version)
    with transaction():
        taken(1).website = "https://example.com/meanwhile"
    work_on(job.id)
    assert lacking(1)[2:4] == ("https://example.com/meanwhile", "储能柜")
    assert lacking(2)[2:4] == (FACTS["网址"], "储能柜")


@pytest.mark.usefixtures("app")
def test_a_row_whose_record_lacks_nothing_any_more_does_nothing() -> None:
    import_sheet(sheet(*firms(1)))
    rows = [firms(1)[0] | {"网址": "https://example.com/new"}]
    job = hand_in_sheet(sheet(*rows), existing=Existing.FILL)
    confirm(SYSTEM, job, job.version)
    with transaction():
        taken(1).website = "https://example.com/meanwhile"
    version = taken(1).version
    work_on(job.id)
    assert (taken(1).version, taken(1).website) == (version, "https://example.com/meanwhile")
    assert db.session.scalar(select(ImportRow.act).where(ImportRow.job_id == job.id)) == RowAct.NONE


def test_search_follows_what_is_filled_in_and_taken_out_again(app: Flask) -> None:
    app.extensions["search"].index.rebuild(iter(()))
    import_sheet(sheet(*firms(1)))
    drain(app)

    def is_found() -> bool:
        app.extensions["search"].index.open()
        return "示例1号有限公司" in Browser(app).get("/enterprises?q=储能柜").main

    assert not is_found()
    job = import_sheet(sheet(*more_of(1)), existing=Existing.FILL)
    drain(app)
    assert is_found()
    job = get_job(job.id)
    undo(SYSTEM, job, job.version)
    drain(app)
    assert not is_found()

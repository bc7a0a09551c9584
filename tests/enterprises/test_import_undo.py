"""An import taken back: whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask

from portal import audit
from portal.audit import SYSTEM
from portal.classification.models.titles import TitleClaim
from portal.cli import import_work
from portal.database import transaction
from portal.enterprises.actions import import_undo
from portal.enterprises.actions.imports import undo
from portal.enterprises.models import Enterprise, EnterprisePeriod, Figure
from portal.enterprises.queries.imports import get_job
from portal.enterprises.queries.records import find_taken
from portal.enterprises.terms.record import ImportState
from portal.errors import Refused
from tests.classification.factories import make_recogniser, record_title_for
from tests.enterprises.sheets import count, firms, import_sheet, in_registry, row, sheet, work_on
from tests.enterprises.test_imports import make_record
from tests.factories import make_uscc
from tests.worker import drain

pytestmark = pytest.mark.usefixtures("app")


def test_an_import_is_undone_whole() -> None:
    make_record(uscc=make_uscc(99), name="示例原有公司")
    job = import_sheet(
        sheet(*firms(3), row(统一社会信用代码=make_uscc(50), 资质="高企", 从业人数="5"))
    )
    import_work.claim([{"job": job.id, "after": 0}])
    assert count(TitleClaim) == 1
    job = get_job(job.id)
    undo(SYSTEM, job, job.version)
    assert in_registry() == ["示例原有公司"]
    job = work_on(job.id)
    assert (job.state, count(Enterprise), count(TitleClaim), count(Figure)) == (
        ImportState.UNDONE,
        1,
        0,
        0,
    )
    assert import_sheet(sheet(*firms(3))).rows_written == 3
    assert audit.verify() is None


def test_an_undoing_that_was_interrupted_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.enterprises.actions.import_undo.BATCH", 2)
    job = import_sheet(sheet(*firms(5)))
    undo(SYSTEM, job, job.version)
    assert import_undo.withdraw_batch(job.id)
    assert in_registry() == []
    job = work_on(job.id)
    assert (job.state, count(Enterprise), count(EnterprisePeriod)) == (ImportState.UNDONE, 0, 0)


def test_what_is_built_while_an_import_is_undone_brings_all_of_it_back() -> None:
    job = import_sheet(sheet(*firms(3)))
    undo(SYSTEM, job, job.version)
    with transaction():
        record = find_taken(make_uscc(2))
        assert record is not None
        record.website = "https://example.com/meanwhile"
    job = work_on(job.id)
    assert (job.state, len(in_registry())) == (ImportState.DONE, 3)
    assert "导入后有变动的企业（1）" in job.failure


def test_what_an_undone_import_brought_leaves_the_search(app: Flask) -> None:
    app.extensions["search"].index.rebuild(iter(()))
    job = import_sheet(sheet(*firms(3)))
    drain(app)
    job = get_job(job.id)
    undo(SYSTEM, job, job.version)
    drain(app)
    assert get_job(job.id).state == ImportState.UNDONE
    assert app.extensions["search"].index.stats().documents == 0


def test_what_was_built_on_an_import_stands_in_the_way_of_undoing_it() -> None:
    job = import_sheet(sheet(*firms(2)))
    record = find_taken(make_uscc(1))
    assert record is not None
    record_title_for(record, make_recogniser())
    job = get_job(job.id)
    with pytest.raises(Refused, match="称号与资质（1）"):
        undo(SYSTEM, job, job.version)
    assert len(in_registry()) == 2

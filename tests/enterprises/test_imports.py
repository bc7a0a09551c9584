"""A sheet checked, confirmed, written and undone: nothing doubled, nothing lost, nothing early."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from portal import audit, clock
from portal.accounts.terms import Right
from portal.audit import SYSTEM, trail_of
from portal.classification.actions.claims import refuse_claim
from portal.classification.models.titles import TitleClaim
from portal.classification.queries import titles
from portal.cli import import_work
from portal.enterprises.actions import import_checks, import_writes
from portal.enterprises.actions.imports import confirm, may_see, undo
from portal.enterprises.models import (
    Enterprise,
    EnterprisePeriod,
    Figure,
    ImportJob,
)
from portal.enterprises.queries.imports import count_findings, every_finding, get_job
from portal.enterprises.queries.records import find_taken
from portal.enterprises.terms.record import Existing, ImportState, Origin, State
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from tests.classification.factories import make_recogniser, record_title_for
from tests.enterprises.sheets import (
    count,
    firms,
    hand_in_sheet,
    import_sheet,
    in_registry,
    row,
    sheet,
    work_on,
)
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.worker import drain

pytestmark = pytest.mark.usefixtures("app")


def make_record(**changes: object) -> Enterprise:
    """Return a record in the registry."""
    reviewer = make_officer(Right.REVIEW_ENTERPRISES, mail="reviewer@portal.example")
    return make_active(make_person(), reviewer, **changes)


def test_rows_become_records_of_the_bureau_with_figures_and_numbers() -> None:
    job = import_sheet(
        sheet(
            row(
                注册资本="800",
                上年营业收入="1200.5",
                研发投入占比="3.5",
                从业人数="60",
                新经济类别="新技术",
                成立日期="2016-05-04",
            )
        )
    )
    assert job.state == ImportState.DONE
    record = find_taken(make_uscc(1))
    assert record is not None
    assert (record.state, record.origin, record.created_by_id) == (
        State.ACTIVE,
        Origin.IMPORTED,
        None,
    )
    assert (record.registered_capital, str(record.established_on)) == (Decimal(800), "2016-05-04")
    assert record.admission_no is not None
    assert record.admission_no.endswith("-2026-0001")
    assert [term.slug for term in record.pillars] == ["new-technology"]
    figures = db.session.execute(select(Figure.metric, Figure.year, Figure.value, Figure.source))
    assert sorted(tuple(each) for each in figures) == [
        ("employees", 2025, "60", "bureau"),
        ("rd_share", 2025, "0.035", "bureau"),
        ("revenue", 2025, "1200.5", "bureau"),
    ]
    assert [each.act for each in trail_of("import_job", job.id)][:2] == [
        "import_done",
        "import_batch",
    ]
    assert audit.verify() is None


def test_totals_add_up_and_a_refused_row_blocks_nothing() -> None:
    nameless = row(企业名称="", 统一社会信用代码=make_uscc(9))
    job = import_sheet(sheet(*firms(2), nameless, row(统一社会信用代码="1"), {}, *firms(1, 3)))
    assert job.totals == {"rows": 6, "ok": 3, "fixed": 0, "warned": 0, "refused": 2, "skipped": 1}
    assert in_registry() == ["示例1号有限公司", "示例2号有限公司", "示例3号有限公司"]
    items = [each.as_json() for each in every_finding(job.id, "无误")]
    assert [(each["row"], each["level"]) for each in items] == [
        (2, "ok"),
        (3, "ok"),
        (4, "refused"),
        (5, "refused"),
        (6, "skipped"),
        (7, "ok"),
    ]


def test_nothing_is_written_before_it_is_confirmed() -> None:
    job = hand_in_sheet(sheet(*firms(3)))
    assert (job.state, job.to_write, count(Enterprise)) == (ImportState.CHECKED, 3, 0)


def test_nothing_is_seen_before_everything_is_written() -> None:
    job = hand_in_sheet(sheet(*firms(3)))
    confirm(SYSTEM, job, job.version)
    import_writes.write_batch(job.id, 2)
    assert (count(Enterprise), in_registry()) == (2, [])
    job = work_on(job.id)
    assert (job.rows_written, len(in_registry()), count(EnterprisePeriod)) == (3, 3, 3)


def test_a_check_goes_on_where_it_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.enterprises.importing.running.SLICE", 0.0)
    monkeypatch.setattr("portal.enterprises.importing.running.batches.__defaults__", (2,))
    rows = [*firms(3), {}, row(统一社会信用代码=make_uscc(1), 企业名称="示例重复"), *firms(2, 4)]
    job = hand_in_sheet(sheet(*rows))
    assert job.state == ImportState.CHECKED
    assert job.totals == {"rows": 7, "ok": 5, "fixed": 0, "warned": 0, "refused": 1, "skipped": 1}


def test_two_processes_on_one_import_double_nothing() -> None:
    job = hand_in_sheet(sheet(*firms(3)))
    assert not import_checks.keep_checked(job.id, 0, 5, [], [], None)  # type: ignore[arg-type]
    confirm(SYSTEM, job, job.version)
    work_on(job.id)
    assert not import_writes.write_batch(job.id)
    import_writes.finish(job.id)
    assert (len(in_registry()), count(EnterprisePeriod)) == (3, 3)


def test_the_same_file_twice_changes_nothing() -> None:
    import_sheet(sheet(*firms(3)))
    again = hand_in_sheet(sheet(*firms(3)))
    assert again.totals["skipped"] == 3
    assert again.to_write == 0
    with pytest.raises(Refused, match="没有需要写入的行"):
        confirm(SYSTEM, again, again.version)


def test_overlapping_files_at_once_double_nothing_and_name_what_was_late() -> None:
    first, second = hand_in_sheet(sheet(*firms(3))), hand_in_sheet(sheet(*firms(3, 2)))
    for job in (first, second):
        confirm(SYSTEM, job, job.version)
    work_on(first.id)
    second = work_on(second.id)
    assert len(in_registry()) == 4
    assert (second.rows_written, second.totals["refused"], second.totals["ok"]) == (1, 2, 1)
    refused = [each for each in every_finding(second.id, "") if each.level == "refused"]
    assert [each.row for each in refused] == [2, 3]


def test_a_record_that_differs_is_kept_and_said() -> None:
    make_record(name="示例旧名有限公司")
    job = hand_in_sheet(sheet(row(企业名称="示例新名有限公司")))
    said = list(every_finding(job.id, ""))
    assert [each.message for each in said] == ["已在库且企业名称不同，保持库中内容不变"]
    assert job.to_write == 0


def test_only_empty_facts_are_filled_in_when_that_was_chosen() -> None:
    record = make_record(name="示例岷江储能有限公司", website="", zone=None)
    changes = {"网址": "https://example.com/new", "注册资本": "1", "所属园区": "眉山高新区"}
    job = import_sheet(sheet(row(**changes)), existing=Existing.FILL)
    said = [each.message for each in every_finding(job.id, "")]
    assert said == [
        "已在库且注册资本（万元）不同，保持库中内容不变",
        "已在库但缺少所属园区、网址，将补填",
    ]
    db.session.refresh(record)
    assert (record.website, record.registered_capital) == ("https://example.com/new", Decimal(8000))
    job = get_job(job.id)
    undo(SYSTEM, job, job.version)
    work_on(job.id)
    db.session.refresh(record)
    assert (record.website, record.zone, record.state) == ("", None, State.ACTIVE)


def test_claimed_titles_count_nowhere_until_an_officer_records_them() -> None:
    job = import_sheet(sheet(row(资质="高企、科技型中小企业、高新技术企业")))
    import_work.claim([{"job": job.id, "after": 0}])
    import_work.claim([{"job": job.id, "after": 0}])
    record = find_taken(make_uscc(1))
    assert record is not None
    assert titles.titles_of(record.id) == []
    claims = db.session.scalars(select(TitleClaim).order_by(TitleClaim.id)).all()
    assert [claim.kind.slug for claim in claims] == ["high_tech", "tech_sme"]
    officer = make_recogniser()
    record_title_for(record, officer)
    refuse_claim(officer, claims[1], claims[1].version, "示例：信息库中没有该企业")
    assert [claim.title_id is not None for claim in claims] == [True, False]
    with pytest.raises(Refused, match="已经办结"):
        refuse_claim(officer, claims[0], claims[0].version, "示例")


def test_imported_records_are_found_once_they_are_written(app: Flask) -> None:
    app.extensions["search"].index.rebuild(iter(()))
    import_sheet(sheet(*firms(3)))
    drain(app)
    assert app.extensions["search"].index.stats().documents == 3


def test_the_sheet_is_kept_thirty_days() -> None:
    job = hand_in_sheet(sheet(*firms(1)))
    assert job.file is not None
    assert job.file.keep_until == clock.today() + timedelta(days=30)


def test_officers_see_their_own_imports_and_the_city_sees_all() -> None:
    here = make_officer(Right.REVIEW_ENTERPRISES, mail="here@portal.example", district="dongpo")
    there = make_officer(Right.REVIEW_ENTERPRISES, mail="there@portal.example", district="renshou")
    city = make_officer(Right.REVIEW_ENTERPRISES, mail="city@portal.example")
    job = hand_in_sheet(
        sheet(*firms(1), row(所属县区="仁寿县", 统一社会信用代码=make_uscc(9))), here
    )
    assert [may_see(each, job) for each in (here, there, city)] == [True, False, True]
    assert job.totals["refused"] == 1
    assert count_findings(job.id) == {"refused": 1}


def test_an_import_needs_the_right() -> None:
    with pytest.raises(NotAllowed, match="只有负责企业核验的工作人员"):
        hand_in_sheet(sheet(*firms(1)), make_person("nobody@example.com"))
    assert count(ImportJob) == 0

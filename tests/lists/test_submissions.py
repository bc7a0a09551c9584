"""What a unit hands in: entries with a stamped scan, nil returns, versions, withdrawals."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files.models import StoredFile
from portal.lists.actions.calls import close_call
from portal.lists.actions.entries import save_entry, submit_entry
from portal.lists.actions.submissions import hand_in, withdraw_submission
from portal.lists.actions.units import reopen_unit
from portal.lists.models import AddresseeUnit
from portal.lists.queries.entries import get_entry
from portal.lists.queries.units import entries_of, get_unit, submissions_of
from portal.lists.terms.entries import Decision, EntryState
from portal.lists.terms.units import Sent
from tests.browser_client import Browser
from tests.factories import make_person
from tests.lists.factories import (
    decide,
    entry_values,
    make_call,
    make_curator,
    make_draft,
    make_edition,
    make_sender,
    make_signer,
)
from tests.lists.unit_factories import handed_in, make_district_sender, make_unit, nil, scan_file


@pytest.fixture
def unit() -> AddresseeUnit:
    return make_unit(make_call())


@pytest.fixture
def sender(app: Flask) -> Browser:
    return Browser(app).sign_in(make_sender())


def own(unit: AddresseeUnit, act: str = "") -> str:
    return f"/bureau/submissions/{unit.id}{act}"


def past_the_end(unit: AddresseeUnit) -> None:
    """Let the unit's last day be over."""
    unit.due_on = clock.today() - timedelta(days=1)
    db.session.commit()


def test_the_whole_way_of_a_submission(sender: Browser, unit: AddresseeUnit) -> None:
    page = sender.get(sender.get("/bureau/submissions").link("2026年度新经济机会清单"))
    assert "未报" in page.main
    assert "本单位没有自己的条目。" in page.main
    page = sender.send(page, "/start", subtype="scenario")
    assert page.heading == "未命名条目"
    entry = entries_of(unit)[0]
    save_entry(make_sender(), entry, entry_values(title="公交场站储能"), entry.version)
    page = sender.get(f"/my/entries/{entry.id}/check")
    assert "一并报送" in page.main
    page = sender.get(page.link("前往本单位报送"))
    page = sender.get(own(unit, "/hand-in"))
    assert "公交场站储能" in page.main
    wrong = sender.send(page, "/hand-in", 422)
    assert wrong.errors == ["请选择盖章扫描件"]
    data = {"version": str(unit.version), **scan_file()}
    page = sender.post(own(unit, "/hand-in"), data, content_type="multipart/form-data")
    assert "已报送，编制人员现在可以看到" in page.text
    assert "第1次：条目" in page.main
    curator = Browser(sender.app).sign_in(make_curator())
    page = curator.get(f"/bureau/editions/units/{unit.id}")
    assert "公交场站储能" in page.main
    scan = curator.ask(page.link("第1次报送的盖章扫描件"))
    assert scan.mimetype == "application/pdf"
    assert "attachment" in scan.headers["Content-Disposition"]


def test_drafts_of_a_unit_are_not_sent_one_by_one(app: Flask, unit: AddresseeUnit) -> None:
    draft = make_draft(unit.release)
    with pytest.raises(Refused, match="一并报送"):
        submit_entry(make_sender(), draft, draft.version)
    handed_in(unit)
    assert draft.state == EntryState.SUBMITTED
    assert draft.submitted_by_id == make_sender().id


def test_what_was_returned_goes_back_by_itself(app: Flask, unit: AddresseeUnit) -> None:
    draft = make_draft(unit.release)
    handed_in(unit)
    decide(draft, Decision.RETURN, reasons={"title": "写明地点"})
    submit_entry(make_sender(), draft, draft.version)
    assert draft.state == EntryState.SUBMITTED


def test_an_incomplete_draft_keeps_the_submission_back(app: Flask, unit: AddresseeUnit) -> None:
    make_draft(unit.release, title="完整的条目")
    make_draft(unit.release, title="缺概述的条目", summary="")
    make_draft(unit.release, title="")
    with pytest.raises(Refused, match="尚未填写完整：“缺概述的条目”、未命名条目"):
        handed_in(unit)
    assert unit.sent == ""


def test_nothing_to_hand_in_is_refused(app: Flask, unit: AddresseeUnit) -> None:
    with pytest.raises(Refused, match="零报告"):
        handed_in(unit)
    make_draft(unit.release)
    with pytest.raises(Refused, match="扫描件"):
        hand_in(make_sender(), unit, unit.version, None)


def test_a_nil_return_needs_a_ground_and_no_entries(sender: Browser, unit: AddresseeUnit) -> None:
    page = sender.get(sender.get(own(unit)).link("报零报告"))
    wrong = sender.send(page, "/nil", 422)
    assert wrong.errors == ["请说明无条目可报的理由"]
    page = sender.send(page, "/nil", ground="本年度无此类需求。")
    assert "零报告" in page.main
    assert "本年度无此类需求。" in page.main
    make_draft(get_unit(unit.id).release)
    with pytest.raises(Refused, match="还有1条条目"):
        nil(get_unit(unit.id))


def test_every_handing_in_is_a_version(app: Flask, unit: AddresseeUnit) -> None:
    first = make_draft(unit.release, title="第一条")
    handed_in(unit)
    assert withdraw_submission(make_sender(), unit, unit.version, "补充一条") == 1
    assert (first.state, unit.sent) == (EntryState.DRAFT, "")
    make_draft(unit.release, title="第二条")
    handed_in(unit)
    newest, oldest = submissions_of(unit)
    assert [entry["title"] for entry in newest.entries] == ["第一条", "第二条"]
    assert [entry["title"] for entry in oldest.entries] == ["第一条"]
    assert (oldest.withdrawn_reason, newest.withdrawn_at) == ("补充一条", None)
    assert (oldest.number, newest.number, newest.what) == (1, 2, Sent.ENTRIES)
    assert newest.handed_in_by_id == make_sender().id
    files = db.session.scalars(
        select(StoredFile).where(StoredFile.owner_kind == "unit_submission")
    ).all()
    assert [file.owner_id for file in files] == [oldest.id, newest.id]


def test_a_submission_is_withdrawn_on_the_page(sender: Browser, unit: AddresseeUnit) -> None:
    make_draft(unit.release)
    handed_in(unit)
    page = sender.get(sender.get(own(unit)).link("撤回已报送的内容"))
    page = sender.send(page, "/withdrawal", reason="补充材料")
    assert "1条条目恢复为草稿" in page.text
    assert "补充材料" in page.main
    page = sender.get(own(unit, "/withdrawal"))
    assert "无需撤回" in page.main


def test_withdrawing_leaves_what_is_decided(app: Flask, unit: AddresseeUnit) -> None:
    taken, waiting = make_draft(unit.release, title="甲"), make_draft(unit.release, title="乙")
    handed_in(unit)
    decide(taken)
    assert withdraw_submission(make_sender(), unit, unit.version, "") == 1
    assert (taken.state, waiting.state) == (EntryState.ACCEPTED, EntryState.DRAFT)


def test_a_double_click_hands_in_once(app: Flask, unit: AddresseeUnit) -> None:
    make_draft(unit.release)
    seen = unit.version
    handed_in(unit)
    with pytest.raises(ChangedSinceOpened):
        hand_in(make_sender(), unit, seen, None)
    assert unit.submissions == 1


def test_after_the_end_only_a_reopened_unit_hands_in(sender: Browser, unit: AddresseeUnit) -> None:
    make_draft(unit.release)
    past_the_end(unit)
    page = sender.get(own(unit))
    assert "本单位报送已截止" in page.main
    assert "报送已截止" in sender.get(own(unit, "/hand-in")).main
    with pytest.raises(Refused, match="延期"):
        handed_in(get_unit(unit.id))
    found = get_unit(unit.id)
    reopen_unit(make_curator(), found, found.version, clock.today(), "材料补盖章")
    assert "已为本单位延期" in sender.get(own(unit)).main
    late = handed_in(get_unit(unit.id))
    assert late.is_late


def test_the_last_day_itself_counts(app: Flask, unit: AddresseeUnit) -> None:
    make_draft(unit.release)
    unit.due_on = clock.today()
    db.session.commit()
    assert not handed_in(unit).is_late


def test_a_closed_call_takes_nothing(app: Flask, unit: AddresseeUnit) -> None:
    make_draft(unit.release)
    close_call(make_curator(), unit.release, unit.release.version)
    with pytest.raises(Refused, match="征集未开放"):
        handed_in(unit)


def test_a_scan_must_be_a_scan(sender: Browser, unit: AddresseeUnit) -> None:
    draft = make_draft(unit.release)
    data = {"version": str(unit.version), "scan": (io.BytesIO(b"MZ\0\0 program"), "scan.pdf")}
    page = sender.post(own(unit, "/hand-in"), data, 422, content_type="multipart/form-data")
    assert page.errors == ["只能上传PDF、JPG或PNG，请转换后再上传"]
    assert get_entry(draft.id).state == EntryState.DRAFT


def test_others_see_neither_unit_nor_scan(app: Flask, unit: AddresseeUnit) -> None:
    make_draft(unit.release)
    scan = handed_in(unit)
    file = db.session.scalars(select(StoredFile).where(StoredFile.owner_id == scan.id)).one()
    path = f"/files/{file.name}"
    for person, seen in (
        (make_sender(), 200),
        (make_curator(), 200),
        (make_signer(), 200),
        (make_district_sender(), 404),
        (make_person(), 404),
    ):
        assert Browser(app).sign_in(person).ask(path).status_code == seen
    other = Browser(app).sign_in(make_district_sender())
    assert other.ask(own(unit)).status_code == 404
    with pytest.raises(NotAllowed):
        withdraw_submission(make_district_sender(), unit, unit.version, "")


def test_a_planned_call_is_not_shown_to_its_units(app: Flask) -> None:
    unit = make_unit(make_edition().releases[0])
    browser = Browser(app).sign_in(make_sender())
    assert "没有发给您所在单位的征集" in browser.get("/bureau/submissions").main
    assert browser.ask(own(unit)).status_code == 404

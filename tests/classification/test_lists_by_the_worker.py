"""Official lists at work: by the slice, gone on with after a kill, never half told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.classification.actions import list_reading, list_recording, list_rows, list_undo
from portal.classification.actions import official_lists as actions
from portal.classification.models.official_lists import OfficialList
from portal.classification.official_lists import running
from portal.classification.official_lists.reading import batches
from portal.classification.queries.official_lists import get_list, waiting_rows
from portal.classification.terms.official_lists import MOST_ROWS, ListState
from portal.enterprises.models import Enterprise
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise, make_recogniser
from tests.classification.list_factories import (
    SOURCE,
    findings,
    folder,
    hand_in,
    just_handed_in,
    leave_registry,
    line,
    on_record,
    record,
    row,
    undo,
    work_through,
)
from tests.files.factories import upload

SignIn = Callable[[Person], Browser]
pytestmark = pytest.mark.usefixtures("app")
CARD = "51140219900307001X"
NAMES = [f"示例{sign}{sign}{number}公司" for number, sign in enumerate("甲乙丙丁戊己庚", 2)]


@pytest.fixture
def recogniser(app: object) -> Person:
    return make_recogniser()


@pytest.fixture
def firms(app: object) -> list[Enterprise]:
    return [make_enterprise(serial, name=name) for serial, name in enumerate(NAMES, 2)]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two rows, and slices that are over after one of them."""
    for module in (list_reading, list_recording, list_undo):
        monkeypatch.setattr(module, "AT_ONCE", 2)
    monkeypatch.setattr(running, "SLICE", -1.0)
    monkeypatch.setattr(running, "batches", lambda walk, after: batches(walk, after, 2))


def lines() -> list[str]:
    return [line(number, name) for number, name in enumerate(NAMES, 1)]


def test_a_list_comes_to_the_same_in_many_slices_as_in_one(
    recogniser: Person, firms: list[Enterprise], monkeypatch: pytest.MonkeyPatch, hurried: None
) -> None:
    twice = [*lines(), line(1, NAMES[0]), line(9, NAMES[1]), "合计,,,,"]
    official = just_handed_in(recogniser, *twice)
    states = []
    while running.run_slice(official.id, folder()):
        states.append(str(get_list(official.id).state))
    assert states.count("reading") > 3
    assert states.count("judging") > 3
    found = get_list(official.id)
    assert (found.state, found.total, found.passed) == (ListState.CHECKED, 9, 1)
    in_slices = findings(official)
    monkeypatch.undo()
    assert in_slices == findings(hand_in(recogniser, *twice))
    assert in_slices == ["exact", "contradictory", *["exact"] * 5, "repeated", "contradictory"]


def test_a_killed_worker_goes_on_behind_the_last_batch(
    recogniser: Person, firms: list[Enterprise], hurried: None
) -> None:
    official = just_handed_in(recogniser, *lines())
    for _kill in range(2):
        running.run_slice(official.id, folder())
    assert get_list(official.id).total == 4
    work_through(official)
    assert findings(official) == ["exact"] * 7
    actions.record_list(recogniser, get_list(official.id), get_list(official.id).version)
    running.run_slice(official.id, folder())
    assert on_record() == 2
    work_through(official)
    assert on_record() == 7
    assert len({row(official, number).title_id for number in range(2, 9)}) == 7
    list_undo.undo_list(recogniser, get_list(official.id), get_list(official.id).version)
    running.run_slice(official.id, folder())
    assert on_record() == 5
    work_through(official)
    assert (on_record(), get_list(official.id).state) == (0, ListState.UNDONE)


def test_a_record_that_left_the_registry_while_a_list_is_recorded_is_left_out(
    recogniser: Person, firms: list[Enterprise], hurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = hand_in(recogniser, *lines())
    seen = running.firms()
    leave_registry(firms[6])
    monkeypatch.setattr(running, "firms", lambda: seen)
    assert record(recogniser, official) == 6
    assert row(official, 8).finding == "unmatched"


def test_a_list_longer_than_any_may_be_is_said_to_be_so_and_leaves_no_row(
    recogniser: Person, monkeypatch: pytest.MonkeyPatch, hurried: None, someone: SignIn
) -> None:
    assert MOST_ROWS >= 50_000
    monkeypatch.setattr(list_reading, "MOST_ROWS", 6)
    official = hand_in(recogniser, *lines())
    assert (official.state, findings(official)) == (ListState.FAILED, [])
    officer = someone(recogniser)
    page = officer.get(f"/bureau/titles/lists/{official.id}")
    assert "名单最多6行，请拆分" in page.main
    assert "没有登记任何资质" in officer.send(page, "/discard").html
    monkeypatch.setattr(list_reading, "MOST_ROWS", 7)
    assert len(findings(hand_in(recogniser, *lines()))) == 7


def test_a_file_without_an_enterprise_is_refused_at_once(
    recogniser: Person, someone: SignIn
) -> None:
    officer = someone(recogniser)
    said = {"kind": "high_tech", "source_title": SOURCE.source_title, "source_number": "示例1号"}
    file = upload("企业名称,编号\n合计,\n".encode(), "名单.csv")
    page = officer.post(
        "/bureau/titles/lists/new", said | {"source_date": "2024-11-05", "file": file}, 422
    )
    assert page.errors == ["列标题下没有企业"]
    assert page.one("input", id="source_number").get("value") == "示例1号"
    assert db.session.scalar(select(func.count(OfficialList.id))) == 0


def test_rows_that_matched_nobody_are_settled_together_and_likely_ones_stay(
    recogniser: Person, firms: list[Enterprise], someone: SignIn
) -> None:
    other = [line(number, f"成都无关第{number}公司") for number in range(10, 13)]
    official = hand_in(recogniser, line(1, f"眉山{NAMES[0]}"), *other)
    with pytest.raises(Refused):
        list_rows.settle_rest(recogniser, official, official.version)
    record(recogniser, official)
    kinds = [official.kind_id]
    assert len(db.session.scalars(waiting_rows(kinds)).all()) == 4
    with pytest.raises(ChangedSinceOpened):
        list_rows.settle_rest(recogniser, official, official.version - 1)
    with pytest.raises(NotAllowed):
        list_rows.settle_rest(
            make_recogniser("meishan-eit", "eit@portal.example"), official, official.version
        )
    officer = someone(recogniser)
    page = officer.get(f"/bureau/titles/lists/{official.id}")
    assert "有3行未匹配到在库企业" in page.main
    page = officer.send(page, "/settle-rest")
    assert "未匹配到在库企业" not in page.main
    left = db.session.scalars(waiting_rows(kinds)).all()
    assert [each.name for each in left] == [f"眉山{NAMES[0]}"]
    found = row(official, 3)
    list_rows.reopen_row(recogniser, found, found.version)
    assert len(db.session.scalars(waiting_rows(kinds)).all()) == 2


def test_a_file_with_identity_card_numbers_is_deleted_once_it_is_read(
    recogniser: Person, firms: list[Enterprise]
) -> None:
    head = "序号,企业名称,法人身份证号"
    kept = hand_in(recogniser, f"1,{NAMES[0]},", head=head)
    gone = hand_in(recogniser, f"1,{NAMES[1]},{CARD}", head=head)
    assert kept.file is not None
    assert kept.file.removed_at is None
    assert gone.file is not None
    assert gone.file.removed_at is not None
    assert findings(gone) == ["exact"]


def test_a_list_handed_in_anew_after_its_undoing_is_recorded_again(
    recogniser: Person, firms: list[Enterprise]
) -> None:
    first = hand_in(recogniser, *lines())
    assert record(recogniser, first) == 7
    assert undo(recogniser, first) == 7
    again = hand_in(recogniser, *lines())
    assert record(recogniser, again) == 7

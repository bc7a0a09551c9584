"""Units of a call: naming, telling, the board, reminding, reopening."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.calls import close_call, open_call
from portal.lists.actions.units import (
    add_units,
    change_unit,
    remind_units,
    remove_unit,
    reopen_unit,
)
from portal.lists.models import AddresseeUnit, Release
from portal.lists.queries.units import days_late, get_unit, standings, units_of
from portal.messages.models import InboxMessage, Message
from portal.sheets.cells import tidy
from portal.sheets.opening import opened
from portal.taxonomy.queries import get_department
from tests.browser_client import Browser
from tests.factories import make_person
from tests.lists.factories import (
    make_call,
    make_curator,
    make_draft,
    make_edition,
    make_sender,
)
from tests.lists.unit_factories import handed_in, make_district_sender, make_unit, nil
from tests.page import text_of
from tests.statements import counted_statements


@pytest.fixture
def curator(app: Flask) -> Browser:
    return Browser(app).sign_in(make_curator())


def room(release: Release) -> str:
    return f"/bureau/editions/releases/{release.id}/submissions"


def letters_to(person_id: int) -> list[str]:
    """Return what was written to somebody's inbox."""
    found = db.session.scalars(select(InboxMessage).where(InboxMessage.person_id == person_id))
    return [letter.values["event"] for letter in found]


def test_units_are_told_when_the_call_opens_and_once_only(app: Flask) -> None:
    release, sender = make_edition().releases[0], make_sender()
    make_unit(release)
    assert letters_to(sender.id) == []
    open_call(make_curator(), release, release.version, clock.today(), None)
    assert letters_to(sender.id) == ["opened"]
    mails = db.session.scalars(select(Message).where(Message.template == "unit_asked")).all()
    assert [mail.person_id for mail in mails] == [sender.id]
    close_call(make_curator(), release, release.version)
    open_call(make_curator(), release, release.version, clock.today(), None)
    assert letters_to(sender.id) == ["opened"]


def test_a_unit_named_in_an_open_call_is_told_at_once_by_a_readable_letter(app: Flask) -> None:
    sender = Browser(app).sign_in(make_sender())
    make_unit(make_call(), expected=3, due_on=clock.today() + timedelta(days=5))
    page = sender.get("/my/inbox")
    page = sender.get(page.link("请市科技局报送示例市2026年度新经济机会清单条目"))
    assert "应报3条。" in page.main
    assert "/bureau/submissions/" in page.text


def test_naming_units_on_the_page(curator: Browser) -> None:
    release = make_call()
    page = curator.get(room(release))
    assert "尚未列入报送单位" in page.main
    page = curator.get(page.link("列入报送单位"))
    wrong = curator.send(page, "/new", 422, expected="3")
    assert wrong.errors == ["请至少选择一个单位"]
    page = curator.send(page, "/new", bodies=["gov-dongpo", "meishan-sci"], expected="3")
    assert "已列入2个单位" in page.text
    assert "应报2" in page.main
    assert "应报6条" in page.main
    assert "东坡区政府" in page.main


@pytest.mark.parametrize(("expected", "refused"), [("-1", True), ("0", False), ("501", True)])
def test_how_many_may_be_expected(curator: Browser, expected: str, refused: bool) -> None:
    page = curator.get(room(make_call()) + "/new")
    page = curator.send(
        page, "/new", 422 if refused else 200, bodies="gov-dongpo", expected=expected
    )
    assert bool(page.errors) is refused


def test_units_named_twice_stay_as_they_are(app: Flask) -> None:
    unit = make_unit(make_call(), expected=2)
    again = [unit.department, get_department("gov-dongpo")]
    assert add_units(make_curator(), unit.release, again, 5, None) == 1
    assert sorted(each.expected for each in units_of(unit.release)) == [2, 5]


def test_the_board_counts_and_narrows_by_state(curator: Browser) -> None:
    release = make_call()
    sender, today = make_sender(), clock.today()
    reported, returned_nil = make_unit(release), make_unit(release, "gov-dongpo")
    make_unit(release, "gov-renshou")
    late = make_unit(release, "gov-hongya")
    late.due_on = today - timedelta(days=7)
    db.session.commit()
    make_draft(release, actor=sender)
    handed_in(reported, sender)
    nil(returned_nil, make_district_sender())
    page = curator.get(room(release))
    for words in ("应报4", "已报1", "零报告1", "未报1", "逾期1", "逾期5个工作日"):
        assert words in page.main, words
    page = curator.get(page.link("逾期1"))
    assert "洪雅县政府" in page.main
    assert "仁寿县政府" not in text_of(page.one("table"))
    page = curator.get(room(release) + "?state=nonsense")
    assert "仁寿县政府" in text_of(page.one("table"))


def test_days_overdue_are_working_days_of_the_calendar(app: Flask) -> None:
    unit = make_unit(make_call())
    friday = date(2026, 11, 20)
    unit.due_on = friday
    for day, late in ((20, {}), (21, {unit.id: 1}), (23, {unit.id: 1}), (24, {unit.id: 2})):
        with clock.at(datetime(2026, 11, day, 9, tzinfo=clock.city_zone())):
            assert days_late([unit]) == late, day


def test_the_reminder_is_there_to_copy_and_names_who_owes(curator: Browser) -> None:
    release = make_call()
    make_unit(release, expected=3)
    nil(make_unit(release, "gov-dongpo"), make_district_sender())
    page = curator.get(room(release))
    text = page.one("textarea").text
    assert "1. 市科技局，应报3条" in text
    assert "东坡区政府" not in text
    assert "市经济合作局" in text


def test_units_are_reminded_once_a_day(curator: Browser) -> None:
    release, sender = make_call(), make_sender()
    unit = make_unit(release)
    page = curator.get(room(release))
    page = curator.send(page, "/remind")
    assert "已催报1个单位" in page.text
    assert letters_to(sender.id) == ["opened", "reminded"]
    page = curator.send(page, "/remind", 422)
    assert page.errors == ["未报送的单位今天都已催报过，每日最多催报一次"]
    with clock.at(clock.now() + timedelta(days=1)):
        assert remind_units(make_curator(), unit.release) == 1
    assert letters_to(sender.id) == ["opened", "reminded", "reminded"]


def test_nobody_is_reminded_who_has_reported(app: Flask) -> None:
    unit = make_unit(make_call())
    nil(unit)
    with pytest.raises(Refused, match="没有未报送的单位"):
        remind_units(make_curator(), unit.release)


def test_the_board_leaves_as_csv_and_as_a_workbook(curator: Browser) -> None:
    release = make_call()
    make_unit(release, expected=3)
    nil(make_unit(release, "gov-dongpo"), make_district_sender())
    text = curator.ask(room(release) + ".csv?state=nil").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == ["单位", "东坡区政府"]
    assert rows[1][4] == "零报告"
    assert rows[1][-1] == "本年度无此类需求。"
    book = io.BytesIO(curator.ask(room(release) + ".xlsx").get_data())
    with opened(book, "board.xlsx") as sheets:
        read = [[tidy(cell.text).text for cell in row.cells] for row in sheets[0].rows()]
        about = [cell.text for row in sheets[1].rows() for cell in row.cells]
    assert [row[:2] for row in read] == [
        ["单位", "应报条数"],
        ["市科技局", "3"],
        ["东坡区政府", "2"],
    ]
    assert "全部单位" in about


def test_reopening_a_unit_for_late_handing_in(curator: Browser) -> None:
    release, sender = make_call(), make_sender()
    unit = make_unit(release)
    unit.due_on = clock.today() - timedelta(days=1)
    db.session.commit()
    page = curator.get(f"/bureau/editions/units/{unit.id}")
    until = clock.today() + timedelta(days=2)
    wrong = curator.send(page, "/reopen", 422, until=until.isoformat())
    assert wrong.errors == ["请说明延期的原因"]
    wrong = curator.send(
        page, "/reopen", 422, until=(clock.today() - timedelta(days=1)).isoformat(), reason="会议"
    )
    assert wrong.errors == ["该日期已过，请选择今天或以后的日期"]
    page = curator.send(page, "/reopen", until=until.isoformat(), reason="材料补盖章")
    assert "材料补盖章" in page.main
    assert letters_to(sender.id) == ["opened", "reopened"]
    assert nil(get_unit(unit.id)).is_late


def test_reopening_needs_a_unit_whose_end_has_come(app: Flask) -> None:
    unit = make_unit(make_call(), due_on=clock.today() + timedelta(days=3))
    with pytest.raises(Refused, match="本来就可以报送"):
        reopen_unit(make_curator(), unit, unit.version, clock.today(), "原因")


def test_what_is_expected_changes_only_as_it_was_seen(app: Flask) -> None:
    unit = make_unit(make_call())
    seen = unit.version
    change_unit(make_curator(), unit, seen, 4, None)
    assert unit.expected == 4
    db.session.flush()
    with pytest.raises(ChangedSinceOpened):
        change_unit(make_curator(), unit, seen, 5, None)


def test_a_unit_that_has_begun_stays_in_the_call(curator: Browser) -> None:
    release = make_call()
    free, begun = make_unit(release, "gov-dongpo"), make_unit(release)
    page = curator.get(f"/bureau/editions/units/{free.id}")
    page = curator.send(page, "/remove")
    assert "东坡区政府" not in page.main
    nil(begun)
    with pytest.raises(Refused, match="不能移出"):
        remove_unit(make_curator(), begun, begun.version)


def test_only_curators_of_the_edition_name_and_see_units(app: Flask) -> None:
    unit = make_unit(make_call())
    with pytest.raises(NotAllowed):
        add_units(make_sender(), unit.release, [unit.department], 1, None)
    sender = Browser(app).sign_in(make_sender())
    assert sender.ask(room(unit.release)).status_code == 403
    stranger = Browser(app).sign_in(make_person())
    assert stranger.ask(room(unit.release)).status_code == 403


def test_the_board_asks_as_often_for_twelve_units_as_for_two(app: Flask) -> None:
    release = make_call()
    slugs = [
        "gov-dongpo", "gov-pengshan", "gov-renshou", "gov-hongya", "gov-danling", "gov-qingshen",
        "meishan-sci", "meishan-agri", "meishan-commerce", "meishan-health", "meishan-culture",
        "meishan-transport",
    ]  # fmt: skip

    def statements() -> int:
        db.session.expire_all()
        with counted_statements() as counted:
            standings(units_of(release))
        return len(counted)

    for slug in slugs[:2]:
        make_unit(release, slug)
    few = statements()
    for slug in slugs[2:]:
        make_unit(release, slug)
    assert statements() == few
    assert len(db.session.scalars(select(AddresseeUnit)).all()) == 12

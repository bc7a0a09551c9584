"""The worklist of one officer: what stands in it, in which order, and taking things from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal import casework, clock
from portal.accounts.actions.officers import grant_right
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.casework import Case, Matter
from portal.desk.worklist import PAGES, check_pages
from portal.enterprises.actions.cases import case_of
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import Decision
from portal.taxonomy.queries import find_term, get_department
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.factories import LONG_AGO, make_officer, make_person, make_submitted, make_uscc, opine
from tests.page import Page
from tests.statements import counted_statements

Someone = Callable[[Person], Browser]
Wait = Callable[..., None]
REVIEW = Right.REVIEW_ENTERPRISES


def officer(name: str = "city", district: str | None = None) -> Person:
    return make_officer(REVIEW, mail=f"{name}@portal.example", district=district)


def submitted(serial: int, district: str = "dongpo") -> Enterprise:
    owner = make_person(f"owner{serial}@example.com")
    name = f"示例第{serial}储能公司"
    return make_submitted(owner, uscc=make_uscc(serial), name=name, district=district)


def case(enterprise: Enterprise) -> Case:
    found = case_of(enterprise)
    assert found is not None
    return found


def at(moment: str) -> None:
    clock.set_clock(moment, "Asia/Shanghai")


def order(page: Page) -> list[str]:
    rows = page.all("th", scope="row")
    return ["".join(row.itertext()).strip() for row in rows]


def test_overdue_first_then_by_due_day_and_what_is_corrected_last(someone: Someone) -> None:
    reviewer = officer()
    at("2026-11-02T10:00")
    corrected, overdue = submitted(1), submitted(2)
    at("2026-11-09T10:00")  # the last day of the first two
    submitted(3)
    casework.stop_clock(case(corrected))
    at("2026-11-10T10:00")
    page = someone(reviewer).get("/bureau/worklist")
    assert order(page) == ["示例第2储能公司", "示例第3储能公司", "示例第1储能公司"]
    assert "超期1个工作日" in page.main
    assert "剩4个工作日" in page.main
    assert "暂停计时" in page.main
    assert "3件待办理，其中1件超期。" in page.main
    assert case(overdue).due_on is not None


@pytest.mark.parametrize(
    ("day", "words", "is_late"),
    [
        ("2026-11-06", "剩1个工作日", False),
        ("2026-11-08", "剩1个工作日", False),  # a Sunday
        ("2026-11-09", "今日到期", False),
        ("2026-11-10", "超期1个工作日", True),
        ("2026-11-15", "超期4个工作日", True),
    ],
)
def test_days_are_working_days_on_both_sides_of_the_due_day(
    someone: Someone, day: str, words: str, is_late: bool
) -> None:
    reviewer = officer()
    at("2026-11-02T10:00")
    submitted(1)
    at(f"{day}T10:00")
    page = someone(reviewer).get("/bureau/worklist")
    assert words in page.main
    assert bool(page.all("td", class_="late")) is is_late


def test_a_date_beyond_the_published_calendar_is_marked_provisional(someone: Someone) -> None:
    reviewer = officer()
    at("2026-12-28T10:00")
    submitted(1)
    assert "（暂定）" in someone(reviewer).get("/bureau/worklist").main


def test_each_office_sees_what_is_its_turn_and_all_it_may_see(someone: Someone) -> None:
    local, city = officer("local", "dongpo"), officer()
    waiting, passed = submitted(1), submitted(2)
    opine(local, passed, Decision.PASS)
    submitted(3, "renshou")
    here, there = someone(local), someone(city)
    assert order(here.get("/bureau/worklist")) == ["示例第1储能公司"]
    assert order(there.get("/bureau/worklist")) == ["示例第2储能公司", "示例第3储能公司"]
    assert len(order(here.get("/bureau/worklist?scope=all"))) == 2
    assert len(order(there.get("/bureau/worklist?scope=all"))) == 3
    assert case(waiting).stage == "first_review"


def test_what_is_overdue_in_the_district_is_the_city_s_turn_too(
    someone: Someone, wait: Wait
) -> None:
    officer("local", "dongpo")
    city = officer()
    submitted(1)
    assert order(someone(city).get("/bureau/worklist")) == []
    wait(days=9)
    assert order(someone(city).get("/bureau/worklist")) == ["示例第1储能公司"]


def test_filters_narrow_by_matter_district_state_and_word(someone: Someone) -> None:
    city = officer()
    submitted(1)
    stopped = submitted(2, "renshou")
    casework.stop_clock(case(stopped))
    browser = someone(city)
    for query, names in (
        ("district=renshou", ["示例第2储能公司"]),
        ("district=nowhere", ["示例第1储能公司", "示例第2储能公司"]),
        ("zone=meishan-hitech&district=dongpo", ["示例第1储能公司"]),
        ("zone=ganmei-park", []),
        ("stage=correction", ["示例第2储能公司"]),
        ("stage=second_review", ["示例第1储能公司"]),
        ("stage=first_review", []),
        ("matter=verification&q=第2", ["示例第2储能公司"]),
        ("matter=claim", []),
        ("q=S2026-0001", ["示例第1储能公司"]),
        ("q=%25", []),
    ):
        assert order(browser.get(f"/bureau/worklist?{query}")) == names, query


def test_taking_several_at_once_says_what_was_not_taken_and_why(someone: Someone) -> None:
    first, second = officer("first"), officer("second")
    cases = [case(submitted(serial)) for serial in (1, 2, 3)]
    casework.take(second, cases[1])
    browser = someone(first)
    page = browser.get("/bureau/worklist")
    chosen = [str(each.id) for each in cases] + ["999", "x"]
    page = browser.send(page, "/assign", case=chosen, do="take")
    assert "已认领2件" in page.text
    assert "S2026-0002：市经济合作局示例经办人（second）已认领该事项" in page.text
    assert "本人（2）" in page.main
    page = browser.get("/bureau/worklist?scope=mine")
    assert len(order(page)) == 2
    page = browser.send(page, "/assign", case=chosen, do="release")
    assert "已退回2件" in page.text
    assert "S2026-0002：该事项不是由您认领" in page.text


def test_nothing_is_taken_by_number_that_one_may_not_see(someone: Someone) -> None:
    far, here = officer("far", "renshou"), case(submitted(1))
    page = someone(far).post("/bureau/worklist/assign", {"case": str(here.id), "do": "take"})
    assert "已认领0件" in page.text
    assert "S2026-0001" not in page.text


def test_the_work_bar_counts_what_is_ready_for_the_office(someone: Someone) -> None:
    city = officer()
    submitted(1)
    casework.stop_clock(case(submitted(2)))
    page = someone(city).get("/bureau/enterprises")
    bar = page.one("nav", class_="work-bar")
    assert bar is not None
    assert "待办理1" in "".join(bar.itertext())


def test_who_belongs_to_an_enterprise_does_not_find_it_in_the_worklist(someone: Someone) -> None:
    both = officer()
    make_submitted(both)
    assert order(someone(both).get("/bureau/worklist?scope=all")) == []


def test_a_page_of_cases_costs_the_same_statements_however_many(
    app: Flask, someone: Someone
) -> None:
    browser = someone(officer())
    found = []
    for serials in (range(1, 3), range(3, 9)):
        for serial in serials:
            submitted(serial)
        with counted_statements() as statements:
            browser.get("/bureau/worklist")
        found.append(len(statements))
    assert found[0] == found[1]


def test_the_list_is_paged(someone: Someone) -> None:
    reviewer = officer()
    first = case(submitted(1))
    for serial in range(2, 23):
        casework.open_case(
            reviewer, "claim", make_person(f"p{serial}@example.com"), label=f"示例{serial}"
        )
    browser = someone(reviewer)
    assert len(order(browser.get("/bureau/worklist?matter=verification"))) == 1
    assert len(order(browser.get("/bureau/worklist"))) == 20
    assert len(order(browser.get("/bureau/worklist?page=2"))) == 2
    assert first.is_open


def test_an_officer_of_a_zone_finds_what_lies_in_it(someone: Someone) -> None:
    zone = find_term(Scheme.ZONE, "meishan-hitech")
    local = make_person("zone@portal.example")
    committee = get_department("meishan-hitech-committee")
    grant_right(SYSTEM, local, REVIEW, committee, zone=zone, valid_from=LONG_AGO)
    inside = submitted(1)
    make_submitted(make_person("b@example.com"), uscc=make_uscc(2), zone="ganmei-park")
    assert case(inside).stage == "first_review"
    assert order(someone(local).get("/bureau/worklist")) == ["示例第1储能公司"]


def test_a_matter_without_a_page_keeps_the_portal_from_starting(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_pages(app)
    for pages, words in (
        ({each: PAGES[each] for each in PAGES if each != Matter.MERGE}, "name it in PAGES"),
        (PAGES | {Matter.MERGE: ("enterprises_bureau.nowhere", "merge_id")}, "is no page"),
        (PAGES | {Matter.MERGE: ("enterprises_bureau.merge_request", "id")}, "is no page"),
    ):
        monkeypatch.setattr("portal.desk.worklist.PAGES", pages)
        with pytest.raises(LookupError, match=words):
            check_pages(app)

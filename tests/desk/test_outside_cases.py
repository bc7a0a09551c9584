"""What waits for an officer without a case: titles to verify, entries, releases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.accounts.terms import Right
from tests.browser_client import Browser
from tests.classification.factories import INDUSTRY, claimed_by, make_enterprise, make_recogniser
from tests.classification.test_claims import sent
from tests.enterprises.sheets import firms, import_sheet, sheet
from tests.factories import make_officer
from tests.page import Page
from tests.statements import counted_statements

Someone = Callable[[Person], Browser]
WORKLIST = "/bureau/worklist"


def at(moment: str) -> None:
    clock.set_clock(moment, "Asia/Shanghai")


def bar(page: Page) -> str:
    found = page.one("nav", class_="work-bar")
    assert found is not None
    return "".join(found.itertext())


@pytest.fixture
def claimed(app: object) -> int:
    """Three titles that one import names: two of science, one of industry."""
    at("2026-11-02T10:00")
    clerk = make_officer(Right.REVIEW_ENTERPRISES, mail="clerk@portal.example")
    job = import_sheet(sheet(*firms(1, start=90)), clerk)
    claimed_by(make_enterprise(1), job.id, "high_tech")
    claimed_by(make_enterprise(2, district="renshou"), job.id, "high_tech")
    claimed_by(make_enterprise(3), job.id, "specialized_new")
    return job.id


def test_titles_to_verify_stand_in_the_worklist_and_the_work_bar(
    someone: Someone, claimed: int
) -> None:
    science = someone(make_recogniser())
    page = science.get(WORKLIST)
    assert "高新技术企业（2026-11-02导入表中填报）" in page.main.replace(" ", "")
    assert "2项" in page.main
    assert "专精特新" not in page.main, "another department's"
    assert "2件待办理" in page.main
    assert "待办理2" in bar(page)
    assert "资质登记2" in bar(page)
    page = science.get(page.link("2项"))
    assert len(page.all("th", scope="row")) == 2
    assert (
        "1件待办理" in someone(make_recogniser(INDUSTRY, "eit@portal.example")).get(WORKLIST).main
    )


@pytest.mark.parametrize(
    ("day", "words", "late"),
    [("2026-11-16", "今日到期", False), ("2026-11-17", "超期1个工作日", True)],
)
def test_their_ten_working_days_run_from_the_import(
    someone: Someone, claimed: int, day: str, words: str, late: bool
) -> None:
    officer = make_recogniser()
    at(f"{day}T10:00")
    page = someone(officer).get(WORKLIST)
    assert words in page.main
    assert ("其中2件超期" in page.main) is late
    assert bool(page.all("td", class_="late")) is late


def test_filters_narrow_what_has_no_case_too(someone: Someone, claimed: int) -> None:
    science = someone(make_recogniser())
    for query, said in (
        ("district=renshou", "1项"),
        ("matter=title_check", "2项"),
        ("q=高新", "2项"),
        ("matter=verification", ""),
        ("district=hongya", ""),
        ("scope=mine", ""),
        ("q=瞪羚", ""),
    ):
        page = science.get(f"{WORKLIST}?{query}")
        if said:
            assert said in page.main, query
        else:
            assert "没有待办理的事项" in page.main, query
        assert "2件待办理" in page.main, "the head counts everything"


def test_a_title_an_enterprise_claims_stands_on_a_line_of_its_own(
    someone: Someone, claimed: int
) -> None:
    firm = make_enterprise(4)
    owner = find_confirmed("owner-4@example.com")
    assert owner is not None
    sent(someone(owner.person), firm)
    science = someone(make_recogniser())
    page = science.get(WORKLIST)
    assert "3件待办理" in page.main
    assert f"高新技术企业：{firm.name}" in page.main
    assert science.get(page.link("资质4")).heading


def test_whoever_verifies_no_titles_sees_none(someone: Someone, claimed: int) -> None:
    reviewer = make_officer(Right.REVIEW_ENTERPRISES, mail="reviewer@portal.example")
    assert "高新技术企业" not in someone(reviewer).get(WORKLIST).main


def test_more_titles_cost_no_more_statements(someone: Someone, claimed: int) -> None:
    science, found = someone(make_recogniser()), []
    for serials in ((), range(11, 16)):
        for serial in serials:
            claimed_by(make_enterprise(serial), claimed, "high_tech")
        with counted_statements() as statements:
            science.get(WORKLIST)
        found.append(len(statements))
    assert found[0] == found[1]

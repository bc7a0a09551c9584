"""Officers list the records of their own places, and narrow them by district and zone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.actions.officers import grant_right
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.enterprises.actions import change_reviews
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.changes import Reason
from portal.taxonomy.queries import get_department, get_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.factories import LONG_AGO, make_active, make_officer, make_person, make_uscc

Someone = Callable[[Person], Browser]
HITECH, NOWHERE, RENSHOU = "示例高新区公司", "示例区外公司", "示例仁寿公司"


@pytest.fixture
def city(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def firms(city: Person) -> list[Enterprise]:
    owner = make_person()
    places = (
        {"name": HITECH},
        {"name": NOWHERE, "zone": None},
        {"name": RENSHOU, "district": "renshou", "zone": "renshou-edz"},
    )
    return [
        make_active(owner, city, uscc=make_uscc(number), **place)
        for number, place in enumerate(places, 1)
    ]


def zone_officer() -> Person:
    officer = make_person("zone@portal.example", "示例园区经办人")
    zone = get_term(Scheme.ZONE, "meishan-hitech")
    body = get_department("meishan-coop")
    right = Right.REVIEW_ENTERPRISES
    grant_right(SYSTEM, officer, right, body, zone=zone, valid_from=LONG_AGO)
    return officer


def listed(browser: Browser, query: str = "") -> set[str]:
    page = browser.get(f"/bureau/enterprises{query}")
    return {name for name in (HITECH, NOWHERE, RENSHOU) if name in page.main}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {HITECH, NOWHERE, RENSHOU}),
        ("?district=dongpo", {HITECH, NOWHERE}),
        ("?zone=meishan-hitech", {HITECH}),
        ("?district=renshou&zone=meishan-hitech", set()),
        ("?zone=renshou-edz&state=active", {RENSHOU}),
        ("?district=nowhere", {HITECH, NOWHERE, RENSHOU}),
    ],
)
def test_the_citys_officers_narrow_by_district_and_zone(
    someone: Someone, city: Person, firms: list[Enterprise], query: str, found: set[str]
) -> None:
    assert listed(someone(city), query) == found


def test_a_districts_officer_begins_with_their_own_place(
    someone: Someone, firms: list[Enterprise]
) -> None:
    officer = make_officer(Right.REVIEW_ENTERPRISES, mail="d@portal.example", district="dongpo")
    browser = someone(officer)
    assert listed(browser) == {HITECH, NOWHERE}
    page = browser.get("/bureau/enterprises")
    assert page.main.count("本人辖区") == 2
    assert listed(browser, "?zone=meishan-hitech") == {HITECH}
    assert listed(browser, "?district=renshou") == set()


def test_a_zones_officer_finds_the_records_of_the_zone(
    someone: Someone, firms: list[Enterprise]
) -> None:
    browser = someone(zone_officer())
    assert listed(browser) == {HITECH}
    assert HITECH in browser.get(f"/bureau/enterprises/{firms[0].id}").main
    assert "本人辖区" in browser.get("/bureau/worklist").main


def test_a_zones_officer_sees_what_is_unreported_there(
    someone: Someone, city: Person, firms: list[Enterprise]
) -> None:
    for firm in firms[:2]:
        day = firm.admitted_on
        change_reviews.note_unreported(
            city, firm, reason=Reason.RENAMED, effective_on=day, hint="公示系统"
        )
    page = someone(zone_officer()).get("/bureau/enterprises/changes")
    assert HITECH in page.main
    assert NOWHERE not in page.main


def test_the_citys_officers_are_offered_every_place(someone: Someone, city: Person) -> None:
    page = someone(city).get("/bureau/enterprises")
    assert "本人辖区" not in page.main
    assert "眉山高新区" in page.main

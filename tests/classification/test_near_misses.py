"""Near misses: who is one criterion short of a title, or lacks only data."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal import outbox
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.rules.assessments import Inputs, judged
from portal.classification.terms.assessments import Gap
from portal.cli.precheck_work import handlers
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.figures import Source
from tests.browser_client import Browser
from tests.classification.criteria.facts import HTE, facts_of, library
from tests.classification.factories import make_enterprise, make_recogniser
from tests.classification.test_passport import nearly_specialised
from tests.enterprises.figure_factories import state
from tests.factories import make_officer
from tests.statements import counted_statements

Someone = Callable[[Person], Browser]
LIST = "/bureau/titles/near-misses"


@pytest.fixture
def checker(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES, mail="checker@portal.example")


@pytest.fixture
def short(app: Flask, checker: Person) -> Enterprise:
    """An enterprise whose R&D of the year before last misses SRDI's mark by a hair."""
    enterprise = make_enterprise(1)
    nearly_specialised(enterprise, checker, "104.99")
    return enterprise


@pytest.fixture
def recogniser(app: Flask) -> Person:
    return make_recogniser(mail="near@portal.example")


def work() -> None:
    while outbox.drain(handlers()):
        pass


def test_before_anything_is_judged_the_page_says_so(recogniser: Person, someone: Someone) -> None:
    assert "还没有预评结果" in someone(recogniser).get(LIST).text


def test_one_criterion_short_is_listed_with_what_would_meet_it(
    short: Enterprise, recogniser: Person, someone: Someone
) -> None:
    work()
    page = someone(recogniser).get(f"{LIST}?title=specialized_new&gap=one")

    assert short.name in page.text
    assert "2.9997%，须≥ 3%" in page.text
    assert "由104.99万元变为105万元" in page.text
    assert "差一项条件 (1)" in page.text
    assert "1家" in page.text


def test_who_meets_everything_or_misses_much_is_not_listed(
    short: Enterprise, checker: Person, recogniser: Person, someone: Someone
) -> None:
    other = make_enterprise(2, name="眉山示例装备有限公司")
    state(checker, short, 2024, Source.CHECKED, rd_expense="105")
    work()
    browser = someone(recogniser)
    page = browser.get(f"{LIST}?title=specialized_new")

    assert other.name in browser.get(f"{LIST}?title=specialized_new&gap=one_and_data").text
    assert short.name not in page.text
    assert other.name not in page.text, "neither the basis title nor anything else"


def test_an_enterprise_too_large_for_a_title_is_not_near_it(
    short: Enterprise, checker: Person, recogniser: Person, someone: Someone
) -> None:
    figures = {"employees": 1000, "revenue": 40000, "main_revenue": 40000, "rd_expense": 1200}
    notes = dict.fromkeys(figures, "示例：审计报告")
    state(checker, short, 2025, Source.CHECKED, notes=notes, **figures)
    work()
    browser = someone(recogniser)
    for gap in ("", "&gap=one", "&gap=one_and_data"):
        assert short.name not in browser.get(f"{LIST}?title=specialized_new{gap}").text
    passport = browser.get(f"/bureau/titles/passports/{short.id}")
    assert "不适用于本类企业" in passport.main


def test_an_enterprise_too_young_for_a_title_is_near_it_and_reads_from_which_day(
    app: Flask,
) -> None:
    told = judged(
        library().versions["hte.2016"],
        Inputs(facts_of(HTE | {"reg_date": "2025-05-02"}), reads_the_date=True),
        library().vocabulary,
    )
    assert told.gap == Gap.ONE
    assert told.summary["short"][0]["change"]["steps"][0]["to"] == "2026-05-02"


def test_only_data_missing_is_a_kind_of_its_own(
    checker: Person, recogniser: Person, someone: Someone, app: Flask
) -> None:
    enterprise = make_enterprise(3)
    work()
    page = someone(recogniser).get(f"{LIST}?title=high_tech&gap=data")

    assert enterprise.name in page.text
    assert "缺" in page.text
    assert enterprise.name not in someone(recogniser).get(f"{LIST}?title=high_tech&gap=one").text


def test_district_and_industry_narrow_the_list(
    short: Enterprise, recogniser: Person, someone: Someone
) -> None:
    work()
    browser = someone(recogniser)
    here = f"{LIST}?title=specialized_new&district=dongpo&industry=division-38"
    assert short.name in browser.get(here).text
    assert short.name not in browser.get(f"{LIST}?title=specialized_new&district=renshou").text
    assert short.name in browser.get(f"{LIST}?title=specialized_new&district=nowhere").text


def test_an_officer_of_a_district_sees_that_district_only(
    short: Enterprise, someone: Someone
) -> None:
    work()
    elsewhere = make_officer(Right.RECOGNISE, mail="far@portal.example", district="renshou")
    page = someone(elsewhere).get(f"{LIST}?title=specialized_new")
    assert short.name not in page.text


def test_the_download_holds_every_row_with_its_reason(
    short: Enterprise, recogniser: Person, someone: Someone
) -> None:
    work()
    answer = someone(recogniser).ask(f"{LIST}/export?title=specialized_new&gap=one")

    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/csv"
    assert short.uscc in text
    assert "2.9997%" in text
    assert "near-misses-specialized_new" in answer.headers["Content-Disposition"]


def test_the_list_takes_as_many_statements_for_many_as_for_one(
    recogniser: Person, someone: Someone, app: Flask
) -> None:
    browser = someone(recogniser)

    def statements() -> int:
        work()
        browser.get(f"{LIST}?title=high_tech")
        with counted_statements() as sent:
            browser.get(f"{LIST}?title=high_tech")
        return len(sent)

    make_enterprise(1)
    for_one = statements()
    for serial in range(2, 6):
        make_enterprise(serial)
    assert statements() == for_one


def test_the_public_profile_says_nothing_of_pre_checks(short: Enterprise, visitor: Browser) -> None:
    work()
    page = visitor.get(f"/enterprises/{short.uscc}")
    assert "预评" not in page.text
    assert "梯度护照" not in page.text

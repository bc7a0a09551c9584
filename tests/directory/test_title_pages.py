"""A title's public page: criteria, holders on a day as known on another, files, past ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import update

from portal import clock
from portal.accounts.models import Person
from portal.classification.actions import standing
from portal.classification.actions.titles import record_title
from portal.classification.queries.titles import get_title, get_title_kind
from portal.classification.rules.standing import Asked
from portal.cli.nightly import new_day
from portal.counts import kept
from portal.database import action, mark_public_change
from portal.enterprises.models import Enterprise, EnterprisePeriod
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import (
    INDUSTRY,
    make_enterprise,
    make_recogniser,
    record_title_for,
    title_facts,
)
from tests.factories import next_industry
from tests.worker import drain

UNTIL = date(2027, 11, 4)
DAY = timedelta(days=1)
SignIn = Callable[[Person], Browser]


@pytest.fixture
def enterprise(app: Flask) -> Enterprise:
    found = make_enterprise()
    db.session.execute(update(EnterprisePeriod).values(valid_from=date(2020, 1, 1)))
    db.session.commit()
    return found


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_recogniser()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=timezone.utc)


def revoke(title_id: int, officer: Person, on: date) -> None:
    """Let two officers revoke a title."""
    title = get_title(title_id)
    asked = standing.ask(officer, title, title.version, Asked("revoke", on, "示例"))
    second = make_recogniser(mail="second@portal.example")
    standing.consent(second, asked, asked.version)


def test_a_title_shows_its_criteria_in_plain_words_with_the_source(
    visitor: Browser, enterprise: Enterprise
) -> None:
    page = visitor.get("/titles/high_tech")
    assert "现行认定标准" in page.main
    assert "国科发火〔2016〕32号" in page.main
    assert "预评所用条件" in page.main
    visitor.client.set_cookie("language", "en")
    assert "Criteria in force" in visitor.get("/titles/high_tech").main
    visitor.get("/titles/demonstration")


def test_holders_are_asked_for_on_a_day_as_known_on_another(
    visitor: Browser, enterprise: Enterprise, officer: Person
) -> None:
    record_title_for(enterprise, officer)
    today = clock.today()
    assert "岷江储能" in visitor.get("/titles/high_tech").main
    assert "持有：1" in visitor.get("/titles/high_tech?on=2024-11-05").main
    assert "持有：0" in visitor.get("/titles/high_tech?on=2024-11-04").main
    yesterday = today - DAY
    assert "持有：0" in visitor.get(f"/titles/high_tech?known={yesterday}").main
    assert "持有：1" in visitor.get(f"/titles/high_tech?known={today}").main
    page = visitor.get(f"/titles/high_tech?on={UNTIL + DAY}")
    assert "持有：1" in page.main, "nobody holds a title on a day to come yet"
    assert page.one("input", id="on").get("value") == str(today)
    visitor.get("/titles/high_tech?on=gestern", status=400)
    visitor.get("/titles/high_tech?known=9999-12-31", status=400)


def test_a_threshold_includes_the_levels_above_it(visitor: Browser, enterprise: Enterprise) -> None:
    officer = make_recogniser(INDUSTRY)
    other = make_enterprise(2, name="示例甲乙公司")
    for firm, level, number in (
        (enterprise, "national", "第八批第1项"),
        (other, "provincial", "第2项"),
    ):
        kind, facts = get_title_kind("champion"), title_facts(level=level, number=number)
        record_title(officer, firm, kind, facts)
    assert "持有：2" in visitor.get("/titles/champion?level=provincial").main
    page = visitor.get("/titles/champion?level=national")
    assert "持有：1" in page.main
    assert "岷江储能" in page.main
    assert "持有：2" in visitor.get("/titles/champion?level=unknown").main


def test_holders_are_counted_by_district_and_industry(
    visitor: Browser, enterprise: Enterprise, officer: Person
) -> None:
    record_title_for(enterprise, officer)
    main = visitor.get("/titles/high_tech").main
    assert "东坡区1" in main
    assert "电气机械和器材制造业1" in main


def test_industries_stand_in_one_order_whatever_was_counted_first(
    visitor: Browser, officer: Person
) -> None:
    page, heading = "/titles/high_tech", "行业大类"
    for number, code in enumerate(("38", "26"), 1):
        firm = make_enterprise(number, name=f"示例第{number}公司", industry=next_industry(code))
        record_title_for(firm, officer, number=f"GR20245100000{number}")
        before = visitor.get(page).main
    kept.forget()  # as another process reads the counts
    action(mark_public_change)()
    assert visitor.get(page).main == before
    names = before.partition(heading)[2]
    assert names.index("化学原料") < names.index("电气机械")


def test_lapsed_and_revoked_titles_are_shown_as_such(
    visitor: Browser, enterprise: Enterprise, officer: Person
) -> None:
    revoked = record_title_for(enterprise, officer)
    record_title_for(enterprise, officer, number="GR202051000001", granted_on=date(2020, 11, 5))
    revoke(revoked.id, officer, clock.today())
    page = visitor.get("/titles/high_tech?past=1")
    assert "持有：0" in page.main
    assert "已撤销" in page.main
    assert "已失效" in page.main
    assert "持有：1" in visitor.get(f"/titles/high_tech?on={clock.today() - DAY}").main
    profile = visitor.get(f"/enterprises/{enterprise.uscc}").main
    assert "称号与资质沿革" in profile
    assert "已撤销2026-11-22" in profile.replace(" ", "")


def test_the_file_holds_what_the_page_asks_for(
    visitor: Browser, enterprise: Enterprise, officer: Person
) -> None:
    record_title_for(enterprise, officer)
    record_title_for(enterprise, officer, number="GR202051000001", granted_on=date(2020, 11, 5))

    def rows(query: str) -> list[list[str]]:
        text = visitor.ask(f"/titles/high_tech.csv?{query}").get_data(as_text=True)
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]

    assert [(row[1], row[6], row[11]) for row in rows("")] == [
        (enterprise.uscc, "GR202451000001", "有效")
    ]
    assert [row[6] for row in rows("past=1")] == ["GR202051000001"]
    assert [row[6] for row in rows("on=2021-01-01")] == ["GR202051000001"]
    assert rows("known=2026-11-21") == []


def found(visitor: Browser, path: str) -> bool:
    return "岷江储能" in visitor.get(path).main


def reindex(app: Flask) -> None:
    """Let the worker index what changed, and readers see it without waiting."""
    drain(app)
    app.extensions["search"].index.open()


def test_search_and_registry_forget_a_title_with_its_end_and_with_its_revocation(
    app: Flask, visitor: Browser, enterprise: Enterprise, officer: Person
) -> None:
    app.extensions["search"].index.rebuild(iter(()))
    title = record_title_for(enterprise, officer)
    reindex(app)
    paths = (
        "/enterprises?title=high_tech",
        "/enterprises?title=high_tech&q=储能",
        "/search?q=高新技术企业&kind=enterprise",
    )
    assert [found(visitor, path) for path in paths] == [True] * 3
    assert found(visitor, "/search?q=储能&kind=enterprise")
    for day, expected in ((UNTIL, True), (UNTIL + DAY, False)):
        with clock.at(at(day)):
            new_day()
            reindex(app)
            assert [found(visitor, path) for path in paths] == [expected] * 3
            assert found(visitor, "/search?q=储能&kind=enterprise")
    with clock.at(at(clock.today() + DAY)):
        reindex(app)
    revoke(title.id, officer, clock.today())
    reindex(app)
    assert [found(visitor, path) for path in paths] == [False] * 3

"""An edition beside the one before: what is carried on, new, fulfilled and withdrawn."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from flask import Flask

from portal.extensions import db
from portal.lists.actions.errata import propose_withdrawal
from portal.lists.actions.issuing import issue
from portal.lists.actions.life import mark_life
from portal.lists.actions.publication import publish
from portal.lists.models import Entry, Release
from portal.lists.terms.entries import Life
from portal.lists.terms.kinds import Kind
from tests.browser_client import Browser
from tests.lists.factories import (
    let_go_on,
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    make_signed_release,
    sign_all,
    start_signing,
)
from tests.page import Page
from tests.statements import counted_statements

LAST = ("甲场景", "乙场景", "丙场景", "丁场景")


def published(year: int, titles: Sequence[str], **carries: Entry) -> Release:
    """Return a public list of that year with entries of these titles; `carries` names by title
    what an entry carries on."""
    release = make_call(year=year)
    for title in titles:
        entry = make_accepted(release, title=title)
        entry.continues = carries.get(title)
        db.session.commit()
    start_signing(release)
    sign_all(release)
    let_go_on(release)
    publish(make_curator(), release, release.version)
    return release


@pytest.fixture
def last(app: Flask) -> Release:
    """Last year's list: 甲 is fulfilled, 乙 withdrawn, 丙 carried on, 丁 just ended."""
    release = published(2025, LAST)
    first, second, _third, _fourth = release.entries
    mark_life(make_curator(), first, first.version, Life.FULFILLED, "已投用")
    erratum = propose_withdrawal(make_curator(), release, second, "项目终止")
    issue(make_curator("second"), erratum, erratum.version)
    return release


@pytest.fixture
def this(last: Release) -> Release:
    return published(2026, ("丙场景续", "戊场景", "己场景"), 丙场景续=last.entries[2])


def section(page: Page, heading: str) -> str:
    """Return the text from a heading to the next of its rank."""
    text = page.main
    assert heading in text
    return text[text.index(heading) :]


def test_the_page_of_an_edition_says_what_changed_with_links(
    this: Release, visitor: Browser
) -> None:
    page = visitor.get("/lists/2026/opportunity")
    said = section(page, "与2025年度相比")
    for words in ("新增（2）", "续列（1）", "已落地（1）", "已撤回（1）", "甲场景", "乙场景"):
        assert words in said
    assert "续自" in said
    for number in ("MS-JH-2025-01-001", "MS-JH-2025-01-002", "MS-JH-2025-01-003"):
        assert f'href="/entries/{number}"' in page.html


def test_the_last_report_card_stands_on_it_in_short_and_per_publisher(
    this: Release, visitor: Browser
) -> None:
    said = section(visitor.get("/lists/2026/opportunity"), "2025年度兑现情况")
    assert "条目数4" in said
    assert "已落地1" in said
    assert "各发布主体成绩单" in said
    assert said.index("市科技局") > said.index("首次答复天数")


def test_the_first_edition_has_nothing_to_compare_with(last: Release, visitor: Browser) -> None:
    page = visitor.get("/lists/2025/opportunity")
    assert "年度相比" not in page.main
    assert "公开两个年度后可以对比" in visitor.get("/lists/opportunity/years").main
    visitor.get("/lists/opportunity/years.csv", 404)


def test_cases_come_to_no_outcome_so_no_card_is_shown(app: Flask, visitor: Browser) -> None:
    make_published_release(Kind.CASE, year=2025)
    make_published_release(Kind.CASE, year=2026)
    page = visitor.get("/lists/2026/case")
    assert "与2025年度相比" in page.main
    assert "兑现情况" not in page.main


def test_two_editions_are_counted_side_by_side(this: Release, visitor: Browser) -> None:
    page = visitor.get("/lists/opportunity/years")
    assert "2025年度与2026年度" in page.main
    assert "全部条目43−1" in page.main
    assert "东坡区43−1" in page.main
    assert "2025年度新增" not in page.main
    assert "2026年度新增（2）" in page.main
    assert "续列（1）" in page.main
    assert "仅列于2025年度（3）" in page.main


def test_the_file_has_the_counts_and_every_entry(this: Release, visitor: Browser) -> None:
    file = visitor.ask("/lists/opportunity/years.csv?from=2025&to=2026")
    rows = list(csv.reader(io.StringIO(file.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0] == ["对比项", "项目", "2025", "2026", "增减"]
    assert rows[1] == ["全部条目", "", "4", "3", "-1"]
    assert ["续列", "丙场景续", "MS-JH-2025-01-003", "MS-JH-2026-01-001", "征集中"][:4] in [
        row[:4] for row in rows
    ]
    assert sum(row[0] == "未续列" for row in rows) == 3


@pytest.mark.parametrize(
    "asked", ["from=2025&to=2025", "from=2019&to=2026", "from=x&to=2026", "from=2026"]
)
def test_years_without_two_editions_are_not_found(
    this: Release, visitor: Browser, asked: str
) -> None:
    visitor.get(f"/lists/opportunity/years?{asked}", 404)
    visitor.get(f"/lists/opportunity/years.csv?{asked}", 404)


def test_the_earlier_year_comes_first_however_it_is_asked(this: Release, visitor: Browser) -> None:
    page = visitor.get("/lists/opportunity/years?from=2026&to=2025")
    assert "2025年度与2026年度" in page.main


def test_nothing_of_an_edition_is_compared_before_its_release(
    last: Release, visitor: Browser
) -> None:
    make_signed_release(year=2026)
    assert "公开两个年度后可以对比" in visitor.get("/lists/opportunity/years").main
    visitor.get("/lists/opportunity/years?from=2025&to=2026", 404)


def test_pages_are_bounded_and_send_no_statement_per_entry(app: Flask, visitor: Browser) -> None:
    make_published_release(entries=3, year=2024)
    make_published_release(entries=3, year=2025)
    make_published_release(entries=60, year=2026)
    sent = []
    for later, earlier in ((2025, 2024), (2026, 2025)):
        for path in (f"years?from={earlier}&to={later}", ""):
            address = f"/lists/opportunity/{path}" if path else f"/lists/{later}/opportunity"
            with counted_statements() as found:
                page = visitor.get(address)
            sent.append(len(found))
    assert all(many <= few for few, many in zip(sent[:2], sent[2:], strict=True)), sent
    page = visitor.get("/lists/opportunity/years?from=2025&to=2026")
    assert page.main.count("MS-JH-2026-01-") == 50
    assert "仅显示前50项" in page.main

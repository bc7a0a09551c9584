"""The three lists over all editions, their files, and editions."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from portal.lists.actions.publication import publish
from portal.lists.queries.editions import get_release
from portal.lists.terms.kinds import Kind
from portal.taxonomy.queries import find_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    sign_all,
    start_signing,
)

Reindex = Callable[[], None]


@pytest.fixture
def varied(app: object) -> None:
    """A published list: an open entry in Dongpo, a standing citywide one, one past its date."""
    release = make_call()
    make_accepted(release, title="公交场站储能应用场景", closes_on=date(2026, 12, 31))
    make_accepted(release, title="全市屋顶光伏", district=None, standing=True, closes_on=None)
    make_accepted(
        release,
        title="洪雅数字文旅",
        closes_on=date(2026, 11, 22),
        district=find_term(Scheme.DISTRICT, "hongya"),
        subtype="challenge",
    )
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)


def titles(visitor: Browser, path: str) -> list[str]:
    """Return the titles of the rows a list shows."""
    page = visitor.get(path)
    return ["".join(h3.itertext()) for h3 in page.all("h3") if h3.find("a") is not None]


def count_of(visitor: Browser, path: str, name: str, value: str) -> str:
    """Return the number beside an option of a facet."""
    page = visitor.get(path)
    labels = [
        label
        for label in page.all("label", class_="choice")
        for box in label.iter("input")
        if (box.get("name"), box.get("value")) == (name, value)
    ]
    return "".join(labels[0].find("i").itertext())  # type: ignore[union-attr]


def test_a_list_names_its_entries_with_publisher_place_number_and_date(
    visitor: Browser, varied: None
) -> None:
    page = visitor.get("/lists/opportunity")
    assert page.heading == "机会清单"
    for words in ("公交场站储能应用场景", "市科技局", "东坡区", "MS-JH-2026-01-001"):
        assert words in page.main
    assert "截止2026-12-31" in page.main
    assert "2026年度第1批" in page.main


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("state=open", 2),
        ("state=standing", 1),
        ("state=open&state=standing", 3),
        ("state=open&district=citywide", 0),
        ("district=citywide", 1),
        ("district=dongpo&district=hongya", 2),
        ("subtype=challenge", 1),
        ("publisher=city", 3),
        ("publisher=enterprise", 0),
        ("year=2026", 3),
        ("field=smart-economy&subtype=scenario", 2),
    ],
)
def test_values_of_a_facet_widen_facets_narrow(
    visitor: Browser, varied: None, query: str, found: int
) -> None:
    assert len(titles(visitor, f"/lists/opportunity?{query}")) == found


def test_counts_ignore_the_facets_own_choice(visitor: Browser, varied: None) -> None:
    path = "/lists/opportunity?district=dongpo"
    assert count_of(visitor, path, "district", "hongya") == "1"
    assert count_of(visitor, path, "subtype", "challenge") == "0"
    assert count_of(visitor, path, "state", "standing") == "0"


def test_a_chosen_filter_can_be_taken_away(visitor: Browser, varied: None) -> None:
    page = visitor.get("/lists/opportunity?state=open&district=dongpo&page=1")
    drops = [a.get("href") for a in page.all("a", class_="drop")]
    assert drops == ["/lists/opportunity?district=dongpo", "/lists/opportunity?state=open"]


def test_a_call_ends_the_day_after_its_closing_date(
    visitor: Browser, varied: None, wait: Callable[..., None]
) -> None:
    assert "今日截止" in visitor.get("/lists/opportunity").main
    wait(days=1)
    assert titles(visitor, "/lists/opportunity?state=ended") == ["洪雅数字文旅"]
    assert "已截止" in visitor.get("/entries/MS-JH-2026-01-003").main


def test_text_finds_by_the_index_and_marks_what_matched(
    visitor: Browser, varied: None, reindex: Reindex
) -> None:
    reindex()
    page = visitor.get("/lists/opportunity?q=数字文旅")
    assert "“数字文旅”" in page.main
    assert titles(visitor, "/lists/opportunity?q=数字文旅") == ["洪雅数字文旅"]
    assert {"".join(mark.itertext()) for mark in page.all("mark")} == {"数字文旅"}


@pytest.mark.usefixtures("every_engine")
def test_without_an_index_the_database_answers_and_the_page_says_so(
    visitor: Browser, varied: None
) -> None:
    page = visitor.get("/lists/opportunity?q=储能")
    assert "全文检索正在更新" in page.main
    assert titles(visitor, "/lists/opportunity?q=储能") == ["公交场站储能应用场景"]


def test_the_file_holds_the_same_query_and_is_safe_to_open(visitor: Browser) -> None:
    release = make_call()
    make_accepted(release, title="=HYPERLINK(1)", summary="+1")
    make_accepted(release, title="全市屋顶光伏", standing=True, closes_on=None)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    visitor.get("/lists/opportunity.csv?state=open")
    assert "opportunity-2026-11-22.csv" in visitor.response.headers["Content-Disposition"]
    text = visitor.response.get_data().decode("utf-8")
    assert text.startswith("\ufeff编号,标题,")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert [row[1] for row in rows[1:]] == ["'=HYPERLINK(1)"]


def test_an_edition_shows_document_check_code_and_signatures(visitor: Browser) -> None:
    release = make_published_release(entries=2)
    page = visitor.get("/lists/2026/opportunity")
    assert page.heading == "示例市2026年度新经济机会清单"
    assert get_release(release.id).check_code in page.main
    assert "市经济合作局（2026-11-22）、市经济和信息化局（2026-11-22）" in page.main
    assert "MS-JH-2026-01-002" in page.main
    visitor.get("/lists/2026/opportunity.csv")
    assert visitor.response.get_data(as_text=True).count("\r\n") == 3


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_list_says_what_to_do(visitor: Browser, kind: Kind) -> None:
    assert "没有符合条件的结果" in visitor.get(f"/lists/{kind}").main

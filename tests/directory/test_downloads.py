"""Files of the lists: what is filtered and nothing else, typed, safe, as the schema says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import Workbook, load_workbook

from portal.database import transaction
from portal.directory.queries import listing
from portal.lists.actions import errata
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish
from portal.lists.models import Release
from tests.browser_client import Browser
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    make_signed_release,
    sign_all,
    start_signing,
)


@pytest.fixture
def release() -> Release:
    """A published list: an award, a title that looks like a formula, a standing entry."""
    release = make_call()
    details = {"problem": "大修渣的无害化。", "budget": "1200.5"}
    make_accepted(release, title="大修渣资源化", subtype="challenge", details=details)
    make_accepted(release, title="=HYPERLINK(1)", summary="+1", closes_on=date(2026, 11, 30))
    make_accepted(release, title="全市屋顶光伏", standing=True, closes_on=None)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    return release


def fetched(visitor: Browser, path: str) -> bytes:
    """Return a file's bytes."""
    answer = visitor.ask(path)
    assert answer.status_code == 200, path
    return answer.get_data()


def workbook(visitor: Browser, path: str) -> Workbook:
    return load_workbook(io.BytesIO(fetched(visitor, path)))


def column(book: Workbook, title: str) -> list[Any]:
    """Return the cells of the first sheet below a head."""
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(title)] for row in sheet.iter_rows(min_row=2)]


def test_a_workbook_has_typed_entries_under_a_head_that_stays(
    visitor: Browser, release: Release
) -> None:
    book = workbook(visitor, "/lists/opportunity.xlsx")
    assert book.sheetnames == ["条目列表", "说明"]
    assert book.worksheets[0].freeze_panes == "A2"
    closing = [cell.value for cell in column(book, "截止日期")]
    assert closing == [datetime(2026, 12, 31), datetime(2026, 11, 30), None]
    assert column(book, "截止日期")[0].number_format == r"yyyy\-mm\-dd"
    assert [cell.value for cell in column(book, "年度")] == [2026, 2026, 2026]


def test_an_amount_is_a_number_with_its_unit_beside_it(visitor: Browser) -> None:
    release = make_call()
    notice = {"official_notice": "https://www.example.com/notice/1"}
    details = {"content": "城市数据治理服务。", "budget": "1200.5", **notice}
    make_accepted(release, title="数据治理", subtype="procurement", details=details)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    book = workbook(visitor, "/lists/opportunity.xlsx")
    assert [cell.value for cell in column(book, "指标")] == [1200.5]
    assert [cell.value for cell in column(book, "数值含义")] == ["预算金额（万元）"]


def test_text_that_looks_like_a_formula_stays_text(visitor: Browser, release: Release) -> None:
    book = workbook(visitor, "/lists/opportunity.xlsx")
    titles = column(book, "标题")
    assert (titles[1].value, titles[1].data_type) == ("=HYPERLINK(1)", "s")
    assert titles[1].quotePrefix
    assert column(book, "摘要")[1].data_type == "s"


def test_a_summary_no_cell_can_hold_is_cut_and_says_where_the_whole_is(
    visitor: Browser, release: Release
) -> None:
    whole = "储" * 100_000
    with transaction():
        entry = release.entries[0]
        entry.snapshot = (entry.snapshot or {}) | {"summary_zh": whole}
    held = column(workbook(visitor, "/lists/opportunity.xlsx"), "摘要")[0].value
    assert len(held) == 32_767
    assert held.startswith(whole[:32_000])
    assert held.endswith("工作簿一格最多容纳32767个字符；全文见CSV、JSON文件和条目页面]")
    assert whole in fetched(visitor, "/lists/opportunity.csv").decode()
    said = json.loads(fetched(visitor, "/lists/opportunity.json"))
    assert any(one["content"].get("summary_zh") == whole for one in said["entries"])


def test_the_second_sheet_says_what_was_asked_for_when_and_what_columns_mean(
    visitor: Browser, release: Release, reindex: Callable[[], None]
) -> None:
    reindex()
    book = workbook(visitor, "/lists/opportunity.xlsx?state=open&state=standing&q=光伏")
    said = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True, min_row=2)}
    assert said["状态"] is not None
    assert said["检索词"] == "光伏"
    assert said["时间"].startswith("2026-11-22 10:")
    assert said["来源"]
    assert "/lists/opportunity?state=open&state=standing&q=" in said["地址"]
    assert said["截止日期"] == "最后一日；空白表示长期有效或未定"


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 3), ("state=standing", 1), ("subtype=challenge", 1), ("publisher=enterprise", 0)],
)
@pytest.mark.parametrize("form", ["xlsx", "json", "csv"])
def test_every_file_holds_exactly_what_is_filtered(
    visitor: Browser, release: Release, query: str, found: int, form: str
) -> None:
    data = fetched(visitor, f"/lists/opportunity.{form}?{query}")
    if form == "json":
        assert len(json.loads(data)["entries"]) == found
    elif form == "xlsx":
        assert load_workbook(io.BytesIO(data)).worksheets[0].max_row == found + 1
    else:
        assert data.count(b"MS-JH-") == found


@pytest.mark.parametrize("form", ["xlsx", "json", "csv"])
def test_files_know_no_value_that_no_facet_has(visitor: Browser, form: str) -> None:
    visitor.get(f"/lists/opportunity.{form}?state=unheard-of", status=400)
    visitor.get(f"/lists/2031/opportunity.{form}", status=404)


FOLLOWED = ("lists/opportunity.csv", "lists/opportunity.atom", "lists/opportunity.ics")
FILES = (*FOLLOWED, "lists/opportunity.xlsx", "lists/opportunity.json", "enterprises.csv")


@pytest.mark.parametrize("file", FILES)
def test_a_file_or_feed_of_a_text_waits_for_the_index_rather_than_hold_a_part(
    visitor: Browser, release: Release, file: str
) -> None:
    visitor.get(f"/{file}?q=储能", status=503)
    assert int(visitor.response.headers["Retry-After"]) > 0


@pytest.mark.parametrize("file", FILES)
def test_a_file_or_feed_of_a_text_nobody_can_search_for_says_why(
    visitor: Browser, release: Release, reindex: Callable[[], None], file: str
) -> None:
    reindex()
    for text in ("!!!", "储" * 300):
        visitor.get(f"/{file}?q={text}", status=400)


def test_rows_keep_their_order_over_the_pieces_they_are_read_in(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_published_release(entries=7)
    monkeypatch.setattr(listing, "AT_ONCE", 3)
    entries = json.loads(fetched(visitor, "/lists/2026/opportunity.json"))["entries"]
    assert [one["number"] for one in entries] == [f"MS-JH-2026-01-{n:03d}" for n in range(1, 8)]


def test_the_document_is_what_its_schema_says(visitor: Browser, release: Release) -> None:
    gone, curator = release.entries[0], make_curator()
    erratum = errata.propose_withdrawal(curator, release, gone, "项目取消")
    issue(make_curator("second"), erratum, erratum.version)
    document = json.loads(fetched(visitor, "/lists/opportunity.json"))
    schema = json.loads(fetched(visitor, "/schemas/list-entries-1.json"))
    assert document["$schema"].endswith("/schemas/list-entries-1.json")
    assert [one["life"] for one in document["entries"]] == ["withdrawn", "open", "open"]
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(checker.iter_errors(document)) == []
    document["entries"][1]["state"] = "unheard-of"
    del document["entries"][2]["content"]["publisher"]
    assert len(list(checker.iter_errors(document))) == 2


def test_no_file_holds_what_is_not_published(visitor: Browser) -> None:
    make_published_release(year=2025)
    make_signed_release()
    for form in ("csv", "xlsx", "json"):
        visitor.get(f"/lists/2026/opportunity.{form}", status=404)
    assert len(json.loads(fetched(visitor, "/lists/opportunity.json"))["entries"]) == 1

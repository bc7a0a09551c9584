"""Pages of lists, their addresses, and CSV downloads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask

from portal.errors import NotFound
from portal.web.csv import csv_response
from portal.web.navigation import current_entry, page_url, url_with
from portal.web.pagination import Page, asked_page, page_of


@pytest.mark.parametrize(
    ("number", "total", "numbers"),
    [
        (1, 20, [1]),
        (1, 0, [1]),
        (1, 2000, [1, 2, None, 50]),
        (3, 240, [1, 2, 3, 4, None, 12]),
        (4, 240, [1, 2, 3, 4, 5, None, 12]),
        (5, 240, [1, None, 4, 5, 6, None, 12]),
        (9, 240, [1, None, 8, 9, 10, 11, 12]),
        (12, 240, [1, None, 11, 12]),
    ],
)
def test_pages_named(number: int, total: int, numbers: list[int | None]) -> None:
    assert Page(number, total).numbers == numbers


def test_rows_of_a_page() -> None:
    page = Page(2, 31)
    assert (page.first_row, page.last_row, page.offset) == (21, 31, 20)
    assert (page.previous, page.next, page.last) == (1, None, 2)
    assert (Page(1, 0).first_row, Page(1, 0).last_row) == (0, 0)
    assert Page(1, 10**6).last == 50


def test_a_list_that_became_shorter_shows_its_last_page() -> None:
    assert page_of(total=25, number=7).number == 2


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", "", "51", "٣", "1e3", "99999"])
def test_what_is_no_page_number_is_not_found(app: Flask, text: str) -> None:
    with app.test_request_context("/kit", query_string={"page": text}), pytest.raises(NotFound):
        asked_page()


def test_addresses_keep_the_query_and_begin_again_at_page_one(here: Flask) -> None:
    assert asked_page() == 3
    assert page_url(4) == "/kit?field=a&field=b&page=4"
    assert page_url(1) == "/kit?field=a&field=b"
    assert url_with(sort="new") == "/kit?field=a&field=b&sort=new"
    assert url_with(field=["b"]) == "/kit?field=b"
    assert url_with(field=None) == "/kit"


@pytest.mark.parametrize(
    ("path", "key"),
    [("/", "home"), ("/lists/supply", "supply"), ("/enterprises/9151", "enterprises"),
     ("/enterprisesx", ""), ("/my", "")],
)  # fmt: skip
def test_the_current_entry_follows_the_address(app: Flask, path: str, key: str) -> None:
    with app.test_request_context(path):
        assert current_entry("") == key
        assert current_entry("titles") == "titles"


def read(response_text: str) -> list[list[str]]:
    assert response_text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(response_text[1:])))


def test_a_download_runs_no_formula_and_keeps_its_name(here: Flask) -> None:
    texts = ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "　=1", "储能,“引号”\n二行", 5, None]
    response = csv_response("机会清单.csv", ["编号", "=x"], [[text, "好"] for text in texts])
    rows = read(response.get_data(as_text=True))
    assert rows[0] == ["编号", "'=x"]
    assert [row[0] for row in rows[1:8]] == [f"'{text}" for text in texts[:7]]
    assert [row[0] for row in rows[8:]] == ["储能,“引号”\n二行", "5", ""]
    assert response.mimetype == "text/csv"
    assert "filename*=UTF-8''%E6%9C%BA" in response.headers["Content-Disposition"]


def test_a_long_download_is_sent_while_it_is_read(here: Flask) -> None:
    taken = []

    def rows() -> Iterator[list[int]]:
        for number in range(1000):
            taken.append(number)
            yield [number]

    response = csv_response("x.csv", ["n"], rows())
    next(iter(response.response))  # type: ignore[call-overload]
    assert 0 < len(taken) < 1000
    response.close()


def test_addresses_write_what_was_typed_so_that_it_can_be_read_again(app: Flask) -> None:
    with app.test_request_context("/kit?q=%E7%94%B5+%26&q=%3D"):
        assert url_with() == "/kit?q=%E7%94%B5+%26&q=%3D"
        assert url_with(field=["a b", 2]) == "/kit?q=%E7%94%B5+%26&q=%3D&field=a+b&field=2"
        assert url_with(q=[]) == "/kit"


@pytest.mark.parametrize(
    ("path", "entry"),
    [("/", "home"), ("/titles", "titles"), ("/titles/x", "titles"), ("/titlesx", ""), ("/x", "")],
)
def test_a_page_belongs_to_the_entry_it_lies_under(app: Flask, path: str, entry: str) -> None:
    with app.test_request_context(path):
        assert current_entry("") == entry

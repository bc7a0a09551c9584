"""The page cache around an application of a few lines."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse
from werkzeug.wsgi import ClosingIterator

from portal.web.page_cache import PageCache
from portal.web.page_cache.marks import KEEP

LONG = "长文" * 500


class Application:
    """Answers with what stands in `page` and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.page = LONG
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/html; charset=utf-8")]
        self.headers.append(("Vary", "Cookie"))
        self.status = "200 OK"
        self.keeps = True
        self.closed = 0
        self.wait = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        time.sleep(self.wait)
        environ[KEEP] = self.keeps
        start_response(self.status, self.headers[:])
        return self.pieces()

    def pieces(self) -> Iterable[bytes]:
        return ClosingIterator([self.page.encode()], self.close)

    def close(self) -> None:
        self.closed += 1


class Reader:
    """A browser in front of the cache, and the state of the content."""

    def __init__(self, size: int = 1_000_000) -> None:
        self.application = Application()
        self.state: Callable[[], object] = lambda: 1
        self.cache = PageCache(self.application, self.ask, {"q", "page"}, "portal", size)

    def ask(self) -> object:
        return self.state()

    def get(self, path: str = "/", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Client(self.cache, use_cookies=False).get(path, headers=named)


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_a_page_is_made_once_until_the_state_moves_on(reader: Reader) -> None:
    first = reader.get()
    assert (reader.get().text, reader.application.asked) == (first.text, 1)
    reader.state = lambda: 2
    reader.application.page = "new"
    assert (reader.get().text, reader.application.asked) == ("new", 2)


def test_ten_at_once_take_one_making(reader: Reader) -> None:
    reader.application.wait = 0.05
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(reader.get().text)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, reader.application.asked) == ([LONG] * 10, 1)


def test_those_who_wait_for_a_page_that_is_not_kept_get_their_own(reader: Reader) -> None:
    reader.application.wait, reader.application.keeps = 0.05, False
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(reader.get().text)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, reader.application.asked) == ([LONG] * 3, 3)


@pytest.mark.parametrize("path", ["/?page=1&q=x", "/?q=x&page=1"])
def test_the_order_of_the_query_makes_no_difference(reader: Reader, path: str) -> None:
    reader.get("/?page=1&q=x")
    reader.get(path)
    assert reader.application.asked == 1


def test_the_order_of_a_repeated_name_does(reader: Reader) -> None:
    reader.get("/?page=1&page=2")
    reader.get("/?page=2&page=1")
    assert reader.application.asked == 2


@pytest.mark.parametrize(
    "path", ["/?x=1", "/?q=1&x", "/?q=" + "a" * 500, "/account/sign-in", "/healthz", "/bureau/"]
)
def test_made_up_names_and_what_is_not_the_publics_are_passed_on(reader: Reader, path: str) -> None:
    reader.get(path)
    reader.get(path)
    assert (reader.application.asked, len(reader.cache.store)) == (2, 0)


@pytest.mark.parametrize("headers", [{"Cookie": "portal=x"}, {"Authorization": "Basic eA=="}])
def test_who_may_be_somebody_is_passed_on(reader: Reader, headers: dict[str, str]) -> None:
    reader.get()
    reader.get(**headers)
    assert reader.application.asked == 2
    reader.get(Cookie="other=x")
    assert reader.application.asked == 2


def test_what_sets_a_cookie_fails_or_is_unmarked_is_not_kept(reader: Reader) -> None:
    application = reader.application
    for status, keeps, extra in (
        ("200 OK", True, [("Set-Cookie", "portal=x")]),
        ("200 OK", False, []),
        ("404 NOT FOUND", True, []),
        ("500 INTERNAL SERVER ERROR", True, []),
        ("206 PARTIAL CONTENT", True, []),
    ):
        application.status, application.keeps = status, keeps
        application.headers = [("Content-Type", "text/html"), *extra]
        answer = reader.get()
        answer.close()
        assert answer.status == status
    assert len(reader.cache.store) == 0
    assert application.closed == application.asked


def test_a_failing_application_fails_for_that_request_only(reader: Reader) -> None:
    reader.application.status = ""
    reader.application.pieces = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    with pytest.raises(ZeroDivisionError):
        reader.get()
    del reader.application.pieces  # type: ignore[method-assign]
    reader.application.status = "200 OK"
    assert reader.get().text == LONG


def test_without_the_state_nothing_is_kept(reader: Reader) -> None:
    reader.state = lambda: 1 / 0
    assert reader.get().text == LONG
    assert reader.get().text == LONG
    assert (reader.application.asked, len(reader.cache.store)) == (2, 0)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("GZIP;q=0.1", "gzip"),
        ("*", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, *", None),
        ("*;q=0", None),
        ("br", None),
        ("identity", None),
        ("", None),
    ],
)
def test_what_the_browser_takes_is_sent(
    reader: Reader, accepted: str, encoding: str | None
) -> None:
    for _ in range(2):
        answer = reader.get(Accept_Encoding=accepted)
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Cookie, Accept-Encoding"
        body = answer.data
        assert answer.headers["Content-Length"] == str(len(body))
        assert (gzip.decompress(body) if encoding else body).decode() == LONG


def test_small_pages_and_pictures_are_left_plain(reader: Reader) -> None:
    reader.application.page = "small"
    assert "Content-Encoding" not in reader.get("/small", Accept_Encoding="gzip").headers
    reader.application.page = LONG
    reader.application.headers = [("Content-Type", "image/png")]
    assert "Content-Encoding" not in reader.get("/picture", Accept_Encoding="gzip").headers


def test_each_encoding_has_a_tag_and_every_form_of_it_is_known(reader: Reader) -> None:
    plain = reader.get().headers["ETag"]
    packed = reader.get(Accept_Encoding="gzip").headers["ETag"]
    assert plain != packed
    for held in (plain, packed, f"W/{packed}", f'"other", {plain}', "*"):
        answer = reader.get(If_None_Match=held)
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == plain
        assert answer.headers["Vary"] == "Cookie, Accept-Encoding"
        assert "Content-Length" not in answer.headers
    assert reader.get(If_None_Match='"other"').status_code == 200
    assert reader.application.asked == 1


def test_head_is_answered_like_get_without_the_body(reader: Reader) -> None:
    browser = Client(reader.cache)
    for _ in range(2):
        answer = browser.head("/")
        assert (answer.data, answer.headers["Content-Length"]) == (b"", str(len(LONG.encode())))
        assert answer.headers["ETag"] == reader.get().headers["ETag"]
    held = {"If-None-Match": answer.headers["ETag"]}
    assert browser.head("/", headers=held).status_code == 304
    assert reader.application.asked == 1
    reader.application.keeps = False
    assert browser.head("/other").data == b""
    assert reader.application.closed == 2


def test_memory_is_bounded_and_the_longest_unasked_goes(reader: Reader) -> None:
    reader = Reader(size=60_000)
    for number in range(30):
        reader.get("/first")
        reader.get(f"/{number}")
    assert reader.cache.store.used <= 60_000
    assert len(reader.cache.store) < 30
    asked = reader.application.asked
    reader.get("/first")
    assert reader.application.asked == asked
    reader.application.page = LONG * 10
    assert reader.get("/large").text == LONG * 10
    assert reader.cache.store.used <= 60_000


def test_what_a_proxy_says_of_host_and_scheme_has_a_page_of_its_own() -> None:
    reader = Reader()
    for headers in ({}, {"X_Forwarded_Host": "portal.example"}, {"X_Forwarded_Proto": "https"}):
        reader.get("/", **headers)
        reader.get("/", **headers)
    assert reader.application.asked == 3

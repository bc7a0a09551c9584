"""Server CPU and statements of the public's pages in one process, on the data under PORTAL_DATA.

    PORTAL_DATA=var python -m benchmarks.pages

Prints for each page: CPU microseconds per request (the least of five rounds of 40, each page asked
past the page cache) and the ratio to a bare Flask route (F) asked the same way; the same while the
content changes before every request; SQL statements, and kilobytes of the answer plain and
compressed. What a page costs behind the production server is measured by
benchmarks.public_pages.
"""

from __future__ import annotations

import gzip
import io
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask

from benchmarks.bare import app as bare_app
from benchmarks.public_pages import DETAILS, JSON, PAGES
from portal import create_app
from portal.extensions import db
from tests.statements import counted_statements

ROUNDS, REQUESTS, WARM = 5, 40, 10
SEARCH = "/search?q=储能"
TARGETS = "/plan/targets"


def asked(application: WSGIApplication, address: str, number: int) -> bytes:
    """Return the answer to one request, of somebody new: searches are limited."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query.encode().decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    said: list[str] = []

    def start(status: str, *_rest: Any) -> Any:
        said.append(status)

    body = application(environ, start)
    try:
        whole = b"".join(body)
    finally:
        if close := getattr(body, "close", None):
            close()
    assert said[0].startswith("200"), (address, said)
    return whole


def cost(application: WSGIApplication, address: str, numbers: Iterator[int]) -> float:
    """Return the CPU microseconds of one request: the least of some rounds."""
    for _ in range(WARM):
        asked(application, address, next(numbers))
    spent = []
    for _round in range(ROUNDS):
        begin = time.thread_time()
        for _ in range(REQUESTS):
            asked(application, address, next(numbers))
        spent.append((time.thread_time() - begin) / REQUESTS * 1e6)
    return min(spent)


def addresses(application: WSGIApplication, numbers: Iterator[int]) -> Iterator[str]:
    """Yield the pages to measure, drawn anew each time: lists, the first record each leads to, the
    same as JSON, a search."""
    for address in (*PAGES.values(), TARGETS, SEARCH):
        yield anew(address)
    for path, pattern in DETAILS.values():
        found = re.search(pattern, asked(application, path, next(numbers)).decode())
        if found:
            yield anew(found.group())
    yield from JSON.values()


def anew(address: str) -> str:
    """Return an address whose page is kept nowhere: no page knows the name."""
    return f"{address}{'&' if '?' in address else '?'}drawn=anew"


@contextmanager
def changing(app: Flask) -> Iterator[None]:
    """Have the content be in another state for every request, as if somebody wrote all the time."""
    cache, numbers = app.extensions["kept_pages"], count()
    state = cache.state
    cache.state = lambda: (next(numbers), state())
    try:
        yield
    finally:
        cache.state = state


def main() -> None:
    """Measure every page."""
    app = create_app(TRUSTED_HOSTS=["localhost"], RATELIMIT_ENABLED=False)
    application, numbers = app.wsgi_app, count()
    bare = cost(bare_app.wsgi_app, "/bare", numbers)
    print(f"{bare:7.0f} µs   1.0 F  a bare Flask route")
    with app.app_context():
        db.engine.connect().close()
    for address in addresses(application, numbers):
        spent = cost(application, address, numbers)
        with changing(app):
            after = cost(application, address, numbers)
        with app.app_context(), counted_statements() as sent:
            body = asked(application, address, next(numbers))
        kilobytes, packed = len(body) / 1024, len(gzip.compress(body)) / 1024
        print(
            f"{spent:7.0f} µs {spent / bare:5.1f} F  {after:7.0f} µs changing"
            f"  {len(sent):2d} statements  {kilobytes:6.1f} KB  {packed:5.1f} KB gz"
            f"  {address.replace('+' * 500, '…')}"
        )


if __name__ == "__main__":
    main()

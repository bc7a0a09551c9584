"""What the public's pages are measured against: a Flask route that does nothing, and a WSGI
application that only hands out the bytes of a page, which nothing in Python can beat."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

app = Flask(__name__)
PAGE = bytes(6_000)  # about a compressed list
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Length", str(len(PAGE))),
    ("ETag", '"0123456789abcdef01234567-gzip"'),
    *((f"X-Header-{number}", "as long as one of ours") for number in range(10)),
]


@app.get("/healthz")
@app.get("/bare")
def bare() -> str:
    """Answer with a few bytes."""
    return "ok"


def page(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with a page's worth of bytes and headers."""
    start_response("200 OK", HEADERS[:])
    return [PAGE]

"""Statements and server CPU of the public's pages, on the data under PORTAL_DATA.

    PORTAL_DATA=var python -m benchmarks.pages

Prints for each page: status, SQL statements, CPU milliseconds per request (mean of 50 requests in
this process, after one to warm up), kilobytes of HTML plain and compressed.
"""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient

from portal import create_app
from portal.extensions import db
from tests.statements import counted_statements

REQUESTS = 50
LISTS = (
    "/",
    "/lists/opportunity",
    "/lists/opportunity?state=open&state=standing&district=dongpo",
    "/lists/opportunity?q=储能",
    "/enterprises",
    "/enterprises?title=high_tech&district=dongpo",
    "/titles/high_tech",
    "/search?q=储能",
    "/plan/targets",
)
DETAILS = {"/lists/opportunity": r"/entries/[^\"]+", "/enterprises": r"/enterprises/[0-9A-Z]{18}"}


def paths(client: FlaskClient) -> Iterator[str]:
    """Yield the pages to measure: the lists, and the first record each of them leads to."""
    yield from LISTS
    for path, pattern in DETAILS.items():
        found = re.search(pattern, client.get(path).get_data(as_text=True))
        if found:
            yield found.group()


def measure(app: Flask, client: FlaskClient, path: str) -> str:
    """Return one line of figures for a page."""
    response = client.get(path)
    body = response.get_data()
    with app.app_context(), counted_statements() as sent:
        client.get(path)
    before = time.process_time()
    for _ in range(REQUESTS):
        client.get(path)
    spent = (time.process_time() - before) / REQUESTS * 1000
    kilobytes, compressed = len(body) / 1024, len(gzip.compress(body)) / 1024
    return (
        f"{response.status_code}  {len(sent):3d} statements  {spent:6.2f} ms"
        f"  {kilobytes:6.1f} KB  {compressed:5.1f} KB gz  {path}"
    )


def main() -> None:
    """Measure every page."""
    app = create_app(TRUSTED_HOSTS=["localhost"], RATELIMIT_ENABLED=False)
    client = app.test_client()
    with app.app_context():
        db.engine.connect().close()
    for path in paths(client):
        print(measure(app, client, path))


if __name__ == "__main__":
    main()

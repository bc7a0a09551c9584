"""Every HTML page of the address table, as somebody who may open it: a new page is looked at as
soon as the access table names it.

The pages come from the portal in this process, with the rows of the access table; Chromium asks
it for everything, so that no server runs.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chrome
from playwright.sync_api import Page, Route
from werkzeug.routing import Rule

from portal.accounts.models import Person
from tests import test_access
from tests.access_table import TABLE
from tests.browser.conftest import Complaints
from tests.browser.test_pages import NARROW, WIDE, violations
from tests.browser_client import Browser

people, rows = test_access.people, test_access.rows  # the access table's own
ORIGIN = "http://localhost"
# Each page is judged by axe where it differs most; what sticks out is measured at both widths.
MODES: dict[str, tuple[dict[str, str], int | None]] = {
    "zh": ({}, WIDE),
    "en": ({"language": "en"}, NARROW),
    "elder": ({"display": "elder"}, None),
}


class Window:
    """A window of Chromium that asks the portal in this process in one person's name."""

    def __init__(self, chrome: Chrome, client: Browser, cookies: dict[str, str]) -> None:
        for name, value in cookies.items():
            client.client.set_cookie(name, value)
        self.client = client
        self.context = chrome.new_context(viewport={"width": WIDE, "height": 900})
        self.page = self.context.new_page()
        self.complaints = Complaints()
        self.complaints.listen(self.page)
        self.page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        """Let the portal answer what Chromium asks for."""
        with self.client.app.app_context():  # Playwright calls from a greenlet without one
            answer = self.client.client.get(route.request.url.removeprefix(ORIGIN))
            body = answer.get_data()
            answer.close()
        headers = {name: value for name, value in answer.headers if name != "Content-Length"}
        route.fulfill(status=answer.status_code, headers=headers, body=body)

    def faults(self, path: str, axe_at: int | None) -> list[str]:
        """Return what is wrong with a page at the widths it is looked at."""
        self.page.goto(ORIGIN + path)
        found = []
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": 900})
            if width == axe_at:
                found += [f"{width}: {said}" for said in violations(self.page)]
            found += sticking_out(self.page, width)
        found += self.complaints
        self.complaints.clear()
        return found


def sticking_out(page: Page, width: int) -> list[str]:
    """Return a word when a page is wider than its window."""
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    return [f"{width}: {wide} pixels wide"] if wide > width else []


def pages(app: Flask, rows: dict[str, object]) -> Iterator[tuple[int, str]]:
    """Yield (audience, address) of every address one may look at, the first audience that may."""
    letters = {row: each for each, lines in TABLE.items() for row in test_access.rows_of(lines)}
    adapter = app.url_map.bind("localhost")
    for row, rule, method in test_access.every_row(app):
        if method == "GET" and "o" in letters[row] and not is_asset(rule):
            path = adapter.build(rule.endpoint, test_access.arguments(rule, rows))
            yield letters[row].index("o"), path


def is_asset(rule: Rule) -> bool:
    return rule.endpoint == "static"


def is_page(client: Browser, path: str) -> bool:
    """Say whether an address answers with a page rather than a file or another address."""
    answer = client.ask(path)
    return answer.status_code == 200 and answer.mimetype == "text/html"


@pytest.mark.parametrize("mode", MODES)
def test_every_page_of_the_access_table_is_sound(
    app: Flask,
    people: dict[str, Person],
    rows: dict[str, object],
    chrome: Chrome,
    mode: str,
) -> None:
    cookies, axe_at = MODES[mode]
    clients = [Browser(app), *(Browser(app).sign_in(person) for person in people.values())]
    windows = [Window(chrome, client, cookies) for client in clients]
    found: dict[str, list[str]] = {}
    looked_at = 0
    try:
        for audience, path in pages(app, rows):
            if is_page(clients[audience], path):
                looked_at += 1
                found[path] = windows[audience].faults(path, axe_at)
    finally:
        for window in windows:
            window.context.close()
    assert looked_at > 100, "the rows lead to pages"
    assert {path: said for path, said in found.items() if said} == {}

"""Before its minute nothing of a release is at any public address, linked or guessed; at that
minute it is at all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal import clock
from portal.lists.actions.publication import publish_due, schedule
from portal.lists.models import Release
from portal.notices.queries import policies
from tests.browser_client import Browser
from tests.directory.texts import text_of
from tests.factories import make_person
from tests.lists.factories import (
    let_go_on,
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    sign_all,
    start_signing,
)
from tests.lists.step_factories import ask, make_curating, publish

SECRET = "尚未公开的储能条目"
NUMBER = "MS-JH-2026-01-001"
WORDS = ("尚未公开的储能", NUMBER, "保密联系科", "028-0000 9999", "未公开的依据")
PRIVATE = re.compile(r"^/(account|my|bureau|static|preferences)\b")
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"|<loc>[^<]*?//[^/]+(/[^<]*)</loc>')
GUESSES: dict[str, tuple[Any, ...]] = {
    "kind": ("opportunity",),
    "year": (2026,),
    "version": ("1.0", "1.1"),
    "form": ("csv", "xlsx", "json"),
    "key": ("need", "attachment", "scale"),
    "name": ("opportunity-2026", "catalogue"),
    "token": ("0" * 32,),
    "uscc": ("91511400MA0000015X",),
    "slug": ("high_tech", "gazelle"),
    "call_id": (1,),
    "notice_id": (1,),
}
FILES = {"basket": ("pdf", "xlsx", "txt"), "enterprises": ("csv", "xlsx")}
PICKING = ("published_list", "basket_file")
QUERIES = ("?q=尚未公开的储能条目", "?q=储能", f"?q={NUMBER}", "?year=2026", "?pick=" + NUMBER)


@pytest.fixture
def hidden(app: Flask) -> Release:
    """A release signed by all and due in an hour, beside one that is public."""
    make_published_release(year=2025)
    release = make_call()
    make_accepted(
        release,
        title=SECRET,
        summary="尚未公开的储能概要",
        office="保密联系科",
        landline="028-0000 9999",
        standing=True,
        closes_on=None,
    )
    start_signing(release)
    sign_all(release)
    let_go_on(release)
    schedule(make_curator(), release, release.version, clock.now() + timedelta(hours=1))
    return release


def guessed(app: Flask, release: Release) -> Iterator[str]:
    """Yield every address of the public's pages, files and feeds as somebody would guess it."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint.startswith(("directory.", "api.")):
            yield from addresses_of(app, rule, release)


def addresses_of(app: Flask, rule: Rule, release: Release) -> Iterator[str]:
    """Yield a rule's addresses with every combination of guesses for this release."""
    guesses = GUESSES | {
        "number": (1, 2) if "int:number" in rule.rule else (NUMBER,),
        "release_id": (release.id,),
        "slug": (policies()[0].slug,) if "polic" in rule.rule else GUESSES["slug"],
        "form": next((FILES[page] for page in FILES if page in rule.rule), GUESSES["form"]),
    }
    combinations: list[dict[str, Any]] = [{}]
    for name in rule.arguments:
        assert name in guesses, f"say what somebody would guess for {name} of {rule.rule}"
        combinations = [{**one, name: value} for one in combinations for value in guesses[name]]
    adapter = app.url_map.bind("localhost")
    for values in combinations:
        path = adapter.build(rule.endpoint, values, method="GET")
        yield path
        if not rule.arguments or rule.endpoint.endswith(PICKING) or rule.endpoint == "api.entries":
            yield from (path + query for query in QUERIES)


def crawled(browser: Browser, limit: int = 600) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of every page that can be reached by links from the home page."""
    seen, waiting = {"/"}, ["/"]
    while waiting and len(seen) <= limit:
        path = waiting.pop(0)
        text = fetched(browser, path)
        yield path, text
        for found in LINK.finditer(text):
            link = (found[1] or found[2]).replace("&amp;", "&")
            if link not in seen and not PRIVATE.match(link):
                seen.add(link)
                waiting.append(link)


def fetched(browser: Browser, path: str) -> str:
    """Return what stands at an address, whatever its status; never an error of the portal."""
    answer = browser.ask(path)
    assert answer.status_code < 500, path
    return text_of(answer.get_data())


def said_by(path: str, text: str, code: str) -> list[str]:
    """Return which secrets a text tells, leaving aside what the address itself repeats."""
    plain = re.sub(r"</?(?:b|mark|span)[^>]*>", "", text)
    return [word for word in (*WORDS, code) if word in plain and word not in path]


def test_nothing_of_it_is_at_any_linked_or_guessed_address(
    app: Flask, hidden: Release, visitor: Browser, reindex: Callable[[], None]
) -> None:
    reindex()
    code = str(hidden.check_code)
    checked = 0
    other = Browser(app).sign_in(make_person("other@example.com"))
    for browser in (visitor, other):
        for path in guessed(app, hidden):
            assert not said_by(path, fetched(browser, path), code), path
            checked += 1
    for path, text in crawled(visitor):
        assert not said_by(path, text, code), path
        checked += 1
    print(f"{checked} addresses, none tells of the release")
    assert checked > 200


def test_a_list_on_notice_is_on_the_page_of_its_notice_and_nowhere_else(
    app: Flask, visitor: Browser, reindex: Callable[[], None]
) -> None:
    make_published_release(year=2025)
    release = make_curating(titles=[SECRET], opinions=False)
    notice = publish(release)
    own, code = f"/notices/{notice.id}", notice.content_code
    addresses = list(guessed(app, release))
    reindex()
    assert SECRET in fetched(visitor, own)
    for path in (*addresses, *(path for path, _text in crawled(visitor))):
        text = fetched(visitor, path)
        assert not said_by(path, text, code) or path == own, path
    assert NUMBER not in fetched(visitor, own)


def test_a_list_other_bodies_are_asked_about_is_nowhere(
    app: Flask, visitor: Browser, reindex: Callable[[], None]
) -> None:
    release = make_curating(titles=[SECRET])
    found = ask(release)
    code = found.content_code
    addresses = [*guessed(app, release), f"/bureau/editions/opinions/{found.bodies[0].id}"]
    reindex()
    other = Browser(app).sign_in(make_person("other@example.com"))
    for browser in (visitor, other):
        for path in addresses:
            assert not said_by(path, fetched(browser, path), code), path


def test_at_its_minute_it_is_everywhere_at_once(
    app: Flask,
    hidden: Release,
    visitor: Browser,
    reindex: Callable[[], None],
    wait: Callable[..., None],
) -> None:
    reindex()
    wait(hours=2)
    assert publish_due() == 1
    assert publish_due() == 0
    for path in (
        "/lists/opportunity",
        "/lists/opportunity.csv",
        "/lists/opportunity.xlsx",
        "/lists/opportunity.json",
        "/lists/2026/opportunity",
        "/lists/2026/opportunity.csv",
        "/lists/2026/opportunity.xlsx",
        "/lists/2026/opportunity.json",
        "/lists/2026/opportunity/1/1.0.json",
        f"/entries/{NUMBER}",
        "/search?q=储能",
        f"/lists/basket?pick={NUMBER}",
        f"/lists/basket.txt?pick={NUMBER}",
        f"/lists/basket.xlsx?pick={NUMBER}",
        "/sitemap.xml",
    ):
        text = fetched(visitor, path)
        assert any(word in text for word in WORDS), path

"""Following a search over everything as an Atom feed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from defusedxml.ElementTree import fromstring

from tests.browser_client import Browser
from tests.classification.factories import make_enterprise
from tests.lists.factories import make_published_release, make_signed_release

ATOM = "{http://www.w3.org/2005/Atom}"
Reindex = Callable[[], None]
pytestmark = pytest.mark.usefixtures("every_engine")


@pytest.fixture
def city(reindex: Reindex) -> str:
    """An enterprise and a published entry that speak of storage; the enterprise's code."""
    enterprise = make_enterprise(1)
    make_published_release()
    make_signed_release(year=2027)
    reindex()
    return enterprise.uscc


def test_a_feed_names_the_hits_of_every_kind_and_nothing_that_is_not_public(
    visitor: Browser, city: str
) -> None:
    answer = visitor.ask("/search.atom?q=储能")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    root = fromstring(answer.get_data())
    ids = {one.findtext(f"{ATOM}id", "") for one in root.findall(f"{ATOM}entry")}
    assert ids == {
        f"http://localhost/enterprises/{city}",
        "http://localhost/entries/MS-JH-2026-01-001",
        "http://localhost/policies/plan-2022-17",
    }


def test_a_feed_is_narrowed_like_the_page(visitor: Browser, city: str) -> None:
    root = fromstring(visitor.ask("/search.atom?q=储能&kind=enterprise").get_data())
    assert len(root.findall(f"{ATOM}entry")) == 1
    none = fromstring(visitor.ask("/search.atom?q=储能&district=renshou").get_data())
    assert none.findall(f"{ATOM}entry") == []


@pytest.mark.parametrize(
    "query",
    ["", "?q=", "?q=储能&district=nowhere", "?q=储能&kind=nothing", "?q=!!!", f"?q={'储' * 300}"],
)
def test_an_address_that_asks_for_nothing_says_why(visitor: Browser, city: str, query: str) -> None:
    visitor.get(f"/search.atom{query}", status=400)


def test_without_an_index_a_feed_waits(visitor: Browser) -> None:
    visitor.get("/search.atom?q=储能", status=503)
    assert int(visitor.response.headers["Retry-After"]) > 0


def test_the_page_of_a_search_leads_to_its_feed_and_alert(visitor: Browser, city: str) -> None:
    page = visitor.get("/search?q=储能&kind=enterprise")
    assert page.link("订阅更新（Atom）").startswith("/search.atom?")
    assert page.link("邮件提醒").startswith("/alerts/new?of=")

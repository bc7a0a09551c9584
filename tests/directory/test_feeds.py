"""Following a list: its Atom feed and the calendar of its deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from portal.directory.views.feeds import LINE, folded
from portal.lists.actions import errata
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish
from portal.lists.models import Entry, Release
from portal.lists.terms.kinds import Kind
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

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def release() -> Release:
    """A published list: two that close, one standing."""
    release = make_call()
    make_accepted(release, title="储能<场景> & 充电", closes_on=date(2026, 12, 31))
    make_accepted(release, title="洪雅,文旅;数字", closes_on=date(2026, 11, 22))
    make_accepted(release, title="全市屋顶光伏", standing=True, closes_on=None)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    return release


def feed(visitor: Browser, query: str = "") -> Element:
    """Return the feed, which must be well-formed and have what every Atom feed has."""
    answer = visitor.ask(f"/lists/opportunity.atom{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    root: Element = fromstring(answer.get_data())
    for one in [root, *root.findall(f"{ATOM}entry")]:
        for needed in ("id", "title", "updated", "author/{0}name", "link"):
            assert one.find(ATOM + needed.format(ATOM)) is not None, needed
    return root


def titles(root: Element) -> list[str]:
    return [one.findtext(f"{ATOM}title", "") for one in root.findall(f"{ATOM}entry")]


def calendar(visitor: Browser, query: str = "") -> list[str]:
    """Return the unfolded lines of the calendar, none of which may be too long as sent."""
    answer = visitor.ask(f"/lists/opportunity.ics{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    text = answer.get_data()
    assert all(len(line) <= LINE for line in text.split(b"\r\n"))
    assert text.count(b"\n") == text.count(b"\r\n")
    return text.decode().replace("\r\n ", "").split("\r\n")


def withdraw(release: Release, entry: Entry | None) -> None:
    erratum = errata.propose_withdrawal(make_curator(), release, entry, "项目取消")
    issue(make_curator("second"), erratum, erratum.version)


def test_a_feed_holds_exactly_what_is_filtered(visitor: Browser, release: Release) -> None:
    assert titles(feed(visitor)) == ["全市屋顶光伏", "洪雅,文旅;数字", "储能<场景> & 充电"]
    assert titles(feed(visitor, "?state=standing")) == ["全市屋顶光伏"]
    assert titles(feed(visitor, "?publisher=enterprise")) == []
    visitor.get("/lists/opportunity.atom?state=unheard-of", status=400)


def test_a_withdrawal_is_the_newest_step_and_says_why(
    visitor: Browser, release: Release, wait: Callable[..., None]
) -> None:
    before = feed(visitor).findtext(f"{ATOM}updated", "")
    wait(days=1)
    withdraw(release, release.entries[0])
    root = feed(visitor)
    after = root.findtext(f"{ATOM}updated", "")
    assert titles(root)[0] == "已撤回：储能<场景> & 充电"
    assert root.findtext(f"{ATOM}entry/{ATOM}summary") == "项目取消"
    assert (before[:10], after[:10]) == ("2026-11-22", "2026-11-23")


def test_a_list_taken_back_as_a_whole_is_told_to_those_who_follow(
    visitor: Browser, release: Release
) -> None:
    withdraw(release, None)
    assert [title[:4] for title in titles(feed(visitor))] == ["已撤回："] * 3


def test_a_calendar_has_a_whole_day_for_each_that_closes(
    visitor: Browser, release: Release, wait: Callable[..., None]
) -> None:
    lines = calendar(visitor)
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    days = [line for line in lines if line.startswith(("DTSTART", "DTEND"))]
    assert days[:2] == ["DTSTART;VALUE=DATE:20261122", "DTEND;VALUE=DATE:20261123"]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "SUMMARY:截止：洪雅\\,文旅\\;数字" in lines
    wait(days=1)
    assert calendar(visitor).count("BEGIN:VEVENT") == 1
    assert calendar(visitor, "?state=standing").count("BEGIN:VEVENT") == 0
    visitor.get("/lists/case.ics", status=404)


def test_long_lines_are_folded_between_characters() -> None:
    text = "SUMMARY:" + "储能" * 60
    pieces = folded(text).split("\r\n")
    assert max(len(piece.encode()) for piece in pieces) in range(LINE - 3, LINE + 1)
    assert folded(text).replace("\r\n ", "") == text
    assert folded("A" * LINE) == "A" * LINE
    assert folded("A" * (LINE + 1)) == "A" * LINE + "\r\n A"


def test_every_list_names_its_feed_with_the_same_query(visitor: Browser, release: Release) -> None:
    page = visitor.get("/lists/opportunity?state=open&page=1")
    links = {one.get("type"): one.get("href") for one in page.all("link", rel="alternate")}
    assert links == {
        "application/atom+xml": "/lists/opportunity.atom?state=open",
        "text/calendar": "/lists/opportunity.ics?state=open",
    }
    assert len(visitor.get("/lists/case").all("link", rel="alternate")) == 1


def test_nothing_unpublished_is_followed(visitor: Browser) -> None:
    make_published_release(Kind.SUPPLY)
    make_signed_release()
    assert titles(feed(visitor)) == []
    assert "BEGIN:VEVENT" not in calendar(visitor)

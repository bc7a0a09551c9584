"""What is not published is nowhere: no page, count, file, facet, search or sitemap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal import clock
from portal.lists.actions.publication import publish_due, schedule
from portal.lists.models import Release
from portal.lists.queries.editions import public_release_ids
from tests.browser_client import Browser
from tests.lists.factories import (
    let_go_on,
    make_accepted,
    make_call,
    make_curator,
    make_draft,
    make_entry,
    make_published_release,
    make_signed_release,
)
from tests.lists.step_factories import ask, make_curating, publish

SECRET = "尚未公开的储能条目"
NUMBER = "MS-JH-2026-01-001"
PLACES = (
    "/",
    "/lists/opportunity",
    "/lists/opportunity?q=储能",
    "/lists/opportunity?year=2025",
    "/lists/opportunity.csv",
    "/search?q=储能",
    "/search?q=尚未公开的储能条目",
    "/search?q=公交场站",
    "/site-map",
    "/sitemap.xml",
    "/titles",
    "/enterprises",
)


def drafted() -> None:
    make_draft(make_call(), title=SECRET)


def submitted() -> None:
    make_entry(make_call(), title=SECRET)


def accepted() -> None:
    make_accepted(make_call(), title=SECRET)


def signed() -> None:
    make_signed_release()


def scheduled() -> None:
    release: Release = make_signed_release()
    let_go_on(release)
    at = clock.now() + timedelta(hours=1)
    schedule(make_curator(), release, release.version, at)


def asked_about() -> None:
    ask(make_curating(titles=[SECRET]))


def on_notice() -> None:
    publish(make_curating(titles=[SECRET], opinions=False))


@pytest.mark.parametrize(
    "state", [drafted, submitted, accepted, signed, scheduled, asked_about, on_notice]
)
def test_nothing_unpublished_is_anywhere(
    visitor: Browser, reindex: Callable[[], None], state: Callable[[], None]
) -> None:
    make_published_release(year=2025)
    state()
    reindex()
    for path in PLACES:
        visitor.get(path)
        text = visitor.response.get_data(as_text=True)
        assert SECRET not in text.replace("尚未公开的储能条目</b>", "") or "q=" in path, path
        assert NUMBER not in text, path
    visitor.get(f"/entries/{NUMBER}", status=404)
    visitor.get("/lists/2026/opportunity", status=404)
    visitor.get("/lists/2026/opportunity.csv", status=404)
    assert "未采用：year=2026" in visitor.get("/lists/opportunity?year=2026").main
    assert "共1项" in visitor.get("/lists/opportunity?q=公交场站").main.replace(" ", "")
    assert "共1项" in visitor.get("/search?q=公交场站").main.replace(" ", "")


def test_a_scheduled_release_is_found_the_moment_it_is_published(
    visitor: Browser, reindex: Callable[[], None], wait: Callable[..., None]
) -> None:
    scheduled()
    reindex()
    assert "共0项" in visitor.get("/search?q=公交场站").main.replace(" ", "")
    wait(hours=2)
    assert publish_due() == 1
    assert "共1项" in visitor.get("/search?q=公交场站").main.replace(" ", "")
    assert len(public_release_ids()) == 1

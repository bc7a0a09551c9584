"""Pages send as many statements for fifty rows as for five."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.browser_client import Browser
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.lists.factories import make_published_release
from tests.statements import counted_statements

PATHS = (
    "/",
    "/lists/opportunity",
    "/lists/opportunity?q=公交场站&district=dongpo",
    "/lists/2026/opportunity",
    "/lists/opportunity/years",
    "/lists/opportunity.csv",
    "/entries/MS-JH-2026-01-001",
    "/enterprises",
    "/enterprises?title=high_tech",
    "/titles/high_tech",
    "/search?q=储能",
    "/sitemap.xml",
    "/policies",
    "/plan/targets",
)


def fill(first: int, last: int) -> None:
    """Add enterprises with titles, numbered from `first` to `last`."""
    officer = make_recogniser(mail=f"titles-{first}@portal.example")
    for serial in range(first, last + 1):
        enterprise = make_enterprise(serial, name=f"四川岷江储能科技第{serial}有限公司")
        record_title_for(enterprise, officer, number=f"GR2024510{serial:05d}")


def statements(visitor: Browser) -> dict[str, int]:
    """Return how many statements each page sends."""
    found = {}
    for path in PATHS:
        with counted_statements() as sent:
            visitor.get(path)
        found[path] = len(sent)
    return found


@pytest.mark.usefixtures("app")
def test_statements_do_not_grow_with_rows(
    app: Flask, visitor: Browser, reindex: Callable[[], None]
) -> None:
    fill(1, 3)
    make_published_release(entries=5, year=2025)  # what an edition is compared with
    make_published_release(entries=5)
    reindex()
    few = statements(visitor)
    fill(4, 25)
    make_published_release(entries=45, year=2024)
    reindex()
    many = statements(visitor)
    assert {path: n for path, n in many.items() if n > few[path]} == {}
    assert max(few.values()) <= 25, few

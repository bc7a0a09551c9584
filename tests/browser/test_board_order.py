"""The order of a list's entries, by dragging their rows on the curation board."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.people import sign_in


def board(page: Page) -> Locator:
    """Open the board of a release that is being curated and return its rows that have a place."""
    page.goto("/bureau/editions")
    edition = page.locator("tr", has_text="2026年度").filter(has_text="机会清单")
    edition.get_by_role("link", name="第2批").click()
    return page.locator("[data-order] tr", has=page.locator("input[name^='place_']"))


def titles(rows: Locator) -> list[str]:
    """Return the titles of the rows from top to bottom."""
    return rows.locator("th a").all_inner_texts()


def test_a_dragged_row_takes_its_place_once_the_order_is_saved(open_browser: Open) -> None:
    curator = sign_in(open_browser(), "curator@portal.example")
    rows = board(curator)
    before = titles(rows)
    assert len(before) > 1
    last = len(before) - 1
    rows.nth(last).locator("th").drag_to(rows.nth(0), target_position={"x": 200, "y": 3})
    wanted = [before[last], *before[:last]]
    assert titles(rows) == wanted
    curator.get_by_role("button", name="保存次序").click()
    expect(curator.locator("h1")).to_be_visible()
    assert titles(rows) == wanted, "the order is as dragged after saving"
    assert titles(board(curator)) == wanted, "and after opening the board again"

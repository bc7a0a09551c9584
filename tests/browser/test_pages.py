"""Every page, however shown, wide and narrow: nobody is kept out and nothing sticks out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal.enterprises.terms.record import Step
from tests.browser.conftest import Open
from tests.browser.people import sign_in

PUBLIC = (
    "/",
    "/lists/opportunity",
    "/lists/supply?page=2",
    "/lists/2022/opportunity",
    "/lists/2025/case",
    "/enterprises",
    "/titles",
    "/titles/check?number=2024-01",
    "/search?q=储能",
    "/search?q=没有这样的词",
    "/policies",
    "/plan/targets",
    "/accessibility",
    "/privacy",
    "/about",
    "/contact",
    "/site-map",
    "/kit",
    "/nowhere",
    "/account/sign-in",
    "/account/sign-up",
    "/account/reset",
)
LED_TO: tuple[tuple[str, str], ...] = (  # address → links of it that are followed, once each
    (r"/lists/opportunity", 'main a[href^="/entries/"]'),
    (r"/enterprises", 'main a[href^="/enterprises/"]'),
    (r"/titles", 'main a[href^="/titles/"]'),
    (r"/policies", 'main a[href^="/policies/"]'),
    (r"/my/", 'main a[href^="/my/enterprises/"]:not([href$="new"])'),
    *((r"/my/enterprises/\d+", f'main a[href$="/steps/{step}"]') for step in Step),
    (r"/my/enterprises/\d+", 'main a[href$="/check"]'),
    (r"/my/enterprises/\d+", 'main a[href$="/trail"]'),
    (r"/my/enterprises/\d+", 'main a[href$="/titles"]'),
    (r"/my/entries", 'main a[href^="/my/entries/calls/"]'),
    (r"/my/entries", 'main a[href^="/my/entries/"]:not([href*="calls"])'),
    (r"/my/entries/\d+", 'main a[href*="/sections/"]'),
    (r"/bureau/worklist", 'main table a[href^="/bureau/"]'),
    (r"/bureau/titles/", 'main a[href^="/bureau/titles/"]:not([href$="find-enterprise"])'),
    (r"/bureau/titles/\d+", 'main a[href$="/correct"]'),
    (r"/bureau/titles/find-enterprise.*", 'main .row-list a[href$="/record"]'),
    (r"/bureau/editions", 'main a[href*="/releases/"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href*="/entries/"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href$="/review-sheet"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href$="/proof"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href$="/documents"]'),
    (r"/bureau/editions/entries/\d+", 'main a[href$="/wording"]'),
    (r"/bureau/editions/entries/\d+", 'main a[href$="/ties"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href$="/publication"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href$="/reopening"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href$="/signing"]'),
    (r"/bureau/editions/releases/\d+", 'main a[href$="/paper"]'),
)
SIGNED_IN = {
    "owner@portal.example": ("/my/", "/my/entries", "/my/enterprises/new"),
    "registrar@portal.example": ("/my/",),
    "reviewer@portal.example": ("/bureau/worklist", "/bureau/enterprises"),
    "curator@portal.example": ("/bureau/editions", "/bureau/editions/new", "/my/entries"),
    "industry-signer@portal.example": ("/bureau/worklist",),
    "science-recogniser@portal.example": (
        "/bureau/titles/",
        "/bureau/titles/find-enterprise?q=示例",
    ),
}
WIDE, NARROW = 1440, 390
MODES: dict[str, dict[str, str]] = {
    "zh": {},
    "en": {"language": "en"},
    "elder": {"display": "elder"},
    "contrast": {"contrast": "high"},
}
# Chinese is looked at in both widths; the rest where it differs: long words and large text crowd
# a narrow page, more colours meet on a wide one. What sticks out is measured everywhere.
LOOKED_AT = {"zh": {WIDE, NARROW}, "en": {NARROW}, "elder": {NARROW}, "contrast": {WIDE}}
RULES: dict[str, Any] = {"resultTypes": ["violations"]}


def faults(page: Page, mode: str) -> list[str]:
    """Return what axe finds in the page, and what sticks out at either width."""
    found = []
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if width in LOOKED_AT[mode]:
            found += [f"{width}: {said}" for said in violations(page)]
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{width}: {wide} pixels wide")
    return found


def violations(page: Page) -> list[str]:
    """Return axe's rule and the first element that breaks it."""
    results = Axe().run(page, options=RULES)
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in results.response["violations"]
    ]


def visit(page: Page, paths: tuple[str, ...], mode: str) -> dict[str, list[str]]:
    """Return the faults of these pages and of the pages they lead to."""
    found: dict[str, list[str]] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.goto(path)
        waiting += further(page, path)
        found[path] = faults(page, mode)
    return {path: said for path, said in found.items() if said}


def further(page: Page, path: str) -> list[str]:
    """Return the first address of each kind that a page leads to."""
    kinds = [selector for pattern, selector in LED_TO if re.fullmatch(pattern, path)]
    links = [page.locator(selector).first for selector in kinds if page.locator(selector).count()]
    return [str(link.get_attribute("href")) for link in links]


@pytest.mark.parametrize("mode", MODES)
def test_every_public_page_is_open_to_everybody(open_browser: Open, mode: str) -> None:
    assert visit(open_browser(**MODES[mode]), PUBLIC, mode) == {}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("mail", SIGNED_IN)
def test_every_page_of_those_signed_in_is_open_to_everybody(
    open_browser: Open, mail: str, mode: str
) -> None:
    page = sign_in(open_browser(), mail)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": page.url} for name, value in MODES[mode].items()]
    )
    assert visit(page, SIGNED_IN[mail], mode) == {}

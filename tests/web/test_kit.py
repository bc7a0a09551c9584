"""Every component is drawn on the kit page, in both languages and all modes, and holds."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from config import ROOT
from tests.page import Page, check_page

COMPONENTS = ROOT / "templates" / "components"
ELSEWHERE = {
    # drawn by portal/web/frame.py
    *("site_head", "skip_link", "site_bar", "sign_in", "masthead"),
    *("help_line", "flashes", "site_foot"),
    *("hero_picture", "search_box"),  # one per page: the home page and the search page
}
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script>", re.IGNORECASE)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("display", ["standard", "elder"])
def test_the_kit_holds(client: FlaskClient, language: str, display: str) -> None:
    client.set_cookie("language", language)
    client.set_cookie("display", display)
    response = client.get("/kit")
    assert response.status_code == 200
    check_page(response.text, "/kit")


def test_english_pages_speak_english(client: FlaskClient) -> None:
    client.set_cookie("language", "en")
    page = Page(client.get("/kit").text)
    assert page.errors[1] == "Enter the number of R&D staff"
    assert "2 things to correct" in page.main
    assert "1 chosen" in page.main


def test_every_component_is_used_by_a_page() -> None:
    drawn = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")
    )
    unused = {
        path.stem for path in COMPONENTS.glob("*.html") if f'"components/{path.name}"' not in drawn
    }
    assert unused <= ELSEWHERE


def test_the_footer_has_what_government_sites_must_show(client: FlaskClient) -> None:
    page = Page(client.get("/kit").text)
    assert page.one("meta", name="SiteIDCode").get("content") == "5114000000"
    for words in ("主办单位：眉山市经济合作局、眉山市经济和信息化局", "网站标识码：5114000000",
                  "蜀ICP备", "川公网安备", "党政机关", "政府网站找错"):  # fmt: skip
        assert words in page.text


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_no_template_has_inline_style_or_script(path: object) -> None:
    assert not INLINE.search(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]

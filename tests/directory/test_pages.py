"""Policies, statements and what machines read; what holds for every public page."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.browser_client import Browser
from tests.classification.factories import make_enterprise
from tests.lists.factories import make_published_release

FIXED = (
    "/",
    "/lists/opportunity",
    "/lists/supply",
    "/lists/case",
    "/enterprises",
    "/titles",
    "/titles/high_tech",
    "/search",
    "/search?q=储能",
    "/policies",
    "/policies/plan-2022-17",
    "/plan/targets",
    "/accessibility",
    "/privacy",
    "/about",
    "/contact",
    "/site-map",
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", FIXED)
def test_every_page_is_whole_in_both_languages_and_sets_no_cookie(
    visitor: Browser, path: str, language: str
) -> None:
    visitor.client.set_cookie("language", language)
    page = visitor.get(path)
    assert page.heading
    assert "Set-Cookie" not in visitor.response.headers
    assert "csrf_token" not in page.html


def test_records_too_set_no_cookie(visitor: Browser) -> None:
    enterprise = make_enterprise(1)
    make_published_release()
    for path in (
        f"/enterprises/{enterprise.uscc}",
        "/entries/MS-JH-2026-01-001",
        "/lists/2026/opportunity",
        "/lists/opportunity.csv",
        "/enterprises.csv",
        "/sitemap.xml",
    ):
        visitor.get(path)
        assert "Set-Cookie" not in visitor.response.headers, path


def test_a_policy_shows_the_metadata_of_government_pages(visitor: Browser) -> None:
    page = visitor.get("/policies/plan-2022-17")
    for words in ("索引号", "眉府办发〔2022〕17号", "发布机构", "有效", "公开日期"):
        assert words in page.main
    assert "高新技术企业达到180户以上" in page.main
    assert "实施方案" in page.one("meta", name="ArticleTitle").get("content", "")
    assert page.link("发布机构网站上的原文").startswith("https://")


def test_policies_are_listed_by_kind(visitor: Browser) -> None:
    assert "实施方案" in visitor.get("/policies?kind=policy").main
    assert "尚未发布此类内容" in visitor.get("/policies?kind=notice").main


def test_machines_are_told_where_the_public_pages_are(visitor: Browser) -> None:
    enterprise = make_enterprise(1)
    make_published_release()
    visitor.get("/robots.txt")
    robots = visitor.response.get_data(as_text=True)
    assert "Disallow: /bureau" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    visitor.get("/sitemap.xml")
    tree = ElementTree.fromstring(visitor.response.get_data())
    addresses = {element.text for element in tree.iter() if element.tag.endswith("loc")}
    assert "http://localhost/entries/MS-JH-2026-01-001" in addresses
    assert f"http://localhost/enterprises/{enterprise.uscc}" in addresses

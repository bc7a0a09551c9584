"""Addresses nobody should send: a clear page each, never an error of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser_client import Browser
from tests.lists.factories import make_published_release

LONG = "储" * 10_000


TABLE = (
    ("/lists/opportunity?district=atlantis", 200),
    ("/lists/opportunity?field=smart-economy&field=x", 200),
    ("/lists/opportunity?state=%27%20OR%201%3D1", 200),
    ("/lists/opportunity?sort=random", 200),
    ("/lists/opportunity?page=-1", 200),
    ("/lists/opportunity?page=1000000000", 200),
    ("/lists/opportunity?page=x", 200),
    ("/lists/opportunity?page=50", 200),
    ("/lists/opportunity?q=%00", 400),
    ("/lists/opportunity?q=%ff%fe", 400),
    (f"/lists/opportunity?q={LONG}", 400),
    ("/lists/opportunity?q=%25%5F%27%22%3B--", 200),
    ("/lists/opportunity?unknown=1", 200),
    ("/lists/opportunity?sort=relevance", 200),
    ("/lists/opportunity?district=", 200),
    ("/lists/nonsense", 404),
    ("/lists/9999999999999999999/opportunity", 404),
    ("/lists/2031/opportunity", 404),
    ("/entries/%00", 400),
    ("/entries/x", 404),
    ("/enterprises?title=emperor", 200),
    ("/enterprises?page=0", 200),
    ("/enterprises/91511402MA00000019", 404),
    ("/enterprises/1", 404),
    ("/titles/emperor", 404),
    ("/titles/high_tech?on=2026-13-99", 400),
    ("/titles/high_tech?on=yesterday", 400),
    ("/titles/high_tech?on=0001-01-01", 200),
    ("/titles/high_tech?page=51", 404),
    ("/policies?kind=secret", 404),
    ("/policies/unknown", 404),
    ("/search?q=a&kind=person", 200),
    (f"/search?q={LONG}", 400),
    ("/search?q=%00", 400),
    ("/search?q=%F0%9F%8E%8B", 200),
    ("/search?q=((((", 200),
    ("/search?q=*&page=50", 200),
    ("/search?q=a&page=99999999999", 200),
    ("/search?q=<script>alert(1)</script>", 200),
    ("/search?q=a&district=<script>alert(1)</script>", 200),
    ("/search?q=%22%22%22-%22名称:-", 200),
    ("/search?q=a&" + "&".join(f"district=x{n}" for n in range(3000)), 200),
    ("/lists/opportunity.csv?district=atlantis", 400),
    ("/lists/opportunity.json?sort=random", 400),
    ("/lists/opportunity.atom?district=atlantis", 400),
    ("/lists/opportunity.ics?page=x", 400),
    ("/enterprises.csv?title=emperor", 400),
)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/lists/opportunity?district=atlantis", "未采用：district=atlantis"),
        ("/search?q=储能&district=atlantis&sort=up&page=-1", "未采用：district=atlantis; sort=up"),
        ("/search?q=储能&kind=person", "未采用：kind=person"),
        ("/lists/opportunity?title=gazelle&from=timeline", "未采用：title=gazelle"),
        ("/lists/opportunity?page=51", "最多可翻到第50页"),
        ("/search?q=储能&page=1000000000", "最多可翻到第50页"),
    ],
)
def test_what_is_left_out_is_said(
    visitor: Browser, reindex: Callable[[], None], path: str, said: str
) -> None:
    make_published_release()
    reindex()
    page = visitor.get(path)
    assert said in page.main
    assert "公交场站储能应用场景之1" in page.main


def test_what_was_added_on_the_way_is_no_filter(visitor: Browser) -> None:
    make_published_release()
    assert "未采用" not in visitor.get("/lists/opportunity?from=timeline&isappinstalled=0").main


def test_a_file_of_what_there_is_not_says_why(visitor: Browser) -> None:
    page = visitor.get("/lists/opportunity.csv?district=atlantis", status=400)
    assert "district=atlantis" in page.main


@pytest.mark.parametrize("with_index", [True, False])
def test_what_nobody_should_ask_gets_a_clear_answer(
    visitor: Browser, reindex: Callable[[], None], with_index: bool
) -> None:
    make_published_release()
    if with_index:
        reindex()
    for path, status in TABLE:
        page = visitor.get(path, status=status)
        assert "<script>alert" not in page.html, path

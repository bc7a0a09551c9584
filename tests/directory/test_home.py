"""The home page: counts that open to their rows, targets in the words of the plan."""

from __future__ import annotations

from tests.browser_client import Browser
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.lists.factories import make_published_release


def test_the_home_page_of_an_empty_portal_reads_well(visitor: Browser) -> None:
    page = visitor.get("/")
    assert page.heading == "看机会、找供给、报案例"
    assert "尚未发布" in page.main
    assert "目前没有正在征集的机会" in page.main
    assert "含示例" not in page.main


def test_the_doors_count_what_is_published(visitor: Browser) -> None:
    make_published_release(entries=2)
    page = visitor.get("/")
    assert "机会清单2项" in page.main.replace(" ", "")
    assert "其中2项正在征集" in page.main
    assert page.link("公交场站储能应用场景之1") == "/entries/MS-JH-2026-01-001"


def test_every_number_opens_to_as_many_rows(visitor: Browser) -> None:
    make_published_release(entries=2)
    record_title_for(make_enterprise(1), make_recogniser())
    page = visitor.get("/")
    tiles = {
        "".join(tile.find("span").itertext()): (  # type: ignore[union-attr]
            "".join(tile.find("b").itertext()),  # type: ignore[union-attr]
            tile.get("href", ""),
        )
        for tile in page.one("nav", class_="tile-map").iter("a")
    }
    number, address = tiles["东坡区"]
    assert number == "2"
    assert "共2项" in visitor.get(address).main.replace(" ", "")
    counters = [a for a in page.all("a", class_="num") if "高新技术企业" in "".join(a.itertext())]
    assert "".join(counters[0].itertext()).startswith("1")
    assert "共1项" in visitor.get(counters[0].get("href", "")).main.replace(" ", "")


def test_targets_without_an_approved_value_are_said_to_await_approval(visitor: Browser) -> None:
    page = visitor.get("/")
    assert "新经济企业待核准/超500家" in page.main.replace(" ", "")
    assert "方案全部38项目标" in page.main
    assert "180户以上" in page.main
    assert not page.all("line", class_="goal")


def test_all_targets_stand_with_the_words_and_bodies_of_the_plan(visitor: Browser) -> None:
    page = visitor.get("/plan/targets")
    assert len(page.all("tr")) == 39
    assert "高新技术企业达到180户以上" in page.main
    assert "市科技局" in page.main


def test_the_home_page_speaks_english(visitor: Browser) -> None:
    visitor.client.set_cookie("language", "en")
    page = visitor.get("/")
    assert page.heading == "Find opportunities, supply and cases"
    assert "Awaiting approval" in page.main

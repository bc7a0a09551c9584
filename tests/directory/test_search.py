"""Search over everything public."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.database import action
from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise
from tests.factories import make_person, make_submitted, make_uscc
from tests.lists.factories import make_published_release, make_signed_release

Reindex = Callable[[], None]
pytestmark = pytest.mark.usefixtures("every_engine")


@pytest.fixture
def city(reindex: Reindex) -> str:
    """An enterprise and a published entry that both speak of storage; the enterprise's code."""
    enterprise = make_enterprise(1)
    make_published_release()
    reindex()
    return enterprise.uscc


@action
def change(uscc: str, **values: str) -> None:
    """Change a record, of which the index hears nothing."""
    enterprise = db.session.scalars(select(Enterprise).where(Enterprise.uscc == uscc)).one()
    for name, value in values.items():
        setattr(enterprise, name, value)


def test_hits_of_all_kinds_are_counted_by_kind_and_marked(visitor: Browser, city: str) -> None:
    page = visitor.get("/search?q=储能")
    assert "四川岷江储能科技有限公司" in page.main
    assert "公交场站储能应用场景之1" in page.main
    assert {"".join(mark.itertext()) for mark in page.all("mark")} == {"储能"}
    other = visitor.get("/search?q=岷江 示例")  # the same row, drawn before
    assert "四川<mark>岷江</mark>储能科技有限公司" in other.html
    tabs = ["".join(a.itertext()) for a in page.one("nav", class_="tabs").iter("a")]
    assert {"机会清单（1）", "供给清单（0）"} <= set(tabs)
    only = visitor.get("/search?q=储能&kind=enterprise")
    assert "公交场站" not in only.main


def test_a_page_asked_for_again_shows_what_has_changed_since(visitor: Browser, city: str) -> None:
    before = visitor.get("/search?q=储能")
    assert visitor.get("/search?q=储能").main == before.main

    change(city, name="四川新名储能有限公司")
    page = visitor.get("/search?q=储能")
    assert "四川新名储能有限公司" in page.main
    assert "四川岷江储能科技" not in page.main

    change(city, state="stale")
    assert "信息过期" in visitor.get("/search?q=储能").main
    change(city, state="removed")
    assert "四川新名储能有限公司" not in visitor.get("/search?q=储能").main


def test_a_whole_number_or_code_leads_to_its_page(visitor: Browser, city: str) -> None:
    for text, address in (
        ("ms-jh-2026-01-001", "/entries/MS-JH-2026-01-001"),
        (city.lower(), f"/enterprises/{city}"),
        (f" {city} ", f"/enterprises/{city}"),
    ):
        answer = visitor.client.get("/search", query_string={"q": text})
        assert (answer.status_code, answer.headers["Location"]) == (302, address)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("MS—JH—2026—01—001", "/entries/MS-JH-2026-01-001"),
        ("MSJH202601001", "/entries/MS-JH-2026-01-001"),
        ("jh-2026-01-001", "/entries/MS-JH-2026-01-001"),
        ("眉府办发〔2022〕17号", "/policies/plan-2022-17"),
        ("眉府办发(2022)17号", "/policies/plan-2022-17"),
        ("眉府办发２０２２", "/policies/plan-2022-17"),
    ],
)
def test_a_number_in_any_spelling_or_as_far_as_it_is_the_only_one_leads_to_its_record(
    visitor: Browser, city: str, text: str, address: str
) -> None:
    answer = visitor.client.get("/search", query_string={"q": text})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)


def test_what_several_numbers_begin_with_is_a_list(
    visitor: Browser, city: str, reindex: Reindex
) -> None:
    make_enterprise(2)
    reindex()
    assert visitor.client.get(f"/search?q={city[:8]}").status_code == 200


def test_a_number_asked_for_with_anything_else_stays_a_list(visitor: Browser, city: str) -> None:
    for more in ("&kind=policy", "&district=nowhere"):
        assert visitor.client.get(f"/search?q=眉府办发2022{more}").status_code == 200


def test_a_number_or_code_that_is_not_public_leads_nowhere(visitor: Browser) -> None:
    make_signed_release()
    make_submitted(make_person(), uscc=make_uscc(5))
    for text in ("MS-JH-2026-01-001", make_uscc(5)):
        assert visitor.client.get("/search", query_string={"q": text}).status_code == 200


def test_near_matches_stand_apart_and_uncounted(visitor: Browser, city: str) -> None:
    page = visitor.get("/search?q=四川珉江储能科技")
    assert "近似结果" in page.main
    assert "共0项" in page.main.replace(" ", "")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/enterprises?q=四川珉江储能科技", "四川岷江储能科技有限公司"),
        ("/lists/opportunity?q=公交场占储能应用", "公交场站储能应用场景之1"),
    ],
)
def test_near_matches_stand_below_the_lists_too(
    visitor: Browser, city: str, address: str, name: str
) -> None:
    page = visitor.get(address)
    assert "近似结果" in page.main
    assert name in page.main
    assert "共0项" in page.main.replace(" ", "")


def test_nothing_found_says_what_to_try(visitor: Browser, city: str) -> None:
    assert "没有找到" in visitor.get("/search?q=zzzzqqqq").main
    assert "请输入名称" in visitor.get("/search").main


def test_a_list_that_holds_nothing_of_a_text_says_where_else_to_go(
    visitor: Browser, city: str
) -> None:
    page = visitor.get("/enterprises?q=龘靐")
    assert page.link("告诉我们您的需求").startswith("/search/need?q=")
    assert page.link("搜索全部").startswith("/search?q=")


def test_without_an_index_names_and_numbers_are_looked_up(visitor: Browser) -> None:
    make_enterprise(1)
    make_published_release()
    page = visitor.get("/search?q=储能")
    assert "全文检索正在更新" in page.main
    assert "四川岷江储能科技有限公司" in page.main
    assert "公交场站" in page.main
    assert "公交场站" not in visitor.get("/search?q=储能&kind=enterprise").main
    assert "公交场站" in visitor.get("/search?q=儲能").main
    assert "四川岷江储能科技有限公司" in visitor.get("/enterprises?q=９１５１１４０２").main


def test_the_plan_is_found_by_its_number_and_words(visitor: Browser, reindex: Reindex) -> None:
    reindex()
    page = visitor.get("/search?q=新经济 实施方案&kind=policy")
    assert page.link("实施方案") == "/policies/plan-2022-17"


def test_filters_count_over_kinds_and_ignore_their_own_choice(visitor: Browser, city: str) -> None:
    page = visitor.get("/search?q=储能&district=dongpo")
    places = {
        choice.find("input").get("value"): int(choice.findtext("i"))
        for choice in page.all("label", class_="choice")
        if choice.find("input").get("name") == "district"
    }
    assert places["dongpo"] > 0
    assert places["hongya"] == 0  # nothing is found there, the choice stays
    assert "东坡区" in "".join(page.one("div", class_="chosen").itertext())
    only = visitor.get("/search?q=储能&kind=opportunity&state=in_talks")
    assert "公交场站" not in only.main
    assert "公交场站" in visitor.get("/search?q=储能&state=open&state=standing&state=in_talks").main


def test_how_a_text_was_read_is_said(visitor: Browser, city: str) -> None:
    page = visitor.get('/search?q=储能 名称:岷江 "科技有限公司" -泡菜')
    assert "本次按“储能”（也找蓄能、电化学储能）、“岷江”（限名称）、" in page.main
    assert "连续出现的“科技有限公司”、不含“泡菜”理解。" in page.main
    assert "四川岷江储能科技有限公司" in page.main
    assert "引号没有成对" in visitor.get('/search?q="储能').main
    assert "本次按" not in visitor.get("/search?q=岷江").main


def test_a_wrong_character_is_corrected_by_a_link(visitor: Browser, city: str) -> None:
    page = visitor.get("/search?q=四川珉江储能")
    assert "近似结果" in page.main
    address = page.link("四川岷江储能")
    assert "四川岷江储能科技有限公司" in visitor.get(address).main


def test_a_hit_by_pinyin_says_so(visitor: Browser, city: str) -> None:
    assert "拼音匹配" in visitor.get("/search?q=minjiang").main
    assert "拼音匹配" in visitor.get("/enterprises?q=minjiang").main
    assert "拼音匹配" not in visitor.get("/search?q=岷江").main
    assert "四川<mark>岷江储能</mark>科技有限公司" in visitor.get("/search?q=minjiangcn").html

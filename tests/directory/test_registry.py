"""The enterprise registry, profiles and titles as the public reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.factories import make_draft, make_person, make_submitted, make_uscc


@pytest.fixture
def pair(app: object) -> tuple[Enterprise, Enterprise]:
    """Two enterprises: one of Dongpo with a high-tech title, one of Pengshan without."""
    holder = make_enterprise(1)
    other = make_enterprise(
        2, name="彭山蓝图软件有限公司", district="pengshan", node=None, zone=None
    )
    record_title_for(holder, make_recogniser())
    return holder, other


Pair = tuple[Enterprise, Enterprise]


def test_the_registry_lists_enterprises_by_pinyin_with_their_titles(
    visitor: Browser, pair: Pair
) -> None:
    page = visitor.get("/enterprises")
    assert page.heading == "企业名录"
    assert page.main.index("彭山蓝图软件") < page.main.index("四川岷江储能")
    assert "高企" in page.main


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title=high_tech", {"四川岷江储能科技有限公司"}),
        ("title=gazelle", set()),
        ("district=pengshan", {"彭山蓝图软件有限公司"}),
        ("district=pengshan&district=dongpo", {"彭山蓝图软件有限公司", "四川岷江储能科技有限公司"}),
        ("node=storage-battery&district=dongpo", {"四川岷江储能科技有限公司"}),
        ("pillar=new-industry&title=high_tech", {"四川岷江储能科技有限公司"}),
    ],
)
def test_the_registry_is_filtered_by_title_place_and_chain(
    visitor: Browser, pair: Pair, query: str, found: set[str]
) -> None:
    page = visitor.get(f"/enterprises?{query}")
    names = {enterprise.name for enterprise in db.session.query(Enterprise)}
    assert {name for name in names if name in page.main} == found


def test_text_finds_enterprises_by_half_a_name(
    visitor: Browser, pair: Pair, reindex: Callable[[], None]
) -> None:
    reindex()
    page = visitor.get("/enterprises?q=蓝图")
    assert "彭山" in page.main
    assert "岷江储能" not in page.main


def test_the_registrys_file_holds_public_facts_only(visitor: Browser, pair: Pair) -> None:
    visitor.get("/enterprises.csv?district=dongpo")
    text = visitor.response.get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert [row[0] for row in rows[1:]] == ["四川岷江储能科技有限公司"]
    assert "示例联系人" not in text
    assert "13800000000" not in text


def test_the_registrys_workbook_holds_the_same_typed(visitor: Browser, pair: Pair) -> None:
    answer = visitor.ask("/enterprises.xlsx?district=dongpo")
    book = load_workbook(io.BytesIO(answer.get_data()))
    assert book.sheetnames == ["新经济企业", "说明"]
    heads, *rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["四川岷江储能科技有限公司"]
    assert isinstance(rows[0][heads.index("入库日期")], datetime)
    said = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
    assert said["口径"] == "平台在库数（非统计数据）"
    assert said["地址"].endswith("/enterprises?district=dongpo")
    assert "示例联系人" not in repr([rows, said])


def test_a_profile_keeps_what_is_granted_apart_from_what_is_recorded(
    visitor: Browser, pair: Pair
) -> None:
    page = visitor.get(f"/enterprises/{pair[0].uscc}")
    assert page.heading.startswith("四川岷江储能科技有限公司")
    granted = page.one("article", class_="granted")
    assert "新经济企业" in "".join(granted.itertext())
    assert "编号GR202451000001，已核实。" in page.main
    assert "有效期2024-11-05至2027-11-04" in page.main
    assert "028-0000 0101" in page.main
    assert "示例联系人" not in page.html
    assert "13800000000" not in page.html


def test_a_lapsed_title_is_shown_as_lapsed_and_not_counted(
    visitor: Browser, pair: Pair, wait: Callable[..., None]
) -> None:
    wait(days=366)
    assert "已失效" in visitor.get(f"/enterprises/{pair[0].uscc}").main
    assert "没有符合条件的结果" in visitor.get("/enterprises?title=high_tech").main


def test_records_not_in_the_registry_are_nowhere(visitor: Browser) -> None:
    draft = make_draft(make_person("a@example.com"), uscc=make_uscc(7))
    sent = make_submitted(make_person("b@example.com"), uscc=make_uscc(8))
    for enterprise in (draft, sent):
        visitor.get(f"/enterprises/{enterprise.uscc}", status=404)
        assert enterprise.uscc not in visitor.get("/enterprises").html


def test_a_title_says_who_grants_it_and_who_held_it_on_a_day(visitor: Browser, pair: Pair) -> None:
    page = visitor.get("/titles/high_tech")
    assert "省级认定机构" in page.main
    assert "平台在库数1（非统计数据）" in page.main
    today = date(2026, 11, 22).isoformat()
    assert "GR202451000001" in visitor.get(f"/titles/high_tech?on={today}").main
    before = date(2020, 1, 1).isoformat()
    assert "没有在库企业持有此称号" in visitor.get(f"/titles/high_tech?on={before}").main
    assert visitor.get("/titles").link("高新技术企业") == "/titles/high_tech"

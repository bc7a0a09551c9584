"""Records that may be one enterprise: found nightly, dismissed with a ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.clock import now
from portal.enterprises.actions.duplicates import find_duplicates
from portal.enterprises.models import Enterprise, EnterpriseName, LikelyPair
from portal.enterprises.rules.likeness import LARGEST_BLOCK, Known, Why, likely_pairs
from portal.enterprises.terms.record import Step
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.journey import begin, fill_in
from tests.factories import make_active, make_officer, make_person, make_submitted, make_uscc

Someone = Callable[[Person], Browser]
REVIEW = Right.REVIEW_ENTERPRISES
LIST = "/bureau/enterprises/duplicates"
NAME = "四川岷江储能科技有限公司"


def record(serial: int, name: str, **changes: Any) -> Enterprise:
    facts = {"landline": f"028-0000 01{serial:02d}", "website": "", **changes}
    owner = make_person(f"owner{serial}@example.com")
    return make_submitted(owner, uscc=make_uscc(serial), name=name, **facts)


def reasons() -> list[str]:
    find_duplicates()
    return [why for pair in db.session.scalars(select(LikelyPair)) for why in pair.reasons]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("四川岷江儲能科技有限公司", ["same_name"]),
        ("四川岷江储能科技（有限）公司", ["same_name"]),
        ("眉山岷江储能科技有限责任公司", ["same_core"]),
        ("岷江储能科技（眉山）股份有限公司", ["same_core"]),
        ("四川沱江储能科技有限公司", ["one_character"]),
        ("四川岷江储能新科技有限公司", ["one_character"]),
        ("四川沱江蓄能科技有限公司", []),
        ("四川岷江包装有限公司", []),
    ],
)
def test_names_that_are_nearly_one_are_found_with_the_reason(
    app: Flask, name: str, found: list[str]
) -> None:
    record(1, NAME)
    record(2, name)
    assert reasons() == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"landline": "028 0000-0101"}, ["same_landline"]),
        ({"landline": "028-0000 0199"}, []),
        ({"website": "http://www.minjiang.example.com/about"}, ["same_website"]),
        ({"website": "https://other.example.com"}, []),
    ],
)
def test_the_same_landline_or_website_is_a_reason(
    app: Flask, changes: dict[str, str], found: list[str]
) -> None:
    record(1, NAME, website="https://minjiang.example.com/")
    record(2, "示例竹编工艺有限公司", **changes)
    assert reasons() == found


def test_a_former_name_equal_to_another_s_name_is_a_reason(app: Flask) -> None:
    renamed = record(1, "示例新名称有限公司")
    record(2, NAME)
    db.session.add(EnterpriseName(enterprise_id=renamed.id, name=NAME, recorded_at=now()))
    db.session.commit()
    assert reasons() == ["former_name"]


def test_a_crowd_under_one_word_is_left_out_so_that_the_time_is_bounded() -> None:
    crowd = [Known(n, f"科技{n}", "科技") for n in range(LARGEST_BLOCK + 1)]
    assert likely_pairs(crowd) == {}
    assert len(likely_pairs(crowd[:3])) == 3
    assert likely_pairs(crowd[:2]) == {(0, 1): {Why.SAME_CORE}}


def test_the_key_follows_the_name_however_it_is_written(app: Flask) -> None:
    enterprise = record(1, NAME)
    assert enterprise.name_key == "岷江储能科技"
    values = {"uscc": "", "created_at": now(), "updated_at": now()}
    bulk = [{"name": "眉山青衣江纸业有限公司", **values}, {"name": "青神竹編有限公司", **values}]
    db.session.execute(insert(Enterprise), bulk)
    db.session.execute(update(Enterprise).values(name_key="old"))
    db.session.commit()
    find_duplicates()
    keys = db.session.scalars(select(Enterprise.name_key).order_by(Enterprise.id)).all()
    assert keys == ["岷江储能科技", "青衣江纸业", "竹编"]


def test_an_officer_dismisses_a_pair_and_it_stays_so_until_a_name_changes(
    app: Flask, someone: Someone
) -> None:
    first, second = record(1, NAME), record(2, "眉山岷江储能科技有限责任公司")
    find_duplicates()
    officer = someone(make_officer(REVIEW))
    page = officer.get(LIST)
    assert "1对记录可能是同一企业" in page.main
    assert "名称相同（仅地名或组织形式不同）" in page.main
    page = officer.get(page.link("第1对"))
    page = officer.send(page, "/dismiss", 422, ground=" ")
    assert page.errors == ["请填写排除理由"]
    page = officer.send(page, "/dismiss", ground="示例：法定代表人和经营地均不同。")
    assert "没有待处理的疑似重复企业" in page.main
    find_duplicates()
    assert "没有待处理的疑似重复企业" in officer.get(LIST).main
    (event,) = trail_of("likely_pair", 1)
    assert (event.act, event.office) == ("dismiss_pair", "市经济合作局")
    db.session.get_one(Enterprise, second.id).name = "四川岷江储能科技股份有限公司"
    db.session.commit()
    find_duplicates()
    assert NAME in officer.get(LIST).main
    assert first.id < second.id


def test_a_pair_that_is_no_more_leaves_the_list(app: Flask) -> None:
    record(1, NAME)
    other = record(2, "四川沱江储能科技有限公司")
    assert reasons() == ["one_character"]
    db.session.get_one(Enterprise, other.id).name = "示例竹编工艺有限公司"
    db.session.commit()
    assert reasons() == []


def test_officers_of_a_district_see_pairs_within_it(app: Flask, someone: Someone) -> None:
    local = someone(make_officer(REVIEW, mail="l@portal.example", district="renshou"))
    record(1, NAME, district="renshou", zone="renshou-edz")
    record(2, "四川沱江储能科技有限公司")
    find_duplicates()
    assert "没有待处理的疑似重复企业" in local.get(LIST).main
    assert "只有负责该区县企业核验的工作人员" in local.get(f"{LIST}/1", 403).main


def test_the_review_page_and_the_worklist_name_what_may_be_the_same(
    app: Flask, someone: Someone
) -> None:
    officer = someone(make_officer(REVIEW))
    record(1, NAME)
    record(2, "四川岷江儲能科技有限公司")
    find_duplicates()
    page = officer.get("/bureau/enterprises/2")
    assert "可能已有记录：" in page.main
    assert "与1条记录疑似重复" in page.main
    assert "校验位正确，代码未被占用" in page.main
    assert "与1条记录疑似重复" in officer.get("/bureau/worklist").main


@pytest.mark.parametrize(("is_public", "is_told"), [(True, True), (False, False)])
def test_who_registers_is_told_of_a_public_record_of_the_name_only(
    app: Flask, someone: Someone, is_public: bool, is_told: bool
) -> None:
    owner = make_person("first@example.com")
    if is_public:
        make_active(owner, make_officer(REVIEW), uscc=make_uscc(5))
    else:
        make_submitted(owner, uscc=make_uscc(5))
    member = someone(make_person("second@example.com"))
    page = fill_in(member, begin(member), Step.IDENTITY, name="眉山岷江储能科技有限责任公司")
    assert (f"已有名称相近的企业在库：{NAME}" in page.text) is is_told

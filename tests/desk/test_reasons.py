"""Sentences officers use often: offered where they decide, kept by officers of the city."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from config import ROOT
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.casework.reasons import reasons_for
from portal.cli.seed.reference import load_reference
from tests.browser_client import Browser
from tests.factories import make_officer, make_person, make_submitted

Someone = Callable[[Person], Browser]
REVIEW = Right.REVIEW_ENTERPRISES
LIST = "/bureau/reasons"
LICENCE = "企业名称与营业执照不一致，请按执照全称填写。"


@pytest.fixture
def city(app: Flask, someone: Someone) -> Browser:
    return someone(make_officer(REVIEW))


def test_reasons_are_offered_beside_their_item_and_may_be_reworded_there(city: Browser) -> None:
    make_submitted(make_person())
    page = city.get("/bureau/enterprises/1")
    offered = [option.get("value") for option in page.one("datalist", id="common-name")]
    assert LICENCE in offered
    assert page.one("input", name="reason_name").get("list") == "common-name"


def test_a_common_opinion_stands_before_what_is_written(city: Browser) -> None:
    make_submitted(make_person())
    page = city.get("/bureau/enterprises/1")
    common = "企业已注销或吊销，不符合登记条件。"
    city.send(page, "/decide", decision="refuse", common=common, ground="注销日期2026-10-08。")
    page = city.get("/bureau/letters/1")
    assert "企业已注销或吊销，不符合登记条件。 注销日期2026-10-08。" in page.main


def test_a_reason_is_added_reworded_and_retired(city: Browser) -> None:
    page = city.send(city.get(LIST), "/add", field="website", text="网址指向其他企业，请核对。")
    assert "理由已加入列表" in page.text
    page = city.get(page.link("修改：网址指向其他企业，请核对。"))
    page = city.send(page, "/reword", text="网址属于其他企业，请核对。")
    assert "网址属于其他企业，请核对。" in page.main
    assert "网址指向" not in page.main
    page = city.get(page.link("修改：网址属于其他企业，请核对。"))
    reason_id = int(page.path.rpartition("/")[2])
    page = city.send(page, "/retire")
    assert "网址属于其他企业" not in page.main
    acts = [event.act for event in trail_of("canned_reason", reason_id)]
    assert acts == ["retire_reason", "reword_reason", "add_reason"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "请填写理由"), (LICENCE, "该理由已在列表中"), ("长" * 301, "不能超过300字")],
)
def test_what_cannot_be_added_says_why(city: Browser, text: str, said: str) -> None:
    page = city.send(city.get(LIST), "/add", 422, field="name", text=text)
    assert said in page.errors[0]


def test_a_retired_reason_stays_retired_when_the_fixtures_are_loaded_again(city: Browser) -> None:
    page = city.get(LIST)
    city.send(city.get(page.link(f"修改：{LICENCE}")), "/retire")
    load_reference(ROOT / "fixtures")
    assert LICENCE not in reasons_for("verification").get("name", [])


def test_officers_of_a_district_read_the_list_and_change_nothing(someone: Someone) -> None:
    local = someone(make_officer(REVIEW, mail="l@portal.example", district="dongpo"))
    page = local.get(LIST)
    assert LICENCE in page.main
    assert "常用理由由权限覆盖全市的工作人员维护" in page.main
    page = local.post(f"{LIST}/add", {"field": "name", "text": "示例"}, 403)
    assert "权限覆盖全市" in page.main


@pytest.mark.parametrize(
    ("matter", "heading", "reason", "field"),
    [
        ("claim", "理由", "授权书未加盖企业公章或由法定代表人签字，请补齐后重新申请。", ""),
        ("identity_change", "所在区县", "请提供迁入地登记机关的变更通知书。", "name"),
        ("suspension", "不同意时的意见", "企业已说明情况，暂无必要暂停。", "decline"),
        ("removal", "理由", "企业书面申请移出。", ""),
        ("merge", "不同意时的意见", "两条记录为不同企业，不宜合并。", "decline"),
    ],
)
def test_every_matter_keeps_its_own_reasons(
    city: Browser, matter: str, heading: str, reason: str, field: str
) -> None:
    page = city.get(f"{LIST}?matter={matter}")
    assert reason in page.main
    assert heading in page.main
    page = city.send(page, "/add", field=field, text="示例：另行说明。")
    assert "示例：另行说明。" in page.main
    assert "示例：另行说明。" not in city.get(LIST).main
    page = city.get(page.link("修改：示例：另行说明。"))
    assert "示例：另行说明。" not in city.send(page, "/retire").main


def test_a_reason_is_for_a_field_of_its_matter_only(city: Browser) -> None:
    page = city.get(f"{LIST}?matter=claim")
    page = city.send(page, "/add", 422, field="name", text="示例")
    assert page.errors


def test_an_unknown_matter_shows_the_first(city: Browser) -> None:
    assert LICENCE in city.get(f"{LIST}?matter=nothing").main

"""Places, what is made and needed, and the profile as a member previews it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions.figures import show_figures
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.presence import items_of, sites_of
from portal.enterprises.terms.figures import Source
from tests.browser_client import Browser
from tests.enterprises.figure_factories import state
from tests.factories import make_active, make_draft, make_officer, make_person

Someone = Callable[[Person], Browser]


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def firm(owner: Person, officer: Person) -> Enterprise:
    return make_active(owner, officer)


def add(member: Browser, firm: Enterprise, what: str, status: int = 200, **said: str) -> list[str]:
    page = member.get(f"/my/enterprises/{firm.id}/{what}s/add")
    return member.send(page, "", status, **said).errors


def test_a_record_may_have_several_places_in_several_zones(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    member = someone(owner)
    place = {"kind": "operating", "district": "dongpo", "since": "2020-01-01"}
    add(member, firm, "site", address="高新区示例路1号", zones="meishan-hitech", **place)
    add(member, firm, "site", address="彭山示例路2号", zones="pengshan-edz", **place)
    assert [site.address for site in sites_of(firm)] == ["高新区示例路1号", "彭山示例路2号"]
    assert "彭山示例路2号" in visitor.get(f"/enterprises/{firm.uscc}").main
    page = member.get(f"/my/enterprises/{firm.id}/presence")
    member.send(page, "/end")
    assert [site.address for site in sites_of(firm)] == ["彭山示例路2号"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"since": "2026-11-23"}, "开始日期还没有到，请核对"),
        ({"since": "2020-02-02", "until": "2020-02-01"}, "结束日期不能早于开始日期"),
        ({"address": ""}, "请填写地址"),
        ({"kind": "registered"}, "场所类型"),
    ],
)
def test_a_place_that_cannot_be_is_refused(
    someone: Someone, owner: Person, firm: Enterprise, said: dict[str, str], message: str
) -> None:
    typed = {"kind": "operating", "district": "dongpo", "address": "示例路1号"} | said
    (error,) = add(someone(owner), firm, "site", 422, **typed)
    assert message in error
    assert sites_of(firm) == []


def test_a_draft_has_one_registered_place(someone: Someone, owner: Person) -> None:
    draft, member = make_draft(owner), someone(owner)
    typed = {"kind": "registered", "district": "dongpo", "address": "示例路1号"}
    add(member, draft, "site", **typed)
    assert add(member, draft, "site", 422, **typed) == ["已登记注册地，请修改原有一项"]


def test_products_and_needs_carry_their_place_in_the_chain(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    member = someone(owner)
    add(member, firm, "item", way="makes", name="液冷储能一体柜", node="storage-battery")
    add(member, firm, "item", way="needs", name="液冷板", description="年需求2万套")
    errors = add(member, firm, "item", 422, way="needs", name="液冷板")
    assert errors == ["该项已登记，请核对"]
    assert [(item.way, item.name) for item in items_of(firm)] == [
        ("makes", "液冷储能一体柜"),
        ("needs", "液冷板"),
    ]
    shown = visitor.get(f"/enterprises/{firm.uscc}").main
    assert "年需求2万套" in shown


def test_the_public_reads_chosen_figures_as_their_strongest_source_says(
    owner: Person, officer: Person, firm: Enterprise, visitor: Browser
) -> None:
    state(owner, firm, revenue=2240, tax_paid=50)
    state(officer, firm, source=Source.CHECKED, revenue=2238, notes={"revenue": "审计报告"})
    assert "2240" not in visitor.get(f"/enterprises/{firm.uscc}").main
    show_figures(owner, firm, 2025, {"revenue", "cost_expense"}, {"revenue", "cost_expense"})
    shown = visitor.get(f"/enterprises/{firm.uscc}").main
    assert "2025年营业收入2238万元（已核对，截至2025-12-31）" in shown
    assert "50万元" not in shown


def test_the_preview_is_the_visitors_page(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    state(owner, firm, revenue=2240)
    show_figures(owner, firm, 2025, {"revenue"}, {"revenue"})
    public = visitor.get(f"/enterprises/{firm.uscc}").main
    preview = someone(owner).get(f"/my/enterprises/{firm.id}/preview").main
    assert preview.endswith(public)
    assert preview.removesuffix(public).startswith("预览。公众看到的页面如下。")


def test_a_draft_can_be_previewed_and_claims_no_admission(someone: Someone, owner: Person) -> None:
    draft = make_draft(owner)
    page = someone(owner).get(f"/my/enterprises/{draft.id}/preview")
    assert "入库后公众看到的页面如下" in page.main
    assert draft.name in page.heading
    assert "在库" not in page.main
    assert "13800000000" not in page.html

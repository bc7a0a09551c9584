"""Filling in yearly figures in the browser, and an officer checking them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.queries.figures import figures_of, shown_keys
from portal.enterprises.terms.figures import Source
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.figure_factories import make_evidence, state
from tests.factories import make_active, make_officer, make_person
from tests.files.factories import upload

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


@pytest.fixture
def member(someone: Someone, owner: Person, firm: Enterprise) -> Browser:
    return someone(owner)


def form_of(firm: Enterprise, group: str = "income", period: str = "2025") -> str:
    return f"/my/enterprises/{firm.id}/figures/{period}/{group}"


def values(firm: Enterprise, year: int | None = 2025) -> dict[str, str]:
    return {row.metric: row.value for row in figures_of(firm, [year])}


def test_a_year_is_filled_in_group_by_group(member: Browser, firm: Enterprise) -> None:
    page = member.get(f"/my/enterprises/{firm.id}/figures")
    page = member.get(page.link("0 / 9"))
    assert page.heading == "2025年收入与利润"
    assert "万元" in page.main
    page = member.send(page, "/save", revenue="１２，４００．50", tax_paid="0")
    assert page.heading == "2025年资产与负债"
    assert values(firm) == {"revenue": "12400.5", "tax_paid": "0"}
    page = member.get(f"/my/enterprises/{firm.id}/figures")
    assert "1.24005亿元" in page.main or "12400.5万元" in page.main
    assert "2 / 9" in page.main


def test_what_is_wrong_stays_typed_beside_its_message(member: Browser, firm: Enterprise) -> None:
    page = member.get(form_of(firm))
    typed = {"revenue": "100", "main_revenue": "120", "tax_paid": "约50"}
    page = member.send(page, "/save", 422, **typed)
    assert page.errors == ["应为数字，不带单位，如1200.5，请核对"]
    assert page.form("/save").fields["tax_paid"] == ["约50"]
    page = member.send(page, "/save", 422, tax_paid="")
    assert page.errors == ["主营业务收入120不能大于营业收入100，请核对数值和单位"]
    assert page.title.startswith("有1处需修改")
    assert values(firm) == {}


def test_a_slip_of_the_unit_is_asked_about_and_may_be_kept(
    owner: Person, officer: Person, member: Browser, firm: Enterprise, someone: Someone
) -> None:
    state(owner, firm, 2024, revenue=2000)
    page = member.send(member.get(form_of(firm)), "/save", 422, revenue="22400000")
    assert "是否把元当作万元填写" in page.main
    assert page.errors == ["请修改数值，或填写数值无误的原因"]
    member.send(page, "/save", keep_revenue="收购两家公司后合并报表")
    assert values(firm) == {"revenue": "22400000"}
    assert "数值保留的原因：收购两家公司后合并报表" in member.get(form_of(firm)).main
    seen = someone(officer).get(f"/bureau/enterprises/{firm.id}/figures").main
    assert "收购两家公司后合并报表" in seen


def test_research_expenditure_is_taken_over_from_the_figure_above(
    member: Browser, firm: Enterprise
) -> None:
    page = member.get(form_of(firm, "rd"))
    page = member.send(page, "/save", 422, same_rd_expense_hte="y")
    assert page.errors == ["请先填写研发费用（财务报表口径），或取消勾选"]
    page = member.send(page, "/save", rd_expense="260", same_rd_expense_hte="y")
    assert "研发费用（高企认定口径）已按研发费用（财务报表口径）填写：260" in page.text
    assert values(firm) == {"rd_expense": "260", "rd_expense_hte": "260"}


def test_yes_no_and_not_stated_are_three_answers(member: Browser, firm: Enterprise) -> None:
    page = member.get(form_of(firm, "compliance", "now"))
    page = member.send(page, "/save", resident_enterprise="true", legal_person="false")
    assert values(firm, None) == {"resident_enterprise": "true", "legal_person": "false"}
    page = member.send(member.get(form_of(firm, "compliance", "now")), "/save", legal_person="")
    assert values(firm, None) == {"resident_enterprise": "true"}


def test_a_share_is_typed_in_per_cent(member: Browser, firm: Enterprise) -> None:
    page = member.get(form_of(firm, "market"))
    member.send(page, "/save", market_share="35.5")
    assert values(firm)["market_share"] == "0.355"
    page = member.get(form_of(firm, "market"))
    assert page.form("/save").fields["market_share"] == ["35.5"]


def test_only_what_may_be_public_can_be_chosen(member: Browser, firm: Enterprise) -> None:
    page = member.get(form_of(firm))
    assert "show_cost_expense" not in page.html
    member.send(page, "/save", revenue="100", show_revenue="y")
    assert shown_keys(firm) == {("revenue", 2025)}
    member.send(member.get(form_of(firm)), "/save", show_revenue=None)
    assert shown_keys(firm) == set()


def test_two_people_at_one_year_see_what_changed(
    owner: Person, member: Browser, firm: Enterprise
) -> None:
    page = member.get(form_of(firm))
    state(owner, firm, revenue=100)
    page = member.send(page, "/save", 422, revenue="90")
    assert "打开页面后数据已被他人修改" in page.errors[0]
    assert "现为：100万元" in page.main
    member.send(page, "/save", revenue="90")
    assert values(firm) == {"revenue": "90"}


@pytest.mark.parametrize("path", ["2021/income", "2026/income", "now/income", "2025/review", "x/y"])
def test_only_years_and_groups_that_are_asked_for_have_pages(
    member: Browser, firm: Enterprise, path: str
) -> None:
    member.get(f"/my/enterprises/{firm.id}/figures/{path}", 404)


def test_a_viewer_reads_but_does_not_change(
    owner: Person, firm: Enterprise, someone: Someone
) -> None:
    state(owner, firm, revenue=100)
    db.session.query(Membership).filter_by(enterprise_id=firm.id).update({"role": "viewer"})
    db.session.commit()
    viewer = someone(owner)
    assert "100万元" in viewer.get(f"/my/enterprises/{firm.id}/figures").main
    viewer.get(form_of(firm), 403)
    viewer.post(f"{form_of(firm)}/save", {"revenue": "1"}, 403)
    assert values(firm) == {"revenue": "100"}


def test_an_officer_checks_a_figure_with_its_document_and_the_member_sees_both(
    owner: Person, officer: Person, member: Browser, firm: Enterprise, someone: Someone
) -> None:
    state(owner, firm, revenue=2240)
    make_evidence(owner, firm)
    desk = someone(officer)
    page = desk.get(f"/bureau/enterprises/{firm.id}/figures")
    page = desk.get(page.link("核对（材料1份）"))
    assert "审计报告.pdf" in page.main
    page = desk.send(page, "/check", 422, value="2238")
    assert page.errors == ["请填写核对依据"]
    proof = upload(name="审计报告第4页.pdf")
    page = desk.send(page, "/check", value="2238", note="审计报告第4页", proof=proof)
    assert "2025年营业收入已记录" in page.text
    assert "来源不一致的数据" in page.main
    page = member.get(f"/my/enterprises/{firm.id}/figures")
    assert "2240万元 企业自报" in page.main
    assert "2238万元 已核对" in page.main
    assert "审计报告第4页" in page.main


def test_a_verdict_is_entered_by_officers_only(
    officer: Person, member: Browser, firm: Enterprise, someone: Someone
) -> None:
    desk = someone(officer)
    page = desk.get(f"/bureau/enterprises/{firm.id}/figures/now/market_position_ok")
    desk.send(page, "/check", value="true", note="评审会纪要")
    (row,) = figures_of(firm, [None])
    assert (row.value, row.source) == ("true", Source.CHECKED)
    assert "市场占有率较为靠前" in member.get(f"/my/enterprises/{firm.id}/figures").main

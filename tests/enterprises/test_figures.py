"""Stating figures: what stands, what was ended, who may, and what is asked before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.enterprises.actions.figures import FiguresRefused, record_figures
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.figures import (
    asked_for,
    figures_of,
    figures_version,
    metrics,
    standing,
    years_now,
)
from portal.enterprises.terms.figures import Source
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from tests.enterprises.figure_factories import state
from tests.factories import make_active, make_draft, make_officer, make_person, make_submitted


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def firm(owner: Person, officer: Person) -> Enterprise:
    return make_active(owner, officer)


def stated(firm: Enterprise, year: int | None = 2025) -> dict[tuple[str, str], str]:
    return {(row.metric, row.source): row.value for row in figures_of(firm, [year])}


def test_the_years_asked_for_are_the_last_four_complete_ones(app: Flask) -> None:
    assert clock.today().year == 2026
    assert years_now() == [2025, 2024, 2023, 2022]


@pytest.mark.parametrize(
    ("year", "asked", "not_asked"),
    [
        (2025, {"revenue", "hitech_income", "xjj_revenue"}, set()),
        (2024, {"revenue", "main_revenue", "xjj_revenue"}, {"hitech_income"}),
        (2022, {"revenue"}, {"main_revenue", "xjj_revenue"}),
        (None, set(), {"revenue"}),
    ],
)
def test_each_year_asks_for_what_a_rule_may_need(
    app: Flask, year: int | None, asked: set[str], not_asked: set[str]
) -> None:
    codes = {metric.code for metric in asked_for(metrics(), "income", year)}
    assert asked <= codes
    assert not codes & not_asked


def test_research_expenditure_is_three_figures(app: Flask) -> None:
    codes = [metric.code for metric in asked_for(metrics(), "rd", 2025)]
    assert codes[:3] == ["rd_expense", "rd_expense_hte", "rd_expense_deduction"]
    assert metrics()["rd_expense_hte"].same_as == "rd_expense"


def test_zero_is_stated_and_nothing_is_not(owner: Person, firm: Enterprise) -> None:
    state(owner, firm, revenue=0, tax_paid=None)
    assert stated(firm) == {("revenue", "self_declared"): "0"}


def test_a_new_value_ends_the_one_before_and_both_are_known(
    owner: Person, firm: Enterprise
) -> None:
    state(owner, firm, revenue=2240)
    before = clock.now()
    state(owner, firm, revenue="2300.5")
    assert stated(firm) == {("revenue", "self_declared"): "2300.5"}
    assert [row.value for row in figures_of(firm, [2025], known_at=before)] == ["2240"]
    events = [e for e in trail_of("enterprise", firm.id) if e.act == "figures_self_declared"]
    assert events[0].changes == {"revenue@2025": ["2240", "2300.5"]}


def test_stating_the_same_again_writes_nothing(owner: Person, firm: Enterprise) -> None:
    state(owner, firm, revenue=2240)
    version = figures_version(firm, 2025)
    assert state(owner, firm, revenue="2240.0") == []
    assert figures_version(firm, 2025) == version


def test_emptying_a_field_ends_its_figure(owner: Person, firm: Enterprise) -> None:
    state(owner, firm, revenue=2240)
    state(owner, firm, revenue=None)
    assert stated(firm) == {}


def test_a_form_opened_before_somebody_elses_change_is_refused(
    owner: Person, firm: Enterprise
) -> None:
    opened = figures_version(firm, 2025)
    state(owner, firm, revenue=2240)
    values = {"revenue": Decimal(1)}
    day = date(2025, 12, 31)
    with pytest.raises(ChangedSinceOpened):
        record_figures(owner, firm, 2025, values, Source.SELF_DECLARED, day, opened)
    assert stated(firm) == {("revenue", "self_declared"): "2240"}


def test_another_year_may_be_changed_meanwhile(owner: Person, firm: Enterprise) -> None:
    opened = figures_version(firm, 2025)
    state(owner, firm, 2024, revenue=2000)
    assert figures_version(firm, 2025) == opened


def test_one_impossible_figure_keeps_all_from_being_written(
    owner: Person, firm: Enterprise
) -> None:
    with pytest.raises(FiguresRefused) as refusal:
        state(owner, firm, revenue=100, main_revenue=120, employees=5)
    assert set(refusal.value.findings.errors) == {"main_revenue"}
    assert "主营业务收入120不能大于营业收入100" in refusal.value.message
    assert stated(firm) == {}


def test_a_part_is_compared_with_what_was_stated_on_another_page(
    owner: Person, firm: Enterprise
) -> None:
    state(owner, firm, rd_expense=50)
    with pytest.raises(FiguresRefused) as refusal:
        state(owner, firm, revenue=40)
    assert set(refusal.value.findings.warnings) == {"revenue"}


def test_an_unusual_figure_is_kept_with_its_reason(owner: Person, firm: Enterprise) -> None:
    state(owner, firm, 2024, revenue=100)
    with pytest.raises(FiguresRefused) as refusal:
        state(owner, firm, revenue=1000)
    assert "是否把元当作万元填写" in refusal.value.findings.warnings["revenue"]
    (kept,) = state(owner, firm, revenue=1000, notes={"revenue": "新厂2025年投产"})
    assert kept.note == "新厂2025年投产"
    assert state(owner, firm, revenue=1000) == [], "the same value is not asked about twice"


def test_sources_stand_side_by_side_and_the_strongest_is_read(
    owner: Person, officer: Person, firm: Enterprise
) -> None:
    state(owner, firm, revenue=2240)
    state(officer, firm, source=Source.CHECKED, revenue=2238, notes={"revenue": "审计报告第4页"})
    state(officer, firm, source=Source.OFFICIAL, revenue=2237)
    assert stated(firm) == {
        ("revenue", "self_declared"): "2240",
        ("revenue", "checked"): "2238",
        ("revenue", "official"): "2237",
    }
    assert standing(figures_of(firm))["revenue", 2025].source == Source.OFFICIAL


def test_who_may_state_figures(owner: Person, officer: Person, firm: Enterprise) -> None:
    stranger = make_person("stranger@example.com")
    with pytest.raises(NotAllowed):
        state(stranger, firm, revenue=1)
    with pytest.raises(NotAllowed):
        state(owner, firm, source=Source.CHECKED, revenue=1)
    with pytest.raises(NotAllowed):
        state(officer, firm, revenue=1)


def test_figures_wait_while_the_bureau_verifies(owner: Person) -> None:
    waiting = make_submitted(owner)
    with pytest.raises(Refused, match="核验"):
        state(owner, waiting, revenue=1)


def test_figures_may_be_stated_in_a_draft(owner: Person) -> None:
    draft = make_draft(owner)
    state(owner, draft, revenue=1)
    assert stated(draft) == {("revenue", "self_declared"): "1"}

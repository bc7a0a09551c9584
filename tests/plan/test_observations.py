"""Targets in the words of the plan, and what was reported and approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.plan import queries
from portal.plan.actions import approve_observation, record_observation
from portal.plan.models import Observation, Plan, Target
from tests.factories import make_officer
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def plan() -> Plan:
    found = queries.current_plan()
    assert found is not None
    return found


@pytest.fixture
def target(plan: Plan) -> Target:
    """High-tech enterprises, led by the science department."""
    return queries.get_target(plan, "T07")


def reporter(mail: str = "first@portal.example", department: str = "meishan-sci") -> Person:
    return make_officer(Right.REPORT_FIGURES, mail=mail, department=department)


def approved(target: Target, value: str, as_of: date, name: str) -> Observation:
    """Return a value entered by one officer and approved by another."""
    first, second = reporter(f"{name}-1@portal.example"), reporter(f"{name}-2@portal.example")
    observation = record_observation(first, target, Decimal(value), as_of, "市科技局年度通报")
    approve_observation(second, observation)
    return observation


def of(plan: Plan, code: str) -> queries.TargetProgress:
    return next(one for one in queries.all_targets(plan) if one.target.code == code)


def test_targets_keep_the_words_and_bodies_of_the_plan(plan: Plan) -> None:
    progress = of(plan, "T07")
    assert (progress.target.words_zh, progress.target.unit) == ("180户以上", "户")
    assert [body.slug for body in progress.leads] == ["meishan-sci"]
    assert [body.slug for body in progress.cooperating] == ["meishan-dev-reform", "meishan-eit"]
    assert of(plan, "T01").target.words_zh == "超500家"
    assert of(plan, "T01").leads == []


def test_the_home_page_has_seven_targets_in_their_order(plan: Plan) -> None:
    codes = [one.target.code for one in queries.headline_targets(plan)]
    assert codes[:2] == ["T01", "T07"]
    assert len(codes) == 7


def statements_of(read: Callable[[Plan], list[queries.TargetProgress]], plan: Plan) -> int:
    """Return how many statements reading targets with all their bodies takes."""
    db.session.expunge_all()
    with counted_statements() as sent:
        assert all(body.name_zh for one in read(plan) for body in one.leads + one.cooperating)
    return len(sent)


def test_statements_do_not_grow_with_targets(plan: Plan) -> None:
    seven = statements_of(queries.headline_targets, plan)
    assert statements_of(queries.all_targets, plan) == seven <= 4


def test_a_value_is_public_only_once_a_second_officer_approved_it(
    plan: Plan, target: Target
) -> None:
    first, second = reporter(), reporter("second@portal.example")
    observation = record_observation(first, target, Decimal("157"), date(2025, 9, 30), "通报")
    assert of(plan, "T07").observation is None
    assert [one.id for one in queries.waiting_observations()] == [observation.id]
    with pytest.raises(NotAllowed):
        approve_observation(first, observation)
    approve_observation(second, observation)
    shown = of(plan, "T07").observation
    assert shown is not None
    assert (shown.value, shown.as_of) == (Decimal("157"), date(2025, 9, 30))
    with pytest.raises(Refused):
        approve_observation(second, observation)
    assert [event.act for event in trail_of("observation", observation.id)] == [
        "approve_observation",
        "record_observation",
    ]


def test_the_latest_cut_off_day_is_shown_however_late_it_was_entered(
    plan: Plan, target: Target
) -> None:
    approved(target, "160", date(2025, 12, 31), "late")
    approved(target, "140", date(2024, 12, 31), "early")
    shown = of(plan, "T07").observation
    assert shown is not None
    assert shown.value == Decimal("160")


def test_only_bodies_behind_a_target_report_it(plan: Plan, target: Target) -> None:
    stranger = reporter("stranger@portal.example", "meishan-coop")
    with pytest.raises(NotAllowed):
        record_observation(stranger, target, Decimal("1"), date(2025, 1, 1), "通报")
    whole = queries.get_target(plan, "T01")
    assert (
        record_observation(stranger, whole, Decimal("1"), date(2025, 1, 1), "通报").id is not None
    )


@pytest.mark.parametrize(
    ("tomorrow", "source", "field"), [(True, "通报", "as_of"), (False, " ", "source")]
)
def test_a_value_needs_a_day_that_has_been_and_a_source(
    target: Target, tomorrow: bool, source: str, field: str
) -> None:
    as_of = date.fromordinal(clock.today().toordinal() + tomorrow)
    with pytest.raises(Refused) as refusal:
        record_observation(reporter(), target, Decimal("1"), as_of, source)
    assert refusal.value.field == field

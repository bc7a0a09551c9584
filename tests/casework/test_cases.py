"""A case: where it begins, who may decide, who holds it, and its clock in working days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from config import ROOT
from portal import casework, clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import SYSTEM, trail_of
from portal.casework import Case, Stage
from portal.casework.procedures import ProcedureError
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.taxonomy.queries import get_department
from tests.casework.factories import make_case
from tests.factories import make_officer

REVIEW = Right.REVIEW_ENTERPRISES
Wait = Callable[..., None]


def officer(mail: str, district: str | None = None, right: Right = REVIEW) -> Person:
    return make_officer(right, mail=f"{mail}@portal.example", district=district)


def at(moment: str) -> None:
    clock.set_clock(moment, "Asia/Shanghai")


@pytest.fixture
def local(app: Flask) -> Person:
    return officer("local", "dongpo")


@pytest.fixture
def city(app: Flask) -> Person:
    return officer("city")


def may_not(actor: Person, case: Case) -> str:
    """Return what an officer reads who may not decide on a case."""
    with pytest.raises((NotAllowed, Refused)) as refused:
        casework.check_may_decide(actor, case)
    return str(refused.value.message)


@pytest.mark.parametrize(
    ("district", "stage"), [("dongpo", "first_review"), ("renshou", "second_review")]
)
def test_a_case_begins_where_there_are_officers(local: Person, district: str, stage: str) -> None:
    assert make_case(district=district).stage == stage


def test_opening_a_case_twice_opens_one(local: Person) -> None:
    assert make_case() is make_case()


def test_a_closed_case_makes_room_for_the_next(city: Person) -> None:
    first = make_case()
    casework.close_case(city, first, "admit")
    assert make_case() is not first
    assert casework.find_case("verification", "department", first.subject_id) is not first


def test_the_district_reviews_first_and_the_city_second(local: Person, city: Person) -> None:
    case = make_case()
    casework.check_may_decide(local, case)
    assert may_not(city, case).startswith("初审由区县或功能区的工作人员办理")
    casework.advance(local, case, Stage.SECOND_REVIEW)
    casework.check_may_decide(city, case)
    assert "复审由权限覆盖全市的工作人员办理" in may_not(local, case)


def test_nobody_gives_both_opinions(app: Flask, wait: Wait) -> None:
    officer("local", "dongpo")
    city, other = officer("city"), officer("other")
    case = make_case()
    wait(days=20)  # overdue: the city steps in for the district
    casework.take(city, case)
    casework.advance(city, case, Stage.SECOND_REVIEW)
    assert "须由其他工作人员办理" in may_not(city, case)
    casework.check_may_decide(other, case)


def test_who_returned_something_may_look_at_the_correction(local: Person) -> None:
    case = make_case()
    casework.note_decision(local, case, "return")
    casework.stop_clock(case)
    assert "企业补正中" in may_not(local, case)
    casework.resume_clock(case)
    casework.check_may_decide(local, case)


def test_another_district_and_another_right_decide_nothing(local: Person) -> None:
    case = make_case()
    assert "只有在该区县具有相应权限" in may_not(officer("far", "renshou"), case)
    assert "只有在该区县具有相应权限" in may_not(officer("auditor", right=Right.AUDIT), case)


def test_another_department_s_case_is_not_reached(app: Flask) -> None:
    science = get_department("meishan-sci")
    case = make_case("title_check", department_id=science.id)
    theirs = make_officer(Right.RECOGNISE, mail="a@portal.example", department="meishan-sci")
    others = make_officer(Right.RECOGNISE, mail="b@portal.example", department="meishan-eit")
    casework.check_may_decide(theirs, case)
    may_not(others, case)


def test_what_one_holds_another_may_not_decide(city: Person) -> None:
    case, second = make_case(), officer("second")
    casework.take(city, case)
    said = may_not(second, case)
    assert "（city）" in said
    assert "市经济合作局" in said
    with pytest.raises(Refused):
        casework.take(second, case)
    casework.release(city, case)
    casework.take(second, case)
    assert case.taken_by is second


def test_only_who_holds_a_case_gives_it_back(city: Person) -> None:
    case = make_case()
    casework.take(city, case)
    with pytest.raises(Refused, match="不是由您认领"):
        casework.release(officer("second"), case)


def test_a_head_takes_over_and_the_trail_says_from_whom(local: Person, city: Person) -> None:
    case, neighbour = make_case(), officer("neighbour", "dongpo")
    casework.take(local, case)
    with pytest.raises(NotAllowed, match="覆盖全市"):
        casework.take_over(neighbour, case)
    casework.take_over(city, case)
    assert case.taken_by is city
    may_not(local, case)
    casework.check_may_decide(city, case)
    event = trail_of("work_case", case.id)[0]
    assert (event.act, event.office) == ("take_over_case", "市经济合作局")
    assert event.changes == {"taken_by": [local.id, city.id]}


def test_nobody_takes_over_what_nobody_holds(city: Person) -> None:
    with pytest.raises(Refused, match="可直接认领"):
        casework.take_over(city, make_case())


@pytest.mark.parametrize(("hours", "is_free"), [(23.9, False), (24, True)])
def test_what_is_left_idle_is_free_again(
    city: Person, wait: Wait, hours: float, is_free: bool
) -> None:
    case, second = make_case(), officer("second")
    casework.take(city, case)
    wait(hours=hours)
    if is_free:
        casework.take(second, case)
    else:
        may_not(second, case)


def test_taking_again_keeps_it_longer(city: Person, wait: Wait) -> None:
    case, second = make_case(), officer("second")
    casework.take(city, case)
    wait(hours=20)
    casework.take(city, case)
    wait(hours=20)
    may_not(second, case)


@pytest.mark.parametrize(
    ("opened", "due", "provisional"),
    [
        ("2026-09-21T10:00", "2026-09-29", False),  # over the Mid-Autumn holiday
        ("2026-11-22T10:00", "2026-11-27", False),  # a Sunday: Monday is the first day
        ("2026-12-28T10:00", "2027-01-04", True),  # into a year without calendar
    ],
)
def test_the_due_day_counts_working_days(
    local: Person, opened: str, due: str, provisional: bool
) -> None:
    at(opened)
    case = make_case()
    assert (str(case.due_on), case.provisional) == (due, provisional)


def test_the_clock_stands_still_while_the_enterprise_corrects(local: Person) -> None:
    at("2026-11-02T10:00")  # a Monday: due on Monday the 9th
    case = make_case()
    at("2026-11-04T10:00")  # two days used
    casework.stop_clock(case)
    assert (case.due_on, case.days_used) == (None, 2)
    at("2026-11-18T10:00")
    casework.stop_clock(case)  # stopping twice counts once
    assert case.days_used == 2
    casework.resume_clock(case)
    assert case.due_on == date(2026, 11, 23)  # three days left


def test_an_overdue_case_comes_back_with_one_day(local: Person) -> None:
    at("2026-11-02T10:00")
    case = make_case()
    at("2026-11-18T10:00")
    casework.stop_clock(case)
    casework.resume_clock(case)
    assert case.due_on == date(2026, 11, 19)


def test_each_stage_has_its_own_days_and_nobody_holds_it_yet(local: Person) -> None:
    at("2026-11-02T10:00")
    case = make_case()
    casework.take(local, case)
    at("2026-11-05T10:00")
    casework.advance(local, case, Stage.SECOND_REVIEW)
    assert (case.due_on, case.taken_by) == (date(2026, 11, 12), None)


def test_what_was_decided_is_kept_by_stage(local: Person, city: Person) -> None:
    case = make_case()
    casework.advance(local, case, Stage.SECOND_REVIEW)
    casework.close_case(city, case, "admit")
    assert [(d.stage, d.outcome, d.decided_by_id) for d in casework.decisions_of(case)] == [
        ("first_review", "passed", local.id),
        ("second_review", "admit", city.id),
    ]
    assert "已办结" in may_not(city, case)


def test_the_portal_itself_may_close_a_case(app: Flask) -> None:
    case = make_case()
    casework.close_case(SYSTEM, case, "lapsed")
    db.session.expire_all()
    assert case.outcome == "lapsed"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("by: place, days: 5", "by: moon, days: 5", "moon"),
        ("right: recognise", "right: reign", "reign"),
        ("  claim:", "  claims:", "claims"),
        ("by: city, days: 5", "by: city, days: 0", "at least one working day"),
    ],
)
def test_a_wrong_file_of_procedures_is_named_at_the_start(
    app: Flask, tmp_path: object, old: str, new: str, said: str
) -> None:
    text = (ROOT / "fixtures" / "casework.yaml").read_text(encoding="utf-8")
    file = ROOT.__class__(str(tmp_path)) / "casework.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ProcedureError, match=said):
        casework.load_procedures(file, app.config["CASE_IDLE"])

"""Deputies for leave: the officer's own rights for some days, marked, without chains."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.actions.deputies import end_deputy, set_deputy
from portal.accounts.actions.officers import disable_sign_in, grant_right
from portal.accounts.models import Deputy, Person
from portal.accounts.queries.people import departments_for, has_right, rights_of
from portal.accounts.queries.reach import districts_for
from portal.accounts.terms import Right
from portal.audit import SYSTEM, trail_of
from portal.enterprises.actions import review
from portal.enterprises.terms.record import Decision
from portal.errors import NotAllowed, Refused
from portal.taxonomy.queries import get_department, get_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.factories import make_officer, make_person, make_submitted
from tests.statements import counted_statements

REVIEW = Right.REVIEW_ENTERPRISES
WRONG = {"name": "与营业执照不一致"}


def day(offset: int) -> date:
    return clock.today() + timedelta(days=offset)


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(REVIEW, mail="away@portal.example", district="dongpo")


@pytest.fixture
def deputy(app: Flask) -> Person:
    return make_officer(Right.AUDIT, mail="deputy@portal.example", department="meishan-eit")


def stand_in(officer: Person, deputy: Person, begins: int = 0, ends: int = 7) -> Deputy:
    return set_deputy(officer, officer, deputy, day(begins), day(ends))


def test_a_deputy_holds_the_officers_rights_for_the_days_of_leave(
    officer: Person, deputy: Person, wait: Callable[..., None]
) -> None:
    stand_in(officer, deputy, 1, 2)
    dongpo = get_term(Scheme.DISTRICT, "dongpo")
    assert not has_right(deputy, REVIEW, district_id=dongpo.id)
    wait(days=1)
    assert has_right(deputy, REVIEW, district_id=dongpo.id)
    assert districts_for(deputy, REVIEW) == {dongpo.id}
    assert [d.slug for d in departments_for(deputy, REVIEW)] == ["meishan-coop"]
    assert [held.acting_for for held in rights_of(deputy)] == [None, officer]
    wait(days=2)
    assert not has_right(deputy, REVIEW, district_id=dongpo.id)


def test_what_a_deputy_decides_says_for_whom(officer: Person, deputy: Person) -> None:
    stand_in(officer, deputy)
    record = make_submitted(make_person())
    review.decide(deputy, record, record.version, Decision.RETURN, reasons=WRONG, ground="")
    event = trail_of("enterprise", record.id)[0]
    assert event.actor_id == deputy.id
    assert event.changes["acting_for"] == [None, officer.id]


def test_what_a_deputy_does_by_their_own_right_names_nobody(officer: Person) -> None:
    both = make_officer(REVIEW, mail="both@portal.example", district="dongpo")
    stand_in(officer, both)
    record = make_submitted(make_person())
    review.decide(both, record, record.version, Decision.RETURN, reasons=WRONG, ground="")
    assert "acting_for" not in trail_of("enterprise", record.id)[0].changes


def test_a_deputy_does_not_decide_on_what_they_submitted(officer: Person, deputy: Person) -> None:
    stand_in(officer, deputy)
    record = make_submitted(deputy)
    with pytest.raises(NotAllowed):
        review.decide(deputy, record, record.version, Decision.ADMIT, reasons={}, ground="")


def test_a_deputy_of_a_deputy_holds_nothing_of_the_first(officer: Person, deputy: Person) -> None:
    third = make_officer(Right.RECOGNISE, mail="third@portal.example")
    stand_in(officer, deputy)
    with pytest.raises(Refused, match=r"正代理他人|acts for another"):
        stand_in(deputy, third, 3, 4)
    stand_in(deputy, third, 8, 9)
    with pytest.raises(Refused, match=r"自己也由他人代理|away themselves"):
        set_deputy(SYSTEM, officer, deputy, day(9), day(10))


def test_an_officer_has_one_deputy_at_a_time(officer: Person, deputy: Person) -> None:
    third = make_officer(Right.RECOGNISE, mail="third@portal.example")
    named = stand_in(officer, deputy)
    with pytest.raises(Refused, match=r"已有代理|is set for some"):
        stand_in(officer, third, 7, 9)
    end_deputy(officer, named, "提前返岗")
    stand_in(officer, third, 7, 9)
    with pytest.raises(Refused, match=r"已经结束|is over already"):
        end_deputy(officer, named, "再次")


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [(-1, 3, "valid_from"), (3, 2, "valid_until"), (0, 367, "valid_until")],
)
def test_days_of_leave_lie_ahead_and_within_a_year(
    officer: Person, deputy: Person, begins: int, ends: int, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        stand_in(officer, deputy, begins, ends)
    assert refused.value.field == field
    stand_in(officer, deputy, 0, 366)


def test_a_deputy_is_another_officer(officer: Person) -> None:
    for person in (officer, make_person()):
        with pytest.raises(Refused) as refused:
            stand_in(officer, person)
        assert refused.value.field == "deputy"
    with pytest.raises(Refused, match=r"权限有效的经办人|rights in force"):
        stand_in(make_person("member@example.com"), officer)


def test_deputies_are_set_by_the_officer_or_an_administrator(
    officer: Person, deputy: Person
) -> None:
    with pytest.raises(NotAllowed, match=r"本人指定|named by the officer"):
        set_deputy(deputy, officer, deputy, day(0), day(1))
    boss = make_officer(Right.ADMINISTER, mail="boss@portal.example")
    named = set_deputy(boss, officer, deputy, day(0), day(1))
    with pytest.raises(NotAllowed):
        end_deputy(deputy, named, "不愿代理")
    event = trail_of("person", officer.id)[0]
    assert (event.act, event.changes["deputy"]) == ("set_deputy", [None, deputy.id])


def test_nobody_acts_for_somebody_whose_sign_in_is_disabled(
    officer: Person, deputy: Person
) -> None:
    stand_in(officer, deputy)
    disable_sign_in(SYSTEM, officer, "账号疑似被他人使用")
    assert [held.right for held in rights_of(deputy)] == [Right.AUDIT]


def test_an_administrators_deputy_gives_the_administrator_nothing(deputy: Person) -> None:
    boss = make_officer(Right.ADMINISTER, mail="boss@portal.example")
    stand_in(boss, deputy)
    department = get_department("meishan-coop")
    with pytest.raises(NotAllowed, match=r"代理该管理员|act for this administrator"):
        grant_right(deputy, boss, Right.AUDIT, department)
    grant_right(deputy, make_person(), Right.AUDIT, department)


def test_a_deputys_rights_come_with_the_sign_in(
    officer: Person, deputy: Person, someone: Callable[[Person], Browser]
) -> None:
    """However many rights are checked on a page, they are read once."""
    browser = someone(deputy)
    with counted_statements() as before:
        browser.get("/bureau/worklist")
    stand_in(officer, deputy)
    with counted_statements() as after:
        browser.get("/bureau/worklist")
    read = [text for text in after if "officer_right" in text or "FROM deputy" in text]
    assert len(read) == 3, "own rights, duties, the officer's rights"
    assert len([text for text in before if "officer_right" in text]) == 1

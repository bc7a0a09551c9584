"""Rights between dates and their end; places; the last administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.actions.officers import disable_sign_in, enable_sign_in, end_right, grant_right
from portal.accounts.models import OfficerRight, Person
from portal.accounts.queries.people import has_right, is_officer
from portal.accounts.queries.reach import districts_for, zones_for
from portal.accounts.terms import Right
from portal.audit import SYSTEM, trail_of
from portal.errors import NotAllowed, Refused
from portal.taxonomy.queries import get_department, get_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person

REVIEW = Right.REVIEW_ENTERPRISES


def grant(person: Person, right: Right = REVIEW, **limits: object) -> OfficerRight:
    return grant_right(SYSTEM, person, right, get_department("meishan-coop"), **limits)  # type: ignore[arg-type]


def day(offset: int) -> date:
    return clock.today() + timedelta(days=offset)


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(0, 0, True), (-9, 0, True), (0, None, True), (1, None, False), (1, 9, False), (-9, 3, True)],
)
def test_a_right_holds_from_its_first_to_its_last_day(
    app: Flask, begins: int, ends: int | None, holds: bool
) -> None:
    person = make_person()
    grant(person, valid_from=day(begins), valid_until=None if ends is None else day(ends))
    assert has_right(person, REVIEW) is holds
    assert is_officer(person) is holds


def test_a_right_lapses_after_its_last_day_without_anybody_doing_anything(
    app: Flask, wait: Callable[..., None]
) -> None:
    person = make_person()
    grant(person, valid_until=day(1))
    wait(days=1)
    assert has_right(person, REVIEW)
    wait(days=1)
    assert not has_right(person, REVIEW)


@pytest.mark.parametrize(("begins", "ends"), [(5, 4), (-5, -1)])
def test_days_in_the_wrong_order_or_over_are_refused(app: Flask, begins: int, ends: int) -> None:
    with pytest.raises(Refused) as refused:
        grant(make_person(), valid_from=day(begins), valid_until=day(ends))
    assert refused.value.field == "valid_until"


def test_the_same_right_is_not_held_twice_in_the_same_days(app: Flask) -> None:
    person = make_person()
    grant(person, valid_until=day(5))
    with pytest.raises(Refused, match=r"先终止原权限|end it first"):
        grant(person, valid_from=day(5))
    grant(person, valid_from=day(6))
    grant(person, Right.AUDIT)


def test_an_officer_of_a_zone_reviews_in_that_zone_only(app: Flask) -> None:
    zone, other = (get_term(Scheme.ZONE, slug) for slug in ("meishan-hitech", "renshou-edz"))
    person = make_person()
    grant(person, zone=zone)
    assert has_right(person, REVIEW, district_id=999, zone_id=zone.id)
    assert not has_right(person, REVIEW, zone_id=other.id)
    assert not has_right(person, REVIEW)
    assert (districts_for(person, REVIEW), zones_for(person, REVIEW)) == (set(), {zone.id})


def test_a_right_is_limited_to_one_place(app: Flask) -> None:
    zone = get_term(Scheme.ZONE, "meishan-hitech")
    with pytest.raises(Refused, match=r"只选其一|not to both"):
        grant(make_person(), district=get_term(Scheme.DISTRICT, "dongpo"), zone=zone)


def test_a_zones_officer_opens_the_records_of_that_zone(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    owner, officer = make_person(), make_person("zone@portal.example")
    here = make_active(owner, make_officer(REVIEW))
    grant(officer, zone=get_term(Scheme.ZONE, "meishan-hitech"))
    page = someone(officer).get(f"/bureau/enterprises/{here.id}")
    assert here.name in page.text


def test_ending_a_right_needs_a_reason_and_leaves_it_in_the_history(app: Flask) -> None:
    boss = make_officer(Right.ADMINISTER, mail="boss@portal.example")
    officer = make_officer(REVIEW)
    with pytest.raises(Refused) as refused:
        end_right(boss, officer.rights[0], "  ")
    assert refused.value.field == "reason"
    end_right(boss, officer.rights[0], "调任其他岗位")
    assert not is_officer(officer)
    event = trail_of("person", officer.id)[0]
    assert (event.act, event.actor_id, event.note) == ("end_right", boss.id, "调任其他岗位")
    with pytest.raises(Refused, match=r"已经终止|has ended"):
        end_right(boss, officer.rights[0], "再次")


def test_only_an_administrator_ends_rights(app: Flask) -> None:
    officer, other = make_officer(REVIEW), make_officer(Right.AUDIT, mail="other@portal.example")
    with pytest.raises(NotAllowed):
        end_right(other, officer.rights[0], "不再需要")


def test_the_last_administrator_stays(app: Flask) -> None:
    boss = make_officer(Right.ADMINISTER)
    second = make_person("second@portal.example")
    passing = grant(second, Right.ADMINISTER, valid_until=day(30))
    with pytest.raises(Refused, match=r"没有其他无期限的管理员|Nobody else administers"):
        end_right(second, boss.rights[0], "离任")
    end_right(boss, passing, "改为长期")
    grant(second, Right.ADMINISTER)
    end_right(second, boss.rights[0], "离任")
    assert not has_right(boss, Right.ADMINISTER)
    with pytest.raises(Refused):
        end_right(second, second.rights[-1], "离任")


def test_a_disabled_sign_in_ends_at_once_and_can_be_enabled_again(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    boss, officer = make_officer(Right.ADMINISTER, mail="boss@portal.example"), make_officer(REVIEW)
    browser = someone(officer)
    disable_sign_in(boss, officer, "账号疑似被他人使用")
    assert "/account/sign-in" in browser.ask("/bureau/worklist", "GET").location
    with pytest.raises(Refused, match=r"已经停用|disabled already"):
        disable_sign_in(boss, officer, "再次")
    enable_sign_in(boss, officer, "核实完毕")
    assert "待办" in someone(officer).get("/bureau/worklist").text


def test_nobody_disables_themselves_or_the_last_administrator(app: Flask) -> None:
    boss = make_officer(Right.ADMINISTER)
    with pytest.raises(NotAllowed):
        disable_sign_in(boss, boss, "离任")
    with pytest.raises(Refused, match=r"没有其他无期限的管理员|Nobody else administers"):
        disable_sign_in(SYSTEM, boss, "离任")

"""Officers' rights: for a department, in a district or the whole city, given by others."""

from __future__ import annotations

import pytest
from flask import Flask

from portal import clock
from portal.accounts.actions.officers import grant_right
from portal.accounts.queries.people import departments_for, has_right, is_officer
from portal.accounts.queries.reach import districts_for
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.errors import NotAllowed
from portal.extensions import db
from portal.taxonomy.models import Term
from portal.taxonomy.queries import get_department, get_term
from portal.taxonomy.terms import Scheme
from tests.factories import make_officer, make_person

REVIEW = Right.REVIEW_ENTERPRISES


def district(slug: str) -> Term:
    return get_term(Scheme.DISTRICT, slug)


def test_a_right_without_district_holds_in_the_whole_city(app: Flask) -> None:
    officer = make_officer(REVIEW)
    assert districts_for(officer, REVIEW) is None
    assert has_right(officer, REVIEW, district_id=district("renshou").id)
    assert has_right(officer, REVIEW, district_id=None)


def test_a_right_for_a_district_ends_at_its_border(app: Flask) -> None:
    officer = make_officer(REVIEW, district="dongpo")
    assert has_right(officer, REVIEW, district_id=district("dongpo").id)
    assert not has_right(officer, REVIEW, district_id=district("renshou").id)
    assert not has_right(officer, REVIEW, district_id=None)
    assert not has_right(officer, Right.RECOGNISE, district_id=district("dongpo").id)


def test_a_right_is_held_for_a_department(app: Flask) -> None:
    officer = make_officer(Right.SIGN_LISTS, department="meishan-eit")
    (eit,) = departments_for(officer, Right.SIGN_LISTS)
    assert has_right(officer, Right.SIGN_LISTS, department_id=eit.id)
    coop = get_department("meishan-coop")
    assert not has_right(officer, Right.SIGN_LISTS, department_id=coop.id)


def test_an_ended_right_is_none(app: Flask) -> None:
    officer = make_officer(REVIEW)
    officer.rights[0].ended_at = clock.now()
    db.session.commit()
    assert not is_officer(officer)
    assert not has_right(officer, REVIEW)


def test_an_administrator_gives_rights_and_the_trail_says_which(app: Flask) -> None:
    boss = make_officer(Right.ADMINISTER, mail="boss@portal.example")
    person = make_person("new@portal.example")
    grant_right(boss, person, REVIEW, get_department("meishan-coop"), district("dongpo"))
    assert districts_for(person, REVIEW) == {district("dongpo").id}
    event = trail_of("person", person.id)[0]
    assert (event.act, event.actor_id) == ("grant_right", boss.id)
    assert event.changes == {
        "right": [None, "review_enterprises@meishan-coop/dongpo"],
        "valid_from": [None, "2026-11-22"],
        "valid_until": [None, None],
    }


@pytest.mark.parametrize("right", [right for right in Right if right != Right.ADMINISTER])
def test_nobody_else_gives_rights(app: Flask, right: Right) -> None:
    officer, person = make_officer(right), make_person()
    with pytest.raises(NotAllowed, match=r"只有管理员可以授权|Only an administrator"):
        grant_right(officer, person, right, get_department("meishan-coop"), None)


def test_nobody_gives_a_right_to_themselves(app: Flask) -> None:
    boss = make_officer(Right.ADMINISTER)
    with pytest.raises(NotAllowed, match=r"不能给自己授权|never to oneself"):
        grant_right(boss, boss, Right.AUDIT, get_department("meishan-coop"), None)
    assert [held.right for held in boss.rights] == [Right.ADMINISTER]

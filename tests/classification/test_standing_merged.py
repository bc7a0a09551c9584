"""What is decided or asked about a title stays with it through a merge and its undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.casework.queries import get_case_about, letters_to
from portal.casework.terms import Matter
from portal.classification.actions import standing
from portal.classification.models.standing import TitleRequest
from portal.classification.models.titles import Title
from portal.classification.queries.standing import find_open, get_request
from portal.classification.queries.titles import titles_of
from portal.classification.rules.standing import Asked
from portal.classification.terms.standing import Act
from portal.enterprises.actions import merges
from portal.enterprises.models import Enterprise, Merge
from portal.enterprises.queries.records import get_enterprise
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.factories import make_officer

SignIn = Callable[[Person], Browser]
DAY = timedelta(days=1)
GROUND = "示例：授予机关公告〔2026〕1号"


@pytest.fixture
def first(app: Flask) -> Person:
    return make_recogniser()


@pytest.fixture
def second(app: Flask) -> Person:
    return make_recogniser(mail="second@portal.example")


@pytest.fixture
def survivor(app: Flask) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def double(app: Flask) -> Enterprise:
    return make_enterprise(2, name="示例重复公司")


@pytest.fixture
def title(double: Enterprise, first: Person) -> Title:
    return record_title_for(double, first)


def ask(actor: Person, title: Title, act: Act, on: date) -> TitleRequest:
    return standing.ask(actor, title, title.version, Asked(str(act), on, GROUND, None))


def decided(first: Person, second: Person, title: Title, act: Act, on: date) -> None:
    request = ask(first, title, act, on)
    standing.consent(second, request, request.version)


def merge(survivor: Enterprise, double: Enterprise) -> Merge:
    """Merge a record into another by two officers."""
    one, other = (
        make_officer(Right.REVIEW_ENTERPRISES, mail=f"{name}@merge.example") for name in "ab"
    )
    version = get_enterprise(survivor.id).version
    made = merges.propose(one, survivor, double, version, chosen=(), ground="示例重复")
    merges.consent(other, made, made.version)
    return made


def undo(made: Merge) -> list[str]:
    """Undo a merge as a third officer."""
    third = make_officer(Right.REVIEW_ENTERPRISES, mail="c@merge.example")
    return merges.undo(third, made, made.version, "示例有误")


def stands(record: Enterprise, days_ago: int = 0, known_at: datetime | None = None) -> list[str]:
    """Return how the titles of a record stand on a day, as known at a moment."""
    held = titles_of(record.id, clock.today() - days_ago * DAY, known_at)
    return [str(one.standing) for one in held]


def present(record: Enterprise) -> Title:
    """Return the one title of a record."""
    (held,) = titles_of(record.id)
    return held.title


@pytest.mark.parametrize(("act", "then"), [(Act.SUSPEND, "suspended"), (Act.REVOKE, "revoked")])
def test_what_interrupts_a_title_comes_back_with_it_when_the_merge_is_undone(
    title: Title,
    first: Person,
    second: Person,
    survivor: Enterprise,
    double: Enterprise,
    act: Act,
    then: str,
) -> None:
    decided(first, second, title, act, clock.today() - 3 * DAY)
    before = clock.now()
    made = merge(survivor, double)
    between = clock.now()
    assert (stands(double), stands(survivor)) == ([], [then])
    assert undo(made) == []
    assert (stands(double), stands(survivor)) == ([then], [])
    assert stands(double, days_ago=4) == ["valid"]
    for moment, held in ((before, [[then], []]), (between, [[], [then]])):
        assert [stands(one, known_at=moment) for one in (double, survivor)] == held


def test_what_was_decided_while_the_records_were_one_holds_after_the_undoing(
    title: Title, first: Person, second: Person, survivor: Enterprise, double: Enterprise
) -> None:
    decided(first, second, title, Act.SUSPEND, clock.today() - 3 * DAY)
    made = merge(survivor, double)
    decided(first, second, present(survivor), Act.RESTORE, clock.today())
    undo(made)
    assert (stands(double), stands(double, days_ago=1)) == (["valid"], ["suspended"])


def test_a_request_follows_the_title_and_can_be_decided_there(
    title: Title,
    first: Person,
    second: Person,
    survivor: Enterprise,
    double: Enterprise,
    someone: SignIn,
) -> None:
    request = ask(first, title, Act.SUSPEND, clock.today())
    officer = someone(second)
    page = officer.get(f"/bureau/titles/requests/{request.id}")
    made = merge(survivor, double)
    case = get_case_about(Matter.TITLE_STANDING, request)
    assert (case.enterprise_id, case.label) == (survivor.id, survivor.name)
    stale = officer.send(page, "/decide", status=422, decision="consent")
    assert "已被更正或撤回" in stale.errors[0]
    standing.consent(second, request, get_request(request.id).version)
    assert (stands(survivor), letters_to(survivor.id)[0].ground) == (["suspended"], GROUND)
    undo(made)
    assert stands(double) == ["suspended"]


@pytest.mark.parametrize("asked_meanwhile", [False, True])
def test_an_open_request_comes_back_when_the_merge_is_undone(
    title: Title,
    first: Person,
    second: Person,
    survivor: Enterprise,
    double: Enterprise,
    asked_meanwhile: bool,
) -> None:
    if not asked_meanwhile:
        ask(first, title, Act.SUSPEND, clock.today())
    made = merge(survivor, double)
    if asked_meanwhile:
        ask(first, present(survivor), Act.SUSPEND, clock.today())
    undo(made)
    request = find_open(present(double).id)
    assert request is not None
    assert get_case_about(Matter.TITLE_STANDING, request).label == double.name
    standing.consent(second, request, request.version)
    assert stands(double) == ["suspended"]

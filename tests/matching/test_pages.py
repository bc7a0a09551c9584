"""Who is suggested to whom, with the reason, and that nobody else reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask

from portal import clock, create_app
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions import chain_items
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.presence import Way
from portal.enterprises.terms.record import State
from portal.extensions import db
from portal.lists.models import Entry
from portal.lists.queries.entries import get_entry
from portal.matching.suggesting import enterprises_for, opportunities_for
from portal.taxonomy.queries import find_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_draft,
)
from tests.lists.test_without_name import put_out
from tests.statements import counted_statements


class Firm(NamedTuple):
    """What a test knows of an enterprise; building the index forgets all rows."""

    id: int
    name: str
    uscc: str


Firms = Callable[..., Firm]
Reindex = Callable[[], None]
WATER = {"node": None, "key_industry": None, "zone": None, "district": "renshou"}


@pytest.fixture
def reviewer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example")


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def firms(app: Flask, owner: Person, reviewer: Person) -> Firms:
    """Make an enterprise of the registry that has nothing in common with anybody."""

    def make(number: int, name: str, by: Person = owner, **changes: Any) -> Firm:
        industry = {"key_industry": "new-energy-materials"} if "node" in changes else {}
        pillars = [find_term(Scheme.PILLAR, "new-technology")]
        values = {
            **WATER,
            **industry,
            "pillars": pillars,
            "products": "矿泉水",
            "introduction": "示例。",
            **changes,
        }
        made = make_active(by, reviewer, uscc=make_uscc(number), name=name, **values)
        return Firm(made.id, made.name, made.uscc)

    return make


def storage_entry(**changes: Any) -> Entry:
    """Return an accepted opportunity at the place of storage batteries in their chain."""
    node = find_term(Scheme.NODE, "storage-battery")
    return make_accepted(make_call(), node=node, **changes)


def firms_for(entry_id: int) -> list[int]:
    """Return the enterprises suggested for an entry."""
    return [one.row.id for one in enterprises_for(get_entry(entry_id)).suggestions]


def entries_for(firm: Firm) -> list[int]:
    """Return the entries suggested to an enterprise."""
    return [one.row.id for one in opportunities_for(get_enterprise(firm.id)).suggestions]


def test_officers_read_which_enterprises_may_take_an_opportunity_up_and_why(
    app: Flask, firms: Firms, reindex: Reindex
) -> None:
    maker = firms(1, "眉山甲储能有限公司", node="storage-battery")
    by_words = firms(2, "眉山乙电气有限公司", products="工商业储能一体柜、公交充电桩")
    stranger = firms(3, "眉山丙泉水有限公司")
    entry = storage_entry(title="公交场站工商业储能一体柜应用场景").id
    browser = Browser(app).sign_in(make_curator())
    reindex()
    found = browser.get(f"/bureau/editions/entries/{entry}")
    page = browser.get(found.link("可能承接的企业"))
    assert maker.name in page.main
    assert "制造同一产业链环节：" in page.main
    assert by_words.name in page.main
    assert "条目写明企业的产品：工商业储能一体柜" in page.main
    assert stranger.name not in page.main


def test_the_publisher_of_a_draft_reads_them_and_is_not_suggested_to_itself(
    app: Flask, owner: Person, firms: Firms, reindex: Reindex
) -> None:
    own = firms(1, "眉山甲储能有限公司", node="storage-battery", products="储能电池")
    other = firms(2, "眉山乙储能有限公司", node="storage-battery")
    how = {"enterprise": get_enterprise(own.id), "node": find_term(Scheme.NODE, "storage-battery")}
    entry = make_draft(make_call(), actor=owner, **how).id
    browser = Browser(app).sign_in(owner)
    reindex()
    found = browser.get(f"/my/entries/{entry}")
    table = browser.get(found.link("可能承接的企业")).one("table")
    said = "".join(table.itertext())
    assert other.name in said
    assert own.name not in said


@pytest.mark.parametrize("state", [State.SUSPENDED, State.MERGED, State.REMOVED])
def test_whoever_is_not_in_the_registry_is_never_suggested(
    app: Flask, firms: Firms, reindex: Reindex, state: State
) -> None:
    gone = firms(1, "眉山甲储能有限公司", node="storage-battery", products="工商业储能")
    entry = storage_entry().id
    reindex()
    assert firms_for(entry) == [gone.id]
    get_enterprise(gone.id).state = state  # the index has not heard of it yet
    db.session.flush()
    assert firms_for(entry) == []


def test_members_read_open_opportunities_and_why(
    app: Flask, owner: Person, firms: Firms, reindex: Reindex
) -> None:
    firm = firms(1, "眉山甲储能有限公司", node="storage-battery")
    entry = storage_entry()
    title = entry.title
    put_out(entry.release)
    browser = Browser(app).sign_in(owner)
    reindex()
    page = browser.get(f"/my/enterprises/{firm.id}/opportunities")
    assert title in page.main
    assert "制造同一产业链环节：" in page.main
    browser.client.set_cookie("language", "en")
    english = browser.get(f"/my/enterprises/{firm.id}/opportunities")
    assert "Makes at the same place in the chain:" in english.main


def test_an_opportunity_is_suggested_to_nobody_before_its_release_nor_after_its_last_day(
    app: Flask, firms: Firms, wait: Callable[..., None]
) -> None:
    firm = firms(1, "眉山甲储能有限公司", node="storage-battery")
    entry = storage_entry()
    assert entries_for(firm) == []
    put_out(entry.release)
    assert entries_for(firm) == [entry.id]
    wait(days=60)
    assert clock.today() > entry.closes_on
    assert entries_for(firm) == []


def test_ones_own_opportunity_is_not_suggested_and_a_nameless_one_stays_nameless(
    app: Flask, owner: Person, firms: Firms, reindex: Reindex
) -> None:
    author = firms(1, "眉山甲电池有限公司", node="storage-battery")
    other = make_person("reader@example.com")
    reader = firms(2, "眉山乙电池有限公司", by=other, node="storage-battery")
    how = {"enterprise": get_enterprise(author.id), "subtype": "challenge", "anonymous": True}
    put_out(storage_entry(actor=owner, **how).release)
    browser = Browser(app).sign_in(other)
    reindex()
    assert entries_for(author) == []
    page = browser.get(f"/my/enterprises/{reader.id}/opportunities")
    assert "匿名发布" in page.main
    assert author.name not in page.main


def test_premises_are_suggested_to_who_needs_them(
    app: Flask, owner: Person, firms: Firms, reindex: Reindex
) -> None:
    firm = firms(1, "眉山甲食品有限公司")
    needed = chain_items.Thing(Way.NEEDS, "标准冷链厂房")
    chain_items.add_item(owner, get_enterprise(firm.id), needed)
    entry = make_accepted(make_call(), subtype="premises", title="标准冷链厂房招租").id
    reindex()
    (one,) = enterprises_for(get_entry(entry)).suggestions
    (reason, *_rest) = one.reasons
    assert one.row.id == firm.id
    assert (reason.words, reason.is_need) == (("标准冷链厂房",), True)


def test_without_an_index_chains_still_find(app: Flask, firms: Firms) -> None:
    firm = firms(1, "眉山甲储能有限公司", node="storage-battery")
    assert firms_for(storage_entry().id) == [firm.id]


def test_nothing_of_it_stands_on_public_pages(
    app: Flask, visitor: Browser, firms: Firms, reindex: Reindex
) -> None:
    firm = firms(1, "眉山甲储能有限公司", node="storage-battery")
    entry = storage_entry()
    put_out(entry.release)
    number, title, entry_id = get_entry(entry.id).number, entry.title, entry.id
    reindex()
    assert firm.name not in visitor.get(f"/entries/{number}").main
    assert title not in visitor.get(f"/enterprises/{firm.uscc}").main
    for path in (f"/my/entries/{entry_id}/enterprises", f"/my/enterprises/{firm.id}/opportunities"):
        assert "/account/sign-in" in visitor.ask(path).location


def test_few_statements_however_many_are_found(app: Flask, firms: Firms, reindex: Reindex) -> None:
    for number in range(1, 11):
        firms(number, f"眉山{number}号储能有限公司", node="storage-battery", products="工商业储能")
    firms(11, "眉山十一号材料有限公司", node="cathode", products="正极材料")
    ten = storage_entry()
    slag = {"subtype": "challenge", "title": "大修渣利用", "summary": "大修渣的资源化。"}
    cathode = find_term(Scheme.NODE, "cathode")
    one = make_accepted(ten.release, node=cathode, **slag)
    ten, one = ten.id, one.id
    reindex()
    sent = []
    for entry, expected in ((one, 1), (ten, 10), (one, 1)):
        with counted_statements() as statements:
            assert len(firms_for(entry)) == expected
        sent.append(len(statements))
    assert max(sent[1:]) <= 12  # an engine may send one more for a longer answer, none for a row


def test_another_portal_in_the_process_does_not_answer_for_this_one(
    app: Flask, firms: Firms, reindex: Reindex, tmp_path: Path
) -> None:
    """Who finds is asked for when it is needed: another portal has another index, or none."""
    maker = firms(2, "眉山乙电气有限公司", products="工商业储能一体柜")
    entry = storage_entry(title="公交场站工商业储能一体柜应用场景").id
    reindex()
    create_app({"PORTAL_DATA": str(tmp_path / "other")})
    assert maker.id in firms_for(entry)

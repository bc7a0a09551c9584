"""Merging duplicates: proposed by one officer, consented to by another, undone within a month."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.actions.following import current_titles
from portal.classification.actions.titles import withdraw_title
from portal.classification.queries import counts
from portal.enterprises.actions import merges, registration, standing
from portal.enterprises.models import Enterprise, Membership, Merge
from portal.enterprises.queries.members import find_membership
from portal.enterprises.queries.merges import get_merge
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.record import Step
from portal.enterprises.terms.standing import Act
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.lists.queries.entries import entries_of_record
from tests.browser_client import Browser
from tests.classification.factories import make_recogniser, record_title_for
from tests.factories import make_active, make_draft, make_officer, make_person, make_uscc
from tests.lists.factories import make_call, make_entry

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]
REVIEW = Right.REVIEW_ENTERPRISES
FIRM, DOUBLE = "四川岷江储能科技有限公司", "四川岷江储能有限责任公司"
PLACES = ("/enterprises", "/enterprises.csv", "/sitemap.xml", "/search?q=有限责任公司")


@pytest.fixture
def first(app: Flask) -> Person:
    return make_officer(REVIEW, mail="first@portal.example")


@pytest.fixture
def second(app: Flask) -> Person:
    return make_officer(REVIEW, mail="second@portal.example")


@pytest.fixture
def survivor(first: Person) -> Enterprise:
    return make_active(make_person("owner@example.com"), first)


@pytest.fixture
def double(first: Person) -> Enterprise:
    owner = make_person("double@example.com")
    return make_active(owner, first, uscc=make_uscc(2), name=DOUBLE, products="储能柜（更正）")


def propose(first: Person, survivor: Enterprise, double: Enterprise, *chosen: str) -> Merge:
    """Let the first officer propose a merge."""
    survivor = get_enterprise(survivor.id)
    return merges.propose(
        first, survivor, double, survivor.version, chosen=chosen, ground="同一企业重复登记"
    )


def merged(
    first: Person, second: Person, survivor: Enterprise, double: Enterprise, *chosen: str
) -> Merge:
    """Let two officers merge a duplicate."""
    merge = propose(first, survivor, double, *chosen)
    merges.consent(second, merge, merge.version)
    return get_merge(merge.id)


def snapshot(*records: Enterprise) -> list[object]:
    """Return what an undoing must bring back."""
    found: list[object] = []
    for record in records:
        row = get_enterprise(record.id)
        found.append((row.state, row.name, row.products, row.former_names))
        found.append([(t.number, t.valid_from, t.valid_until) for t in current_titles(row.id)])
        found.append([entry.id for entry in entries_of_record(row.id)])
    return found


def test_two_officers_merge_a_duplicate_field_by_field(
    survivor: Enterprise,
    double: Enterprise,
    first: Person,
    second: Person,
    someone: SignIn,
    visitor: Browser,
) -> None:
    officer = someone(first)
    page = officer.get(f"/bureau/enterprises/{survivor.id}/merge?other={double.uscc}")
    assert DOUBLE in page.main
    page = officer.send(page, "/propose", take_products="merged", ground="同一企业重复登记")
    assert "待另一名工作人员决定" in page.main
    colleague = someone(second)
    decision = colleague.get(page.path)
    done = colleague.send(decision, "/decide", decision="consent")
    assert "撤销合并" in done.main
    profile = visitor.get(f"/enterprises/{survivor.uscc}")
    assert "储能柜（更正）" in profile.main
    assert f"曾用名{DOUBLE}" in profile.main
    answer = visitor.ask(f"/enterprises/{double.uscc}")
    assert (answer.status_code, answer.location) == (301, f"/enterprises/{survivor.uscc}")


def test_a_merged_record_is_nowhere_but_its_name_still_finds_the_other(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person, visitor: Browser
) -> None:
    merged(first, second, survivor, double)
    for place in PLACES:
        assert double.uscc not in visitor.ask(place).get_data(as_text=True), place
    assert FIRM in visitor.get(f"/enterprises?q={DOUBLE}").main


def test_a_chain_of_merges_leads_on_in_one_step(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person, visitor: Browser
) -> None:
    third = make_active(make_person("c@example.com"), first, uscc=make_uscc(3), name="示例丙公司")
    merged(first, second, double, third)
    merged(first, second, survivor, double)
    answer = visitor.ask(f"/enterprises/{third.uscc}")
    assert (answer.status_code, answer.location) == (301, f"/enterprises/{survivor.uscc}")


def test_titles_entries_and_members_follow_and_counts_stay_right(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person, wait: Wait
) -> None:
    record_title_for(double, make_recogniser())
    owner = make_person("editor@example.com")
    entry = make_entry(make_call(), enterprise=double, actor=member_of(double))
    before, known_then = clock.today(), clock.now()
    wait(days=1)
    merged(first, second, survivor, double)
    assert [title.number for title in current_titles(survivor.id)] != []
    assert current_titles(double.id) == []
    assert [each.id for each in entries_of_record(survivor.id)] == [entry.id]
    joined = find_membership(member_of(double, ended=True), survivor.id)
    assert joined is not None
    assert joined.role == "editor"
    assert find_membership(owner, survivor.id) is None
    assert counts.count_family("high_tech", clock.today()) == 1
    assert counts.count_family("high_tech", before, known_then) == 1


def member_of(record: Enterprise, *, ended: bool = False) -> Person:
    """Return the person who registered a record and acts, or acted, for it."""
    found = db.session.scalars(
        select(Membership).where(Membership.enterprise_id == record.id).order_by(Membership.id)
    ).all()[0]
    assert (found.ended_at is not None) == ended
    return found.person


def test_nobody_consents_to_their_own_merge(
    survivor: Enterprise, double: Enterprise, first: Person
) -> None:
    merge = propose(first, survivor, double)
    with pytest.raises(NotAllowed, match="另一名"):
        merges.consent(first, merge, merge.version)
    assert get_enterprise(double.id).state == "active"


def test_of_two_officers_at_once_one_decides(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person
) -> None:
    third = make_officer(REVIEW, mail="third@portal.example")
    merge = propose(first, survivor, double)
    version = merge.version
    merges.consent(second, merge, version)
    with pytest.raises(Refused, match="已决定"):
        merges.decline(third, get_merge(merge.id), version, "示例")


def test_an_undoing_brings_everything_back(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person, visitor: Browser
) -> None:
    record_title_for(double, make_recogniser())
    make_entry(make_call(), enterprise=double, actor=member_of(double))
    before = snapshot(survivor, double)
    merge = merged(first, second, survivor, double, "products", "name")
    assert get_enterprise(survivor.id).name == DOUBLE
    assert merges.undo(second, merge, merge.version, "两家独立企业") == []
    assert snapshot(survivor, double) == before
    assert visitor.get(f"/enterprises/{double.uscc}").heading == DOUBLE


@pytest.mark.parametrize(("days", "possible"), [(30, True), (31, False)])
def test_a_merge_can_be_undone_for_thirty_days(
    survivor: Enterprise,
    double: Enterprise,
    first: Person,
    second: Person,
    wait: Wait,
    days: int,
    possible: bool,
) -> None:
    merge = merged(first, second, survivor, double)
    wait(days=days)
    if possible:
        merges.undo(second, merge, merge.version, "示例")
        assert get_enterprise(double.id).state == "active"
    else:
        with pytest.raises(Refused, match="30天"):
            merges.undo(second, merge, merge.version, "示例")
        assert get_enterprise(double.id).state == "merged"


def test_what_was_changed_meanwhile_stays_and_is_named(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person
) -> None:
    recogniser = make_recogniser()
    record_title_for(double, recogniser)
    merge = merged(first, second, survivor, double, "products")
    row = get_enterprise(survivor.id)
    values = {"products": "另一产品", "introduction": row.introduction, "website": ""}
    registration.save_step(member_of(row), row, Step.PROFILE, values, row.version)
    title = current_titles(survivor.id)[0]
    withdraw_title(recogniser, title, title.version, "示例")
    kept = merges.undo(second, get_merge(merge.id), merge.version, "示例")
    assert len(kept) == 2
    assert get_enterprise(survivor.id).products == "另一产品"


def test_a_survivor_that_left_the_registry_blocks_the_way_back(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person
) -> None:
    merge = merged(first, second, survivor, double)
    row = get_enterprise(survivor.id)
    asked = standing.ask(first, row, row.version, Act.REMOVE, kind="dissolved", ground="示例")
    standing.consent(second, asked, asked.version, urgent=True)
    with pytest.raises(Refused, match="不能撤销合并"):
        merges.undo(second, merge, merge.version, "示例")


def test_who_proposed_a_merge_does_not_undo_it(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person
) -> None:
    merge = merged(first, second, survivor, double)
    with pytest.raises(NotAllowed, match="其他工作人员"):
        merges.undo(first, merge, merge.version, "示例")


def test_the_code_of_a_duplicate_leads_to_the_record_unless_it_was_a_mistake(
    survivor: Enterprise, double: Enterprise, first: Person, second: Person
) -> None:
    merge = merged(first, second, survivor, double)
    newcomer = make_person("new@example.com")
    with pytest.raises(registration.CodeTaken) as taken:
        make_draft(newcomer, uscc=double.uscc)
    assert taken.value.uscc == survivor.uscc
    merges.undo(second, merge, merge.version, "示例")
    row = get_enterprise(survivor.id)
    again = merges.propose(
        first, row, double, row.version, chosen=[], ground="示例", frees_code=True
    )
    merges.consent(second, again, again.version)
    assert make_draft(newcomer, uscc=double.uscc).uscc == double.uscc


@pytest.mark.parametrize("other", ["self", "unknown", "undecided"])
def test_what_cannot_be_merged_is_said(
    survivor: Enterprise, double: Enterprise, first: Person, someone: SignIn, other: str
) -> None:
    officer = someone(first)
    codes = {"self": survivor.uscc, "unknown": make_uscc(9), "undecided": double.uscc}
    if other == "undecided":
        standing.ask(first, double, double.version, Act.SUSPEND, ground="示例")
    page = officer.get(f"/bureau/enterprises/{survivor.id}/merge?other={codes[other]}")
    if other != "unknown":
        page = officer.send(page, "/propose", status=422, ground="示例")
    words = {"self": "同一条记录", "unknown": "没有使用该代码", "undecided": "未办结"}
    assert words[other] in page.errors[0]

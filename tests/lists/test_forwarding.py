"""A district or zone forwards what its enterprises sent in, with its opinion."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.errors import ChangedSinceOpened, NotFound, Refused
from portal.lists.actions.forwarding import forward
from portal.lists.actions.submissions import withdraw_submission
from portal.lists.models import AddresseeUnit, Entry, Release
from portal.lists.queries.forwarding import count_located, get_located, opinions_on
from portal.lists.queries.units import standings
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import decide, make_call, make_curator, make_draft, make_entry
from tests.lists.unit_factories import handed_in, make_district_sender, make_unit, nil


@pytest.fixture
def release() -> Release:
    return make_call()


@pytest.fixture
def owner() -> Person:
    return make_person("owner@example.com")


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES))


@pytest.fixture
def entry(release: Release, owner: Person, firm: Enterprise) -> Entry:
    return make_entry(release, actor=owner, enterprise=firm)


def said(unit: AddresseeUnit, entry: Entry, *, supported: bool = True, ground: str = "") -> None:
    actor = make_district_sender(unit.department.slug)
    forward(actor, unit, entry, entry.version, supported=supported, ground=ground)


def test_a_district_forwards_on_the_page_and_the_curator_reads_it(
    app: Flask, release: Release, entry: Entry
) -> None:
    unit = make_unit(release, "gov-dongpo")
    browser = Browser(app).sign_in(make_district_sender())
    page = browser.get(f"/bureau/submissions/{unit.id}")
    page = browser.get(page.link("查看并转报"))
    assert "尚未转报" in page.main
    page = browser.get(page.link(entry.title))
    assert "四川岷江储能科技有限公司" in page.main
    wrong = browser.send(page, f"/forwarding/{entry.id}", 422, supported="no")
    assert wrong.errors == ["请说明不支持的理由，供编制人员参考"]
    page = browser.send(page, f"/forwarding/{entry.id}", supported="yes", ground="项目已备案。")
    assert "支持" in page.main
    curator = Browser(app).sign_in(make_curator())
    page = curator.get(f"/bureau/editions/entries/{entry.id}")
    assert "东坡区政府" in page.main
    assert "项目已备案。" in page.main
    page = curator.get(f"/bureau/editions/releases/{release.id}/submissions")
    assert "转报支持1" in page.main


def test_a_zone_sees_its_own_enterprises_and_no_others(release: Release, entry: Entry) -> None:
    zone = make_unit(release, "meishan-hitech-committee")
    elsewhere = make_unit(release, "gov-renshou")
    department = make_unit(release)
    assert [count_located(each) for each in (zone, elsewhere, department)] == [1, 0, 0]
    with pytest.raises(NotFound):
        get_located(elsewhere, entry.id)


def test_drafts_of_enterprises_stay_private(
    app: Flask, release: Release, owner: Person, firm: Enterprise
) -> None:
    make_draft(release, actor=owner, enterprise=firm)
    assert count_located(make_unit(release, "gov-dongpo")) == 0


def test_a_later_opinion_replaces_the_first(release: Release, entry: Entry) -> None:
    unit = make_unit(release, "gov-dongpo")
    said(unit, entry)
    said(unit, entry, supported=False, ground="与规划不符。")
    (one,) = opinions_on(entry)
    assert (one.supported, one.ground) == (False, "与规划不符。")
    assert standings([unit])[0].counted.supported == 0


def test_district_and_zone_each_have_their_opinion(release: Release, entry: Entry) -> None:
    said(make_unit(release, "gov-dongpo"), entry)
    said(make_unit(release, "meishan-hitech-committee"), entry, supported=False, ground="理由")
    assert [one.supported for one in opinions_on(entry)] == [True, False]


def test_a_supported_entry_is_enough_to_hand_in_and_is_no_nil_return(
    release: Release, entry: Entry
) -> None:
    unit = make_unit(release, "gov-dongpo")
    said(unit, entry)
    with pytest.raises(Refused, match="不属于零报告"):
        nil(unit, make_district_sender())
    version = handed_in(unit, make_district_sender())
    assert version.entries == []
    assert [each["title"] for each in version.forwarded] == [entry.title]


def test_a_standing_nil_return_is_withdrawn_before_an_entry_is_supported(
    release: Release, entry: Entry
) -> None:
    unit = make_unit(release, "gov-dongpo")
    nil(unit, make_district_sender())
    with pytest.raises(Refused, match="请先撤回零报告"):
        said(unit, entry)
    said(unit, entry, supported=False, ground="理由")
    withdraw_submission(make_district_sender(), unit, unit.version, "")
    said(unit, entry)
    assert opinions_on(entry)[0].supported


def test_an_entry_seen_before_it_changed_is_looked_at_again(release: Release, entry: Entry) -> None:
    unit = make_unit(release, "gov-dongpo")
    with pytest.raises(ChangedSinceOpened):
        forward(make_district_sender(), unit, entry, entry.version - 1, supported=True, ground="")


def test_no_opinion_after_the_decision(release: Release, entry: Entry) -> None:
    unit = make_unit(release, "gov-dongpo")
    decide(entry)
    with pytest.raises(Refused, match="已由编制人员作出决定"):
        said(unit, entry)

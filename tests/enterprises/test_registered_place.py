"""The registered place follows verified changes, each place with its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.enterprises.actions import presence, registration
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.presence import sites_of
from portal.enterprises.terms.presence import SiteKind
from portal.taxonomy.queries import get_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.enterprises.test_changes import decide, report, send
from tests.factories import bring_in, make_active, make_draft, make_officer, make_person
from tests.files.factories import upload

SignIn = Callable[[Person], Browser]
OLD, NEW = "示例路1号", "仁寿示例大道9号"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def reviewer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def record(owner: Person, reviewer: Person) -> Enterprise:
    """A record in the registry whose registered place is known since 2016."""
    draft = make_draft(owner)
    dongpo = get_term(Scheme.DISTRICT, "dongpo")
    place = presence.Place(SiteKind.REGISTERED, OLD, dongpo, since=date(2016, 5, 4))
    presence.add_site(owner, draft, place)
    registration.submit(owner, draft, draft.version)
    bring_in(reviewer, draft)
    return draft


def moved(record: Enterprise) -> list[tuple[str, str, date | None, date | None]]:
    return [(site.address, site.district.slug, site.since, site.until) for site in sites_of(record)]


def test_a_verified_move_ends_the_place_before_and_begins_the_new_one(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn, visitor: Browser
) -> None:
    given = {"name": record.name, "district": "renshou", "zone": "", "registered_address": NEW}
    report(someone(owner), record, reason="moved", **given)
    assert moved(record) == [(OLD, "dongpo", date(2016, 5, 4), None)]
    page = decide(someone(reviewer), record, "accept")
    assert page.errors == []
    assert moved(record) == [
        (NEW, "renshou", date(2026, 10, 1), None),
        (OLD, "dongpo", date(2016, 5, 4), date(2026, 9, 30)),
    ]
    shown = visitor.get(f"/enterprises/{record.uscc}").main
    assert NEW in shown
    assert "截至2026-09-30" in shown or "至2026-09-30" in shown
    assert trail_of("enterprise", record.id)[0].act == "move_site"


def test_the_officer_sees_both_addresses_before_deciding(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    report(someone(owner), record, name=record.name, reason="moved", registered_address=NEW)
    page = someone(reviewer).get("/bureau/enterprises/changes/1")
    for words in ("注册地址", OLD, NEW):
        assert words in page.main


def test_a_move_within_the_district_is_reported_by_the_address_alone(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    report(someone(owner), record, name=record.name, reason="moved", registered_address=NEW)
    decide(someone(reviewer), record, "accept")
    assert [row[:2] for row in moved(record)] == [(NEW, "dongpo"), (OLD, "dongpo")]


def test_a_refused_move_leaves_the_place(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    report(someone(owner), record, name=record.name, reason="moved", registered_address=NEW)
    decide(someone(reviewer), record, "refuse", ground="材料不符")
    assert moved(record) == [(OLD, "dongpo", date(2016, 5, 4), None)]


def test_a_correction_keeps_the_days_and_leaves_no_former_place(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    member = someone(owner)
    report(member, record, name=record.name, reason="correction", registered_address="示例路11号")
    decide(someone(reviewer), record, "accept")
    assert moved(record) == [("示例路11号", "dongpo", date(2016, 5, 4), None)]


def test_another_district_needs_another_address(
    record: Enterprise, owner: Person, someone: SignIn
) -> None:
    given = {"name": record.name, "district": "renshou", "evidence": upload()}
    page = send(someone(owner), record, 422, reason="moved", **given)
    assert page.errors == ["区县变更后注册地址随之变更，请填写新的地址"]


def test_a_rename_leaves_the_place_alone(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    report(someone(owner), record)
    decide(someone(reviewer), record, "accept")
    assert moved(record) == [(OLD, "dongpo", date(2016, 5, 4), None)]


def test_an_address_never_told_before_comes_with_a_report(
    owner: Person, reviewer: Person, someone: SignIn
) -> None:
    firm = make_active(owner, reviewer)
    report(someone(owner), firm, name=firm.name, reason="correction", registered_address=NEW)
    decide(someone(reviewer), firm, "accept")
    assert moved(firm) == [(NEW, "dongpo", None, None)]
    assert [zone.slug for zone in sites_of(firm)[0].zones] == ["meishan-hitech"]

"""Places, products and needs are corrected in place by members and by officers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.enterprises.actions import registration
from portal.enterprises.actions.presence import Place, add_site
from portal.enterprises.models import Enterprise, Site
from portal.enterprises.queries.presence import items_of, sites_of
from portal.enterprises.terms.presence import SiteKind
from portal.errors import NotAllowed
from portal.extensions import db
from portal.taxonomy.queries import get_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.enterprises.test_presence import add
from tests.factories import (
    bring_in,
    make_active,
    make_draft,
    make_officer,
    make_person,
    make_submitted,
)

Someone = Callable[[Person], Browser]
PLACE = {"kind": "operating", "district": "dongpo", "address": "示例路1号"}


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def firm(owner: Person, officer: Person) -> Enterprise:
    return make_active(owner, officer)


def site_path(firm: Enterprise, side: str = "my") -> str:
    return f"/{side}/enterprises/{firm.id}/sites/{sites_of(firm)[0].id}/edit"


def item_path(firm: Enterprise, side: str = "my") -> str:
    return f"/{side}/enterprises/{firm.id}/items/{items_of(firm)[0].id}/edit"


def test_a_member_corrects_a_place_and_the_row_before_is_kept(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    member = someone(owner)
    add(member, firm, "site", **PLACE, since="2020-01-01", zones="meishan-hitech")
    page = member.get(site_path(firm))
    assert page.form("/edit").fields["address"] == ["示例路1号"]
    assert page.form("/edit").fields["zones"] == ["meishan-hitech"]
    page = member.send(page, "", address="示例路8号")
    assert "示例路8号" in page.main
    assert "示例路1号" not in visitor.get(f"/enterprises/{firm.uscc}").main
    rows = db.session.scalars(select(Site).order_by(Site.id)).all()
    assert [(row.address, row.ended_at is None) for row in rows] == [
        ("示例路1号", False),
        ("示例路8号", True),
    ]
    event = trail_of("enterprise", firm.id)[0]
    assert (event.act, event.changes) == (
        "edit_site",
        {"site_address": ["示例路1号", "示例路8号"]},
    )


def test_a_place_lies_in_several_zones(
    someone: Someone, owner: Person, firm: Enterprise, visitor: Browser
) -> None:
    add(someone(owner), firm, "site", **PLACE, zones=["tianfu-meishan", "shigao"])
    shown = visitor.get(f"/enterprises/{firm.uscc}").main
    assert "眉山天府新区·视高区域" in shown.replace(" ", "")


def test_a_registered_place_lies_in_one_zone_at_most(someone: Someone, owner: Person) -> None:
    draft, member = make_draft(owner), someone(owner)
    typed = PLACE | {"kind": "registered"}
    errors = add(member, draft, "site", 422, **typed, zones=["tianfu-meishan", "shigao"])
    assert errors == ["注册地最多属于一个功能区，请只选一个"]
    assert add(member, draft, "site", **typed, zones=["shigao"]) == []


def test_the_order_stays_when_one_is_corrected(
    someone: Someone, owner: Person, firm: Enterprise
) -> None:
    member = someone(owner)
    for name in ("储能柜", "电池模组"):
        add(member, firm, "item", way="makes", name=name)
    member.send(member.get(item_path(firm)), "", name="液冷储能柜", node="storage-battery")
    assert [item.name for item in items_of(firm)] == ["液冷储能柜", "电池模组"]


def test_whoever_comes_second_learns_what_it_reads_now(
    someone: Someone, owner: Person, firm: Enterprise
) -> None:
    first, second = someone(owner), someone(owner)
    add(first, firm, "item", way="needs", name="液冷板")
    path = item_path(firm)
    opened = second.get(path)
    first.send(first.get(path), "", name="液冷板（1.5毫米）")
    page = second.send(opened, "", 422, name="液冷板（2毫米）")
    assert page.errors == ["您打开后，该项已被改为“液冷板（1.5毫米）”，请重新打开"]
    assert page.form("/edit").fields["name"] == ["液冷板（2毫米）"]
    assert [item.name for item in items_of(firm)] == ["液冷板（1.5毫米）"]


def test_what_was_removed_meanwhile_says_so(
    someone: Someone, owner: Person, firm: Enterprise
) -> None:
    member = someone(owner)
    add(member, firm, "site", **PLACE)
    opened = member.get(site_path(firm))
    member.send(member.get(f"/my/enterprises/{firm.id}/presence"), "/end")
    assert member.send(opened, "", 422, address="示例路9号").errors == ["您打开后，该项已被移除"]
    assert sites_of(firm) == []


def test_sending_the_same_again_changes_nothing(
    someone: Someone, owner: Person, firm: Enterprise
) -> None:
    member = someone(owner)
    add(member, firm, "site", **PLACE)
    before = sites_of(firm)[0].id
    member.send(member.get(site_path(firm)), "")
    assert [site.id for site in sites_of(firm)] == [before]


def test_a_corrected_place_is_checked_as_a_new_one(
    someone: Someone, owner: Person, firm: Enterprise
) -> None:
    member = someone(owner)
    add(member, firm, "site", **PLACE)
    page = member.send(member.get(site_path(firm)), "", 422, since="2026-11-23")
    assert page.errors == ["开始日期还没有到，请核对"]
    add(member, firm, "item", way="makes", name="储能柜")
    add(member, firm, "item", way="makes", name="电池模组")
    page = member.send(member.get(item_path(firm)), "", 422, name="电池模组")
    assert page.errors == ["该项已登记，请核对"]


def test_an_officer_edits_under_the_name_of_the_office(
    someone: Someone, owner: Person, officer: Person, firm: Enterprise
) -> None:
    add(someone(owner), firm, "site", **PLACE)
    reader = someone(officer)
    page = reader.get(f"/bureau/enterprises/{firm.id}/presence")
    assert "示例路1号" in page.main
    page = reader.send(reader.get(site_path(firm, "bureau")), "", address="示例路2号")
    assert "示例路2号" in page.main
    event = trail_of("enterprise", firm.id)[0]
    assert (event.act, event.office) == ("edit_site", "市经济合作局")
    page = reader.get(f"/bureau/enterprises/{firm.id}/items/add")
    reader.send(page, "", way="makes", name="电池模组")
    page = reader.send(reader.get(f"/bureau/enterprises/{firm.id}/presence"), "/end")
    assert sites_of(firm) == []


def test_nothing_is_edited_while_the_bureau_verifies(
    someone: Someone, owner: Person, officer: Person
) -> None:
    waiting = make_submitted(owner)
    path = f"/bureau/enterprises/{waiting.id}"
    reader = someone(officer)
    page = reader.post(f"{path}/sites/add", PLACE, 422)
    assert page.errors == ["经办单位正在核验，请在核验结束后修改"]
    assert "新增场所" not in reader.get(f"{path}/presence").main


def test_the_registered_place_of_a_verified_record_says_why_it_is_locked(
    someone: Someone, owner: Person, officer: Person
) -> None:
    firm = make_draft(owner)
    add(someone(owner), firm, "site", **(PLACE | {"kind": "registered"}))
    site = sites_of(firm)[0]
    registration.submit(owner, firm, firm.version)
    bring_in(officer, firm)
    member = someone(owner)
    page = member.get(f"/my/enterprises/{firm.id}/presence")
    assert "已随企业核验" in page.main
    assert not page.all("form", action=f"/my/enterprises/{firm.id}/sites/{site.id}/end")
    page = member.get(site_path(firm))
    assert page.heading == "注册地已经核验"
    assert page.link("申报变更") == f"/my/enterprises/{firm.id}/changes/report"
    member.post(site_path(firm), PLACE | {"address": "示例路3号"}, 422)
    page = member.post(f"/my/enterprises/{firm.id}/sites/{site.id}/end", status=422)
    assert page.errors == ["注册地已经核验，请申报变更"]
    assert [site.address for site in sites_of(firm)] == ["示例路1号"]


def test_a_stranger_adds_nothing(owner: Person, firm: Enterprise) -> None:
    dongpo = get_term(Scheme.DISTRICT, "dongpo")
    stranger = make_person("stranger@example.com")
    with pytest.raises(NotAllowed):
        add_site(stranger, firm, Place(SiteKind.OPERATING, "示例路1号", dongpo))

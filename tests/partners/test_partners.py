"""Organisations from outside: a checked code, never in the registry; the bureau looks at them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.partners import actions
from portal.partners.models import Partner
from portal.partners.queries import get_partner
from portal.partners.terms import Standing
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person, make_uscc

REVIEW = Right.REVIEW_ENTERPRISES
FACTS = {
    "uscc": make_uscc(7, "500103"),
    "name": "示例渝州装备有限公司",
    "kind": "enterprise",
    "province": "重庆市",
    "city": "渝中区",
}


def register(actor: Person, **changes: str) -> Partner:
    return actions.register_partner(actor, FACTS | changes)


@pytest.fixture
def member(app: Flask) -> Person:
    return make_person("partner@example.com")


def test_a_person_registers_an_organisation_and_edits_it(
    member: Person, someone: Callable[[Person], Browser]
) -> None:
    browser = someone(member)
    form = browser.get("/my/partners/new")
    page = browser.send(form, "/my/partners/register", **FACTS)
    assert page.heading == FACTS["name"]
    assert "尚未核看" in page.text
    edit = browser.get(page.path + "/edit")
    page = browser.send(edit, page.path + "/save", city="江北区")
    assert "江北区" in page.text
    assert FACTS["name"] in browser.get("/my/partners").text


def test_a_wrong_code_is_refused_by_the_registrys_rules_with_what_was_typed_kept(
    member: Person, someone: Callable[[Person], Browser]
) -> None:
    browser = someone(member)
    form = browser.get("/my/partners/new")
    wrong = FACTS | {"uscc": FACTS["uscc"][:17] + ("0" if FACTS["uscc"][17] != "0" else "1")}
    page = browser.send(form, "/my/partners/register", status=422, **wrong)
    assert "校验位不对" in page.text
    assert page.form("/register").fields["name"] == [FACTS["name"]]


def test_an_enterprise_of_the_registry_is_led_to_its_request_page(
    member: Person, someone: Callable[[Person], Browser]
) -> None:
    active = make_active(make_person(), make_officer(REVIEW))
    browser = someone(member)
    form = browser.get("/my/partners/new")
    page = browser.send(form, "/my/partners/register", status=422, **FACTS | {"uscc": active.uscc})
    assert "已在本市企业库" in page.text
    assert f"/my/enterprises/claims/{active.uscc}" in page.links()


def test_a_code_stands_for_one_organisation(member: Person) -> None:
    register(member)
    with pytest.raises(Refused, match=r"已经登记|registered already") as refused:
        register(make_person())
    assert refused.value.field == "uscc"


def test_nobody_else_opens_or_changes_an_organisation(
    member: Person, someone: Callable[[Person], Browser]
) -> None:
    made, other = register(member), make_person()
    someone(other).get(f"/my/partners/{made.id}", status=404)
    with pytest.raises(NotAllowed):
        actions.edit_partner(other, made, FACTS, made.version)


def test_two_edits_at_once_are_noticed(member: Person) -> None:
    made = register(member)
    opened = made.version
    actions.edit_partner(member, made, FACTS | {"city": "江北区"}, opened)
    with pytest.raises(ChangedSinceOpened):
        actions.edit_partner(member, made, FACTS | {"city": "南岸区"}, opened)


def test_an_officer_checks_or_doubts_with_a_ground(
    member: Person, someone: Callable[[Person], Browser]
) -> None:
    made = register(member)
    browser = someone(make_officer(REVIEW))
    assert FACTS["name"] in browser.get("/bureau/partners?standing=unseen").text
    page = browser.get(f"/bureau/partners/{made.id}")
    again = browser.send(page, "/look", status=422, standing="flagged")
    assert "请说明存疑之处" in again.text
    assert "结论已保存" in browser.send(page, "/look", standing="flagged", ground="名称不符").text
    assert "名称不符" in someone(member).get(f"/my/partners/{made.id}").text
    event = trail_of("partner", made.id)[0]
    assert (event.act, event.note, event.office) == ("flag_partner", "名称不符", "市经济合作局")


def test_a_change_asks_the_bureau_to_look_again(member: Person) -> None:
    made = register(member)
    actions.look_at(make_officer(REVIEW), made, Standing.VERIFIED, "", made.version)
    actions.edit_partner(member, made, FACTS | {"name": "示例新名有限公司"}, made.version)
    assert get_partner(made.id).standing == Standing.UNSEEN


def test_officers_of_one_district_and_members_do_not_look_at_partners(member: Person) -> None:
    made = register(member)
    local = make_officer(REVIEW, mail="local@portal.example", district="dongpo")
    own = make_officer(REVIEW)
    register(own, uscc=make_uscc(8, "500103"))
    for actor in (local, member):
        with pytest.raises(NotAllowed, match=r"全市|whole city"):
            actions.look_at(actor, made, Standing.VERIFIED, "", made.version)
    with pytest.raises(NotAllowed, match=r"另由其他|another officer"):
        actions.look_at(own, get_partner(made.id + 1), Standing.VERIFIED, "", 1)


def test_partners_are_never_in_the_registry_its_counts_search_or_exports(
    member: Person, visitor: Browser
) -> None:
    register(member)
    for address in ("/enterprises", "/enterprises.csv", "/search?q=渝州装备", "/", "/sitemap.xml"):
        page = visitor.get(address)
        assert "示例渝州" not in page.text
        assert FACTS["uscc"] not in page.text
    visitor.get(f"/enterprises/{FACTS['uscc']}", status=404)

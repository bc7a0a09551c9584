"""People named for one entry: by their own word, for that entry alone, while it is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.database import site_state
from portal.enterprises.actions.contacts import ask_contact
from portal.enterprises.models import Enterprise, NamedContact
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions import named_contacts as actions
from portal.lists.actions.entries import save_entry, withdraw_entry
from portal.lists.actions.life import report_life
from portal.lists.actions.publication import publish
from portal.lists.actions.ties import merge_entries
from portal.lists.models import Entry
from portal.lists.terms.entries import Life
from tests.browser_client import Browser
from tests.directory.texts import text_of
from tests.enterprises.test_contacts import token_sent
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_draft,
    make_published_release,
    make_sender,
    sign_all,
    start_signing,
)

Someone = Callable[[Person], Browser]
NAME, ADDRESS = "李四（示例）", "li.si.shili@example.com"
FILES = (
    "/lists/opportunity",
    "/lists/opportunity.csv",
    "/lists/opportunity.json",
    "/lists/opportunity.xlsx",
    "/lists/opportunity.atom",
    "/lists/2026/opportunity",
    "/lists/2026/opportunity.json",
    "/lists/2026/opportunity/1/1.0.json",
    "/search?q=李四",
)


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES))


@pytest.fixture
def entry(owner: Person, firm: Enterprise) -> Entry:
    """A public entry of the enterprise."""
    release = make_call()
    found = make_accepted(release, actor=owner, enterprise=firm)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    return found


def name_for(owner: Person, entry: Entry, address: str = ADDRESS) -> NamedContact:
    return actions.name_contact(owner, entry, NAME, "项目经理", address, "储能合作")


def agree(visitor: Browser) -> str:
    """Follow the link that was sent and agree; return the link to withdraw."""
    visitor.send(visitor.get(f"/contacts/{token_sent()}"), "/agree")
    return token_sent()


def public_page(visitor: Browser, entry: Entry) -> str:
    return visitor.get(f"/entries/{entry.number}").main


def test_a_person_is_asked_for_one_entry_and_named_only_after_agreeing(
    someone: Someone, owner: Person, entry: Entry, visitor: Browser
) -> None:
    member = someone(owner)
    page = member.get(f"/my/entries/{entry.id}/contacts")
    said = {"name": NAME, "post": "项目经理", "address": ADDRESS, "purpose": "储能合作"}
    page = member.send(page, "/ask", **said)
    assert "待本人确认" in page.main
    assert NAME not in public_page(visitor, entry)
    page = visitor.get(f"/contacts/{token_sent()}")
    for words in (*said.values(), entry.title, "仅在该处公开"):
        assert words in page.main
    before = site_state().content_version
    agree(visitor)
    assert site_state().content_version > before
    shown = public_page(visitor, entry)
    for words in said.values():
        assert words in shown


def test_it_stands_on_the_page_of_that_entry_and_nowhere_else(
    owner: Person, firm: Enterprise, entry: Entry, visitor: Browser
) -> None:
    name_for(owner, entry)
    agree(visitor)
    assert NAME in public_page(visitor, entry)
    assert NAME not in visitor.get(f"/enterprises/{firm.uscc}").main
    for path in FILES:
        said = text_of(visitor.ask(path).data)
        assert ADDRESS not in said, path
        assert NAME not in said, path
    assert ADDRESS not in (entry.release.content or "")


def test_a_consent_for_the_profile_does_not_cover_an_entry(
    owner: Person, firm: Enterprise, entry: Entry, visitor: Browser
) -> None:
    ask_contact(owner, firm, NAME, "", ADDRESS, "供需对接")
    agree(visitor)
    assert NAME in visitor.get(f"/enterprises/{firm.uscc}").main
    assert NAME not in public_page(visitor, entry)
    name_for(owner, entry)  # the same person is asked anew
    assert NAME not in public_page(visitor, entry)


def test_withdrawing_takes_it_away_at_once_and_forgets_the_person(
    owner: Person, entry: Entry, visitor: Browser
) -> None:
    name_for(owner, entry)
    link = agree(visitor)
    assert NAME in public_page(visitor, entry)
    visitor.send(visitor.get(f"/contacts/{link}"), "/take-back")
    assert NAME not in public_page(visitor, entry)
    row = db.session.scalars(select(NamedContact)).one()
    assert (row.name, row.address, row.state) == ("", "", "withdrawn")


def test_the_publisher_asks_again_and_removes(
    someone: Someone, owner: Person, entry: Entry, visitor: Browser
) -> None:
    name_for(owner, entry)
    first = token_sent()
    member = someone(owner)
    page = member.send(member.get(f"/my/entries/{entry.id}/contacts"), "/ask-again")
    visitor.get(f"/contacts/{first}", 404)
    agree(visitor)
    page = member.send(member.get(f"/my/entries/{entry.id}/contacts"), "/remove")
    assert NAME not in page.main
    assert NAME not in public_page(visitor, entry)


@pytest.mark.parametrize("life", [Life.FULFILLED, Life.CLOSED])
def test_when_the_entry_is_over_the_person_is_forgotten(
    owner: Person, entry: Entry, visitor: Browser, life: Life
) -> None:
    name_for(owner, entry)
    agree(visitor)
    report_life(owner, entry, entry.version, Life.IN_TALKS, "洽谈中")
    assert NAME in public_page(visitor, entry)
    report_life(owner, entry, entry.version, life, "已经结束")
    assert NAME not in public_page(visitor, entry)
    assert db.session.scalars(select(NamedContact.name)).one() == ""
    with pytest.raises(Refused, match="已结束"):
        name_for(owner, entry)


def test_a_withdrawn_draft_forgets_whom_it_named(owner: Person, firm: Enterprise) -> None:
    draft = make_draft(make_call(), actor=owner, enterprise=firm)
    name_for(owner, draft)
    withdraw_entry(owner, draft, draft.version)
    assert db.session.scalars(select(NamedContact.state)).one() == "removed"


def test_an_entry_without_its_publishers_name_names_nobody(owner: Person, firm: Enterprise) -> None:
    draft = make_draft(make_call(), actor=owner, enterprise=firm, subtype="challenge")
    name_for(owner, draft)
    save_entry(owner, draft, {"anonymous": True}, draft.version)
    assert db.session.scalars(select(NamedContact.name)).one() == ""
    with pytest.raises(Refused, match="匿名发布"):
        name_for(owner, draft)


def test_public_bodies_are_reached_at_their_office(visitor: Browser, app: Flask) -> None:
    release = make_published_release()
    entry = release.entries[0]
    with pytest.raises(Refused, match="座机"):
        actions.name_contact(make_sender(), entry, NAME, "", ADDRESS, "合作")
    assert entry.landline in public_page(visitor, entry)


def test_others_name_nobody_and_see_nobody(someone: Someone, owner: Person, entry: Entry) -> None:
    name_for(owner, entry)
    stranger = make_person("stranger@example.com")
    someone(stranger).get(f"/my/entries/{entry.id}/contacts", 404)
    with pytest.raises(NotAllowed):
        name_for(stranger, entry, "other@example.com")


def test_a_person_named_for_another_entry_is_not_found(
    someone: Someone, owner: Person, firm: Enterprise, entry: Entry
) -> None:
    contact = ask_contact(owner, firm, NAME, "", ADDRESS, "供需对接")
    member = someone(owner)
    member.get(f"/my/entries/{entry.id}/contacts")
    member.post(f"/my/entries/{entry.id}/contacts/{contact.id}/remove", status=404)


def test_an_entry_merged_into_another_forgets_whom_it_named(
    owner: Person, firm: Enterprise
) -> None:
    release = make_call()
    kept, ended = (
        make_accepted(release, actor=owner, enterprise=firm, title=title)
        for title in ("储能柜配套", "储能柜外壳配套")
    )
    name_for(owner, ended)
    merge_entries(make_curator(), kept, kept.version, [ended], "同一项需求")
    assert db.session.scalars(select(NamedContact.state)).one() == "removed"

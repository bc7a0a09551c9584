"""Deleting an account: the person goes, the enterprise's history and the trail stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.actions import create_person
from portal.accounts.actions.identifiers import confirm_added, take_away
from portal.accounts.actions.officers import end_right
from portal.accounts.actions.proofs import add_proof
from portal.accounts.models import Credential, Identifier, Person, SignIn
from portal.accounts.queries.people import find_confirmed
from portal.accounts.terms import Purpose, Right
from portal.audit import SYSTEM, digest, trail_of, verify
from portal.audit.models import AuditEvent
from portal.database import transaction
from portal.desk.erasure import erase, reasons_against
from portal.desk.own_data import own_data
from portal.enterprises.actions.claim_letters import letter_of
from portal.enterprises.actions.contacts import ask_contact
from portal.enterprises.actions.invitations import invite
from portal.enterprises.actions.registration import save_step
from portal.enterprises.models import Membership
from portal.enterprises.terms.record import STEP_FIELDS, Role, Step
from portal.errors import Refused
from portal.extensions import db
from tests.accounts.proving import give_phone
from tests.browser_client import Browser
from tests.factories import (
    PASSWORD,
    make_active,
    make_claim,
    make_draft,
    make_officer,
    make_person,
    make_submitted,
    make_uscc,
)

REVIEW = Right.REVIEW_ENTERPRISES
DELETE = "/my/account/delete"


def add_owner(enterprise_id: int, person: Person) -> None:
    with transaction():
        first = db.session.scalars(select(Membership)).first()
        assert first is not None
        db.session.add(
            Membership(
                person_id=person.id,
                enterprise_id=enterprise_id,
                role=Role.OWNER,
                since=first.since,
            )
        )


def test_the_page_says_what_is_lost_and_asks_for_the_password(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    person = make_person("leaving@example.com", "示例离开者")
    browser, elsewhere = someone(person), someone(person)
    page = browser.get(DELETE)
    assert "将失去" in page.text
    assert "会保留" in page.text
    assert "密码" in browser.send(page, DELETE, status=422, present="wrong").text
    assert "账号已注销" in browser.send(page, DELETE, present=PASSWORD).text
    for one in (browser, elsewhere):
        assert "/account/sign-in" in one.ask("/my/").location
    assert find_confirmed("leaving@example.com") is None
    assert create_person("leaving@example.com", PASSWORD, "示例新来者").id != person.id


def test_nothing_that_identifies_or_authenticates_is_left(app: Flask) -> None:
    person = make_person("leaving@example.com", "示例离开者")
    make_draft(person, contact_name="示例草稿联系人")
    erase(person)
    for model in (Identifier, Credential, SignIn):
        assert db.session.scalars(select(model).where(model.person_id == person.id)).all() == []
    assert (person.own_name, person.digest_key) == ("", None)
    held = json.dumps(own_data(person), ensure_ascii=False)
    for gone in ("leaving@example.com", "示例离开者"):
        assert gone not in held


def test_the_enterprises_history_stays_under_a_deleted_account(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    person = make_person("leaving@example.com", "示例离开者")
    second = make_person("second@example.com")
    boss = make_officer(Right.ADMINISTER, mail="boss@portal.example")
    record = make_active(person, make_officer(REVIEW))
    add_owner(record.id, second)
    erase(person)
    assert verify() is None
    submitted = [event for event in trail_of("enterprise", record.id) if event.act == "submit"]
    assert [event.actor_id for event in submitted] == [person.id]
    page = someone(boss).get(f"/bureau/people/{person.id}")
    assert page.heading == "已注销用户"
    assert "示例离开者" not in page.text
    assert trail_of("person", person.id)[0].act == "erase_person"
    assert (
        "已注销用户"
        in someone(make_officer(Right.AUDIT, mail="auditor@portal.example"))
        .get(f"/bureau/trail?person={person.id}")
        .text
    )


def test_digests_of_identifiers_stay_in_the_chain_and_tell_nobody_who_it_was(app: Flask) -> None:
    address, number = "leaving@example.com", "+8613800000001"
    person = make_person(address)
    key = person.digest_key
    assert key is not None
    with transaction():
        asked = {"person_id": person.id, "kind": "phone", "subject": number}
        _row, token = add_proof(Purpose.ADD, timedelta(hours=1), **asked)
    confirm_added(person, token)
    added = db.session.scalars(select(Identifier).where(Identifier.subject == number)).one()
    take_away(person, added.id)
    acts = ("create_person", "add_identifier", "remove_identifier")
    told = {e.act: e.changes["identifier"] for e in trail_of("person", person.id) if e.act in acts}
    assert told == {
        "create_person": [None, f"mail {digest(key, address)}"],
        "add_identifier": [None, f"phone {digest(key, number)}"],
        "remove_identifier": [f"phone {digest(key, number)}", None],
    }
    erase(person)
    kept = {e.act: e.changes["identifier"] for e in trail_of("person", person.id) if e.act in acts}
    assert kept == told, "a line of the trail is never changed"
    assert verify() is None
    assert db.session.scalars(select(Person).where(Person.digest_key == key)).all() == []


def told_of(value: str) -> list[AuditEvent]:
    """Return the lines of the trail whose digests some key still kept anywhere ties to a value."""
    keys = {
        str(key)
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_key")
        for key in db.session.scalars(select(column).where(column.is_not(None)))
    }
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    stand_for = [digest(key, value) for key in keys]
    return [event for event in events if any(one in str(event.changes) for one in stand_for)]


@pytest.mark.parametrize("address", ["leaving@example.com", "13800000001"])
def test_no_digest_in_the_trail_tells_where_the_person_could_be_reached(
    app: Flask, address: str
) -> None:
    person, owner = make_person("leaving@example.com"), make_person()
    give_phone(person)
    record = make_active(owner, make_officer(REVIEW))
    draft = make_draft(person, uscc=make_uscc(2))
    values = {"office": "示例科", "landline": "", "contact_name": address, "contact_phone": address}
    save_step(person, draft, Step.CONTACT, values, draft.version)
    ask_contact(owner, record, "示例离开者", "示例职务", address, "示例事项")
    invite(owner, record, address, Role.VIEWER)
    known = [event.act for event in told_of(address)]
    assert {"save_step", "ask_contact", "invite"} <= set(known)
    lines = db.session.scalars(select(AuditEvent.digest).order_by(AuditEvent.id)).all()
    erase(person)
    assert told_of(address) == []
    kept = db.session.scalars(select(AuditEvent.digest).order_by(AuditEvent.id)).all()
    assert kept[: len(lines)] == lines, "a line of the trail is never changed"
    assert verify() is None


def test_a_contact_that_was_replaced_is_told_by_nothing_any_more(app: Flask) -> None:
    person = make_person()
    draft = make_draft(person, contact_name="示例前任", contact_phone="13800000001")
    values = {name: getattr(draft, name) for name in STEP_FIELDS[Step.CONTACT]}
    values = values | {"contact_phone": "13800000002"}
    save_step(person, draft, Step.CONTACT, values, draft.version)
    assert told_of("13800000001") == []
    assert [event.act for event in told_of("13800000002")] == ["save_step"]


def test_the_only_owner_of_a_record_hands_it_over_first(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    person, second = make_person(), make_person("second@example.com")
    record = make_submitted(person)
    page = someone(person).get(DELETE)
    assert "唯一所有者" in page.text
    assert record.name in page.text
    with pytest.raises(Refused, match=r"唯一所有者|only owner"):
        erase(person)
    add_owner(record.id, second)
    assert reasons_against(person) == []


def test_an_officers_rights_are_ended_first(app: Flask) -> None:
    officer = make_officer(REVIEW)
    with pytest.raises(Refused, match=r"经办人权限|officer’s rights"):
        erase(officer)
    end_right(SYSTEM, officer.rights[0], "离任")
    erase(officer)
    assert officer.is_erased


def test_open_requests_are_withdrawn_with_their_letters(app: Flask) -> None:
    person = make_person("leaving@example.com")
    record = make_active(make_person(), make_officer(REVIEW))
    made = make_claim(person, record)
    erase(person)
    assert made.statement == ""
    assert made.is_withdrawn
    assert letter_of(made) is None


def test_invitations_and_offers_end_with_the_person(app: Flask) -> None:
    person, owner = make_person("leaving@example.com"), make_person()
    record = make_active(owner, make_officer(REVIEW))
    add_owner(record.id, person)
    sent = invite(person, record, "somebody@example.com", Role.VIEWER)
    got = invite(owner, record, "leaving@example.com", Role.EDITOR)
    standing = invite(owner, record, "else@example.com", Role.EDITOR)
    erase(person)
    assert (sent.outcome, sent.address) == ("withdrawn", "")
    assert (got.outcome, got.address) == ("withdrawn", "")
    assert standing.address == "else@example.com"


@pytest.mark.parametrize("address", ["leaving@example.com", "13800000001"])
def test_no_record_names_the_person_as_a_contact_any_more(app: Flask, address: str) -> None:
    person, owner = make_person("leaving@example.com"), make_person()
    give_phone(person)
    record = make_active(owner, make_officer(REVIEW))
    contact = ask_contact(owner, record, "示例离开者", "示例职务", address, "示例事项")
    erase(person)
    assert (contact.state, contact.name, contact.address) == ("withdrawn", "", "")


def test_drafts_nobody_else_can_open_lose_their_contacts(app: Flask) -> None:
    person = make_person()
    draft = make_draft(person, contact_name="示例草稿联系人", contact_phone="13800000001")
    erase(person)
    assert (draft.contact_name, draft.contact_phone) == ("", "")

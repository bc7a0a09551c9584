"""The trail: every change with its actor, chained so that tampering shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.database import action
from portal.extensions import db
from tests.factories import make_active, make_officer, make_person


@pytest.fixture
def history(app: Flask) -> list[AuditEvent]:
    """The lines of one enterprise's way into the registry, oldest first."""
    enterprise = make_active(make_person(), make_officer(Right.REVIEW_ENTERPRISES))
    return list(reversed(audit.trail_of("enterprise", enterprise.id)))


def test_each_change_has_its_actor_and_what_it_changed(history: list[AuditEvent]) -> None:
    acts = [event.act for event in history]
    assert acts == ["start_draft", *["save_step"] * 5, "submit", "admit"]
    owner, officer = db.session.scalars(select(Person).order_by(Person.id)).all()
    assert {event.actor_id for event in history[:-1]} == {owner.id}
    assert (history[-1].actor_kind, history[-1].actor_id) == ("person", officer.id)
    assert history[-1].office == "市经济合作局"
    assert history[-1].changes["state"] == ["submitted", "active"]
    assert history[1].changes["name"] == ["", "四川岷江储能科技有限公司"]


def test_personal_values_stand_as_keyed_digests(history: list[AuditEvent]) -> None:
    before, after = history[5].changes["contact_phone"]
    assert before == ""
    assert after.startswith("hmac-sha256:")
    assert "13800000000" not in str([event.changes for event in history])


def test_a_digest_needs_its_key_to_be_recognised() -> None:
    assert audit.digest("a", "13800000000") != audit.digest("b", "13800000000")
    assert audit.digest("a", "13800000000") == audit.digest("a", "13800000000")


def test_the_chain_holds(history: list[AuditEvent]) -> None:
    assert audit.verify() is None


@pytest.mark.parametrize(
    "values",
    [
        {"changes": {"state": ["submitted", "refused"]}},
        {"act": "refuse"},
        {"actor_id": 999},
        {"actor_kind": "system"},
        {"office": "某局"},
        {"note": "改写"},
        {"subject_id": 999},
        {"subject_kind": "entry"},
        {"digest": "0" * 64},
        {"previous": "1" * 64},
    ],
)
def test_a_rewritten_line_is_found(history: list[AuditEvent], values: dict[str, Any]) -> None:
    target = history[3].id
    db.session.execute(update(AuditEvent).where(AuditEvent.id == target).values(**values))
    db.session.commit()
    assert audit.verify() == target


def test_a_backdated_line_is_found(history: list[AuditEvent]) -> None:
    history[3].at = clock.now() - timedelta(days=400)
    db.session.commit()
    assert audit.verify() == history[3].id


def test_a_removed_line_is_found(history: list[AuditEvent]) -> None:
    target, following = history[3], history[4].id
    db.session.delete(target)
    db.session.commit()
    assert audit.verify() == following


def test_lines_of_one_action_are_chained_in_the_order_of_the_acts(app: Flask) -> None:
    person = make_person()

    @action
    def act() -> None:
        for name in ("first", "second", "third"):
            audit.record(audit.SYSTEM, name, person)

    act()
    newest = audit.trail_of("person", person.id)[:3]
    assert [event.act for event in newest] == ["third", "second", "first"]
    assert newest[0].previous == newest[1].digest


def test_the_command_says_whether_the_trail_is_whole(app: Flask, history: list[AuditEvent]) -> None:
    run = app.test_cli_runner().invoke
    assert "The trail is whole." in run(args=["audit", "verify"]).output
    db.session.execute(update(AuditEvent).where(AuditEvent.id == history[2].id).values(note="改写"))
    db.session.commit()
    result = run(args=["audit", "verify"])
    assert result.exit_code == 1
    assert f"The chain breaks at line {history[2].id}" in result.output

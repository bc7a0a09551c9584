"""Rows that addresses of the access table name."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from portal import clock, files
from portal.accounts.actions.officers import grant_right
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.enterprises.actions import (
    chain_items,
    changes,
    duplicates,
    merges,
    presence,
    standing,
)
from portal.enterprises.actions.cases import case_of
from portal.enterprises.actions.contacts import ask_contact
from portal.enterprises.models import Enterprise, LikelyPair, StandingRequest
from portal.enterprises.rules.states import LOCKED
from portal.enterprises.terms.figures import Source
from portal.enterprises.terms.presence import SiteKind, Way
from portal.enterprises.terms.standing import Act
from portal.extensions import db
from portal.lists.actions.signing import record_paper_sign_off
from portal.lists.models import Release, SignOff
from portal.taxonomy.queries import get_department, get_term
from portal.taxonomy.terms import Scheme
from tests.enterprises.figure_factories import make_evidence, state
from tests.factories import (
    LONG_AGO,
    facts,
    make_active,
    make_person,
    make_uscc,
)
from tests.files.factories import upload
from tests.lists.factories import (
    LEADS,
    make_curator,
    signed_paper,
)
from tests.lists.sheet_factories import make_sheet
from tests.lists.unit_factories import DISTRICT, make_unit

WAITING = {"leave"}  # ends memberships, so in a record nothing else is asked about
STANDING = {"standing", "ask", "changes", "note_change", "merge", "propose_merge", "remove_contact"}
STANDING |= {"edit_site", "end_site", "add_site", "edit_item", "end_item", "add_item"}
DRAFT = {"edit_step", "save_step", "check", "submit"}
BEGUN = {
    f"enterprises_bureau.{name}"
    for name in ("record", "record_step", "save_record_step", "submit_record")
}
DRAFT |= {"ownership_offer", "accept_ownership", "decline_ownership", "withdraw_ownership"}


def likely_pair(one: Enterprise, other: Enterprise) -> LikelyPair:
    """Return the pair of two records that share landline and website."""
    duplicates.find_duplicates()
    pair = db.session.scalar(
        select(LikelyPair).where(LikelyPair.first_id == one.id, LikelyPair.second_id == other.id)
    )
    assert pair is not None
    return pair


def case_id_of(enterprise: Enterprise) -> int:
    """Return the number of a submission's case."""
    case = case_of(enterprise)
    assert case is not None
    return case.id


def make_presence(member: Person, active: Enterprise) -> dict[str, int]:
    """Return the numbers of a place, something needed and a contact who was asked."""
    dongpo = get_term(Scheme.DISTRICT, "dongpo")
    site = presence.add_site(
        member, active, presence.Place(SiteKind.OPERATING, "示例路1号", dongpo)
    )
    item = chain_items.add_item(member, active, chain_items.Thing(Way.NEEDS, "液冷板"))
    contact = ask_contact(member, active, "示例", "", "contact@example.com", "供需对接")
    return {"site_id": site.id, "item_id": item.id, "contact_id": contact.id}


def make_checked_evidence(member: Person, officer: Person, active: Enterprise) -> str:
    """Return the name of a file that stays, an officer having checked a figure against it."""
    name = make_evidence(member, active).name
    state(officer, active, source=Source.CHECKED, revenue=1, notes={"revenue": "审计报告"})
    return name


def standing_rows(app: Flask, officer: Person) -> dict[str, int]:
    """Return a report of a change and a proposal to merge, about other enterprises."""
    owner = make_person("standing@example.com")
    changed, one, other = (
        make_active(owner, officer, uscc=make_uscc(number), name=f"示例{number}公司")
        for number in (5, 6, 7)
    )
    values = facts(name="示例更名公司")
    told = changes.Report({name: values[name] for name in LOCKED}, clock.today(), "renamed", "")
    stream, name = upload()
    with files.receiving(app.config["FILES"], stream, name, field="evidence") as received:
        change = changes.report(owner, changed, changed.version, told, received)
    merge = merges.propose(officer, one, other, one.version, chosen=[], ground="示例")
    return {"change_id": change.id, "merge_id": merge.id}


def ask_to_suspend(enterprise: Enterprise, officer: Person) -> StandingRequest:
    """Return a request to suspend a record."""
    asked = {"ground": "示例"}
    return standing.ask(officer, enterprise, enterprise.version, Act.SUSPEND, **asked)


def record_paper(release: Release) -> SignOff:
    """Return a sign-off of the first body on paper, recorded by another curator."""
    with signed_paper() as paper:
        return record_paper_sign_off(
            make_curator("recorder"),
            release,
            get_department(LEADS[0]),
            str(release.check_code),
            paper,
        )


def unit_rows(curator: Person, call: Release) -> dict[str, int]:
    """Return a district as a unit of a call, for which the curator hands in as well, and a filled
    template of it."""
    body = get_department(DISTRICT)
    place = get_term(Scheme.DISTRICT, "dongpo")
    grant_right(SYSTEM, curator, Right.CURATE_LISTS, body, place, valid_from=LONG_AGO)
    unit = make_unit(call, DISTRICT)
    return {"unit_id": unit.id, "sheet_id": make_sheet(unit, curator).id}


def record_for(rule: Rule, name: str) -> str:
    """Return which of the records an endpoint is asked about."""
    if rule.endpoint in BEGUN:
        return "begun"
    if name in DRAFT:
        return "draft"
    bureau = rule.endpoint.startswith("enterprises_bureau") and name not in STANDING
    return "submitted" if bureau or name in WAITING else "active"

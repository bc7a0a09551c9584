"""People and records for tests, made through the same actions a person uses."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app

from portal import files
from portal.accounts.actions import create_person
from portal.accounts.actions.consents import accept_consent
from portal.accounts.actions.officers import grant_right
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.casework import Case, Stage
from portal.casework.permits import has_turn
from portal.database import action
from portal.enterprises.actions import claims, recording, registration, review
from portal.enterprises.actions.cases import case_of
from portal.enterprises.actions.members import admit
from portal.enterprises.models import Claim, Enterprise, Membership
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.rules.uscc import check_character
from portal.enterprises.terms.record import STEP_FIELDS, Decision, Role, Step
from portal.taxonomy.queries import find_term, get_department
from portal.taxonomy.terms import Scheme
from tests.files.factories import PDF
from tests.scenes import scene

PASSWORD = "bamboo hills 2026"
LONG_AGO = date(2020, 1, 2)  # so that tests may set the clock back


@scene
def make_person(mail: str = "owner@example.com", name: str = "") -> Person:
    """Return a confirmed person whose password is PASSWORD and who accepted the notice."""
    person = create_person(mail, PASSWORD, name or mail.split("@", maxsplit=1)[0])
    accept_consent(person, 1)
    return person


@scene
def make_officer(
    *rights: Right,
    mail: str = "officer@portal.example",
    department: str = "meishan-coop",
    district: str | None = None,
) -> Person:
    """Return an officer holding these rights for a department, city-wide unless limited."""
    person = make_person(mail, f"示例经办人（{mail.split('@', maxsplit=1)[0]}）")
    for right in rights:
        place = find_term(Scheme.DISTRICT, district)
        grant_right(SYSTEM, person, right, get_department(department), place, valid_from=LONG_AGO)
    return person


def make_uscc(serial: int, division: str = "511402") -> str:
    """Return a valid, clearly fictional credit code; `serial` is below ten million."""
    first = f"91{division}MA{serial:07d}"
    return first + check_character(first)


def facts(**changes: Any) -> dict[str, Any]:
    """Return believable facts of an enterprise; terms are given by slug."""
    slugs = {
        "district": "dongpo",
        "zone": "meishan-hitech",
        "key_industry": "new-energy-materials",
        "node": "storage-battery",
    }
    values: dict[str, Any] = {
        "uscc": make_uscc(1),
        "name": "四川岷江储能科技有限公司",
        "name_en": "",
        "established_on": date(2016, 5, 4),
        "registered_capital": Decimal("8000"),
        "industry": next_industry("38"),
        "pillars": [find_term(Scheme.PILLAR, "new-industry")],
        "products": "工商业液冷储能一体柜",
        "introduction": "公司专注工商业储能系统与电池模组。",
        "website": "https://example.com/",
        "office": "市场部",
        "landline": "028-0000 0101",
        "contact_name": "示例联系人",
        "contact_phone": "13800000000",
    }
    for name, slug in slugs.items():
        values[name] = find_term(Scheme(name), changes.pop(name, slug))
    return values | changes


def next_industry(code: str) -> Any:
    """Return the industry division of a two-digit code."""
    return find_term(Scheme.INDUSTRY, f"division-{code}")


@scene
def make_draft(owner: Person, **changes: Any) -> Enterprise:
    """Return a complete draft of the owner."""
    values = facts(**changes)
    enterprise = registration.start_draft(owner)
    for step in Step:
        part = {name: values[name] for name in STEP_FIELDS[step]}
        registration.save_step(owner, enterprise, step, part, enterprise.version)
    return get_enterprise(enterprise.id)


@scene
def make_submitted(owner: Person, **changes: Any) -> Enterprise:
    """Return a record waiting for verification."""
    enterprise = make_draft(owner, **changes)
    registration.submit(owner, enterprise, enterprise.version)
    return enterprise


@scene
def make_active(owner: Person, reviewer: Person, **changes: Any) -> Enterprise:
    """Return a record in the registry."""
    enterprise = make_submitted(owner, **changes)
    bring_in(reviewer, enterprise)
    return enterprise


@scene
@action
def make_member(enterprise: Enterprise, person: Person, role: Role) -> Membership:
    """Return a person's membership in an enterprise."""
    return admit(person, enterprise, role)


@scene
def bring_in(reviewer: Person, enterprise: Enterprise) -> None:
    """Have a submission passed and admitted by the reviewer, or who stands in where it is not
    their turn."""
    case = case_of(enterprise)
    if case is not None and case.stage == Stage.FIRST_REVIEW:
        district = enterprise.district.slug if enterprise.district else None
        opine(in_turn(reviewer, case, f"first-{district}", district), enterprise, Decision.PASS)
    if case is not None:
        opine(in_turn(reviewer, case, "second", None), enterprise, Decision.ADMIT)


@scene
def in_turn(reviewer: Person, case: Case, name: str, district: str | None) -> Person:
    """Return the reviewer, or somebody whose turn the case's stage is."""
    if has_turn(reviewer, case):
        return reviewer
    found = find_confirmed(f"{name}@stand-in.example")
    if found is not None:
        return found.person
    right = Right.REVIEW_ENTERPRISES
    return make_officer(right, mail=f"{name}@stand-in.example", district=district)


@scene
def opine(reviewer: Person, enterprise: Enterprise, decision: Decision) -> None:
    """Have a reviewer decide without words."""
    review.decide(reviewer, enterprise, enterprise.version, decision, reasons={}, ground="")


@scene
def make_claim(person: Person, enterprise: Enterprise, statement: str = "示例：行政主管") -> Claim:
    """Return a person's request to act for an enterprise, with a letter."""
    folder, stream = current_app.config["FILES"], io.BytesIO(PDF)
    with files.receiving(folder, stream, "授权书.pdf", field="letter") as letter:
        return claims.claim(person, enterprise, statement, letter)


@scene
def make_recorded(officer: Person, **changes: Any) -> Enterprise:
    """Return a record an officer entered for an enterprise and sent off."""
    values = facts(**changes)
    enterprise = recording.start_record(officer)
    for step in Step:
        part = {name: values[name] for name in STEP_FIELDS[step]}
        registration.save_step(officer, enterprise, step, part, enterprise.version)
    registration.submit(officer, get_enterprise(enterprise.id), enterprise.version)
    return get_enterprise(enterprise.id)

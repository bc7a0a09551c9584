"""The demonstration's people, who have roles instead of names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from portal import clock
from portal.accounts.actions import add_confirmed
from portal.accounts.actions.consents import accept_current
from portal.accounts.actions.deputies import set_deputy
from portal.accounts.actions.officers import grant_right
from portal.accounts.models import Person
from portal.accounts.passwords import hash_password
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.partners.actions import register_partner
from portal.partners.terms import FIELDS
from portal.taxonomy.queries import find_term, get_department
from portal.taxonomy.terms import Scheme

LONG_AGO = date(2022, 1, 1)  # before the first act of the city's history


def load_people(items: list[dict[str, Any]], password: str) -> dict[str, Person]:
    """Create everyone with the same password, which the demonstration shows to all anyway."""
    secret = hash_password(password)
    return {item["key"]: load_person(item, secret) for item in items}


def load_person(item: dict[str, Any], secret: str) -> Person:
    """Create one person with their rights."""
    person = add_confirmed(item["mail"], secret, item["display_name_zh"], demonstration=True)
    accept_current(person)
    for right in item.get("rights", []):
        place = find_term(Scheme.DISTRICT, right["district"])
        department = get_department(right["department"])
        given = {"valid_from": right.get("from", LONG_AGO), "valid_until": right.get("until")}
        zone = find_term(Scheme.ZONE, right.get("zone"))
        grant_right(SYSTEM, person, Right(right["right"]), department, place, zone=zone, **given)
    return person


def load_deputies(items: list[dict[str, Any]], people: dict[str, Person]) -> None:
    """Set the deputies of officers on leave; days are counted from today."""
    for item in items:
        officer, deputy = people[item["officer"]], people[item["deputy"]]
        begins = clock.today() + timedelta(days=item["begins_in"])
        set_deputy(SYSTEM, officer, deputy, begins, begins + timedelta(days=item["days"]))


def load_partners(items: list[dict[str, Any]], people: dict[str, Person]) -> None:
    """Register the organisations from outside the city."""
    for item in items:
        facts = {name: item[name] for name in FIELDS}
        register_partner(people[item["member"]], facts, is_sample=True)

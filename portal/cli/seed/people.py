"""The demonstration's people, who have roles instead of names."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.accounts.actions import add_confirmed
from portal.accounts.models import Person
from portal.accounts.officers import grant_right
from portal.accounts.passwords import hash_password
from portal.accounts.terms import Right
from portal.audit import SYSTEM
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
    for right in item.get("rights", []):
        place = find_term(Scheme.DISTRICT, right["district"])
        department = get_department(right["department"])
        given = {"valid_from": right.get("from", LONG_AGO), "valid_until": right.get("until")}
        grant_right(SYSTEM, person, Right(right["right"]), department, place, **given)
    return person

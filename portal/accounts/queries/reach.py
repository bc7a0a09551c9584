"""Where the rights of officers hold."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right


@dataclass(frozen=True)
class Reach:
    """The districts and zones a right is limited to, joined by "or"; None for both is the whole
    city."""

    districts: frozenset[int] | None = None
    zones: frozenset[int] | None = None

    @property
    def is_citywide(self) -> bool:
        return self.districts is None


def reach_of(person: Person, right: Right) -> Reach:
    """Return where a right of somebody holds."""
    districts, zones = districts_for(person, right), zones_for(person, right)
    if districts is None or zones is None:
        return Reach()
    return Reach(frozenset(districts), frozenset(zones))


def districts_for(person: Person, right: Right) -> set[int] | None:
    """Return the districts the right is limited to, None for the whole city.

    Somebody limited to zones has none: see `zones_for`, and join both with "or".
    """
    held = [each for each in rights_of(person) if each.right == right]
    if any(each.is_citywide for each in held):
        return None
    return {each.district_id for each in held if each.district_id is not None}


def zones_for(person: Person, right: Right) -> set[int] | None:
    """Return the zones the right is limited to, None for the whole city."""
    held = [each for each in rights_of(person) if each.right == right]
    if any(each.is_citywide for each in held):
        return None
    return {each.zone_id for each in held if each.zone_id is not None}


def is_limited(person: Person) -> bool:
    """Say whether every right of an officer is limited to a district or zone."""
    return not any(held.is_citywide for held in rights_of(person))

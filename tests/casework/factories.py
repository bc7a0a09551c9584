"""Cases for tests, opened about a department so that no other domain is needed."""

from __future__ import annotations

from typing import Any

from portal import casework
from portal.audit import SYSTEM
from portal.casework import Case
from portal.taxonomy.queries import find_term, get_department
from portal.taxonomy.terms import Scheme
from tests.scenes import scene


@scene
def make_case(
    matter: str = "verification",
    *,
    district: str = "dongpo",
    zone: str | None = None,
    about: str = "meishan-coop",
    **given: Any,
) -> Case:
    """Return an open case in a district."""
    place, zoned = find_term(Scheme.DISTRICT, district), find_term(Scheme.ZONE, zone)
    return casework.open_case(
        SYSTEM,
        matter,
        get_department(about),
        label=given.pop("label", "示例企业"),
        district_id=place.id if place else None,
        zone_id=zoned.id if zoned else None,
        **given,
    )

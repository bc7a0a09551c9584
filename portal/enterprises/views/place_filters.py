"""The filters by district and zone above officers' tables."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from portal.taxonomy.models import Term
from portal.taxonomy.queries import terms
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language

Select = tuple[str, object, list[tuple[str, object]], object]


def place_of(scheme: Scheme, slug: str) -> int | None:
    """Return the number of the place of that slug, None for every place."""
    return next((term.id for term in terms(scheme) if term.slug == slug), None) if slug else None


def place_selects(district_id: int | None, zone_id: int | None, *, limited: bool) -> list[Select]:
    """Return the two filters as the filter line draws them.

    Where an officer's rights are limited, what is not narrowed further are their own places, and
    the first choice says so.
    """
    districts = [term for term in terms(Scheme.DISTRICT) if term.parent_id is not None]
    zones = terms(Scheme.ZONE)
    every = _("My places") if limited else _("All")
    return [
        (
            "district",
            _("District or county"),
            offered(districts, every),
            slug_of(districts, district_id),
        ),
        ("zone", _("Functional zone"), offered(zones, every), slug_of(zones, zone_id)),
    ]


def offered(found: Sequence[Term], every: object) -> list[tuple[str, object]]:
    """Return places as (slug, name), every place first."""
    return [("", every), *((each.slug, in_language(each)) for each in found)]


def slug_of(found: Sequence[Term], number: int | None) -> str:
    """Return the slug of the place of that number, empty for every place."""
    return next((term.slug for term in found if term.id == number), "")

"""Officers' pages of the lists: editions and their boards, entries, signing and publishing."""

from portal.lists.bureau_views import (
    calls,
    correcting,
    editions,
    entries,
    errata,
    ledger,
    own_units,
    releases,
    reviews,
    signing,
    unit_forwarding,
    unit_sheets,
    units,
)
from portal.lists.bureau_views.frame import blueprint
from portal.lists.bureau_views.own_units import blueprint as submissions_bureau

__all__ = [
    "blueprint",
    "calls",
    "correcting",
    "editions",
    "entries",
    "errata",
    "ledger",
    "own_units",
    "releases",
    "reviews",
    "signing",
    "submissions_bureau",
    "unit_forwarding",
    "unit_sheets",
    "units",
]

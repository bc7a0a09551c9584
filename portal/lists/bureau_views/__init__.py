"""Officers' pages of the lists: editions, boards, entries, reviews, signing, publishing."""

from portal.lists.bureau_views import (
    board,
    calls,
    correcting,
    documents,
    editions,
    entries,
    errata,
    ledger,
    own_units,
    proofs,
    releases,
    reviews,
    scoring,
    signing,
    ties,
    unit_forwarding,
    unit_sheets,
    units,
    wordings,
)
from portal.lists.bureau_views.frame import blueprint
from portal.lists.bureau_views.own_units import blueprint as submissions_bureau

__all__ = [
    "blueprint",
    "board",
    "calls",
    "correcting",
    "documents",
    "editions",
    "entries",
    "errata",
    "ledger",
    "own_units",
    "proofs",
    "releases",
    "reviews",
    "scoring",
    "signing",
    "submissions_bureau",
    "ties",
    "unit_forwarding",
    "unit_sheets",
    "units",
    "wordings",
]

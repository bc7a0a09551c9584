"""Officers' pages of the lists: editions and their boards, entries, signing and publishing."""

from portal.lists.bureau_views import (
    correcting,
    editions,
    entries,
    errata,
    ledger,
    releases,
    reviews,
    signing,
)
from portal.lists.bureau_views.frame import blueprint

__all__ = [
    "blueprint",
    "correcting",
    "editions",
    "entries",
    "errata",
    "ledger",
    "releases",
    "reviews",
    "signing",
]

"""Officers' pages of titles: on record, claimed, official lists, pre-checks, and the rules."""

from portal.classification.bureau_views import (
    certificates,
    claims,
    list_rows,
    near_misses,
    official_lists,
    passport,
    standing,
    trials,
    version_texts,
    versions,
)
from portal.classification.bureau_views.titles import blueprint

__all__ = [
    "blueprint",
    "certificates",
    "claims",
    "list_rows",
    "near_misses",
    "official_lists",
    "passport",
    "standing",
    "trials",
    "version_texts",
    "versions",
]

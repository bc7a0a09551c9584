"""An officer's pages: records, verification, requests to act for an enterprise."""

from portal.enterprises.bureau_views import (
    changes,
    claims,
    contacts,
    duplicates,
    figures,
    hand_over,
    merge,
    places,
    presence,
    recording,
    review,
    standing,
)
from portal.enterprises.bureau_views.frame import blueprint

__all__ = [
    "blueprint",
    "changes",
    "claims",
    "contacts",
    "duplicates",
    "figures",
    "hand_over",
    "merge",
    "places",
    "presence",
    "recording",
    "review",
    "standing",
]

"""An officer's pages: records, verification, requests to act for an enterprise."""

from portal.enterprises.bureau_views import (
    claims,
    duplicates,
    figures,
    hand_over,
    places,
    recording,
    review,
    standing,
)
from portal.enterprises.bureau_views.frame import blueprint

__all__ = [
    "blueprint",
    "claims",
    "duplicates",
    "figures",
    "hand_over",
    "places",
    "recording",
    "review",
    "standing",
]

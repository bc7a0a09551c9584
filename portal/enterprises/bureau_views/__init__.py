"""An officer's pages: records, verification, requests to act for an enterprise."""

from portal.enterprises.bureau_views import claims, places, review
from portal.enterprises.bureau_views.frame import blueprint

__all__ = ["blueprint", "claims", "places", "review"]

"""A member's pages: registering, and acting for an enterprise."""

from portal.enterprises.owner_views import confirmation, members, places, registration
from portal.enterprises.owner_views.frame import blueprint

__all__ = ["blueprint", "confirmation", "members", "places", "registration"]

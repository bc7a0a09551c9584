"""A member's pages: registering, and acting for an enterprise."""

from portal.enterprises.owner_views import (
    access,
    changes,
    claims,
    confirmation,
    contacts,
    evidence,
    figures,
    hand_over,
    invitations,
    letters,
    members,
    ownership,
    places,
    presence,
    registration,
    standing,
    trail,
)
from portal.enterprises.owner_views.contact_links import contact_links
from portal.enterprises.owner_views.frame import blueprint

__all__ = [
    "access",
    "blueprint",
    "changes",
    "claims",
    "confirmation",
    "contact_links",
    "contacts",
    "evidence",
    "figures",
    "hand_over",
    "invitations",
    "letters",
    "members",
    "ownership",
    "places",
    "presence",
    "registration",
    "standing",
    "trail",
]

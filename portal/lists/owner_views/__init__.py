"""A submitter's pages of the lists, by subject."""

from portal.lists.owner_views import (
    checking,
    contacts,
    entries,
    objections,
    published,
    wordings,
    writing,
)
from portal.lists.owner_views.frame import blueprint

__all__ = [
    "blueprint",
    "checking",
    "contacts",
    "entries",
    "objections",
    "published",
    "wordings",
    "writing",
]

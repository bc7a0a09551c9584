"""A submitter's pages of the lists."""

from portal.lists.owner_views.entries import blueprint

__all__ = ["blueprint"]

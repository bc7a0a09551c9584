"""A member's pages of recognition, by subject."""

from portal.recognition.owner_views import applications, objections
from portal.recognition.owner_views.frame import blueprint

__all__ = ["applications", "blueprint", "objections"]

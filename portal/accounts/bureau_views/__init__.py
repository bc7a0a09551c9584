"""An administrator's pages: people, their rights, their deputies; and an officer's own deputy."""

from portal.accounts.bureau_views import deputies, people, rights
from portal.accounts.bureau_views.frame import blueprint

__all__ = ["blueprint", "deputies", "people", "rights"]

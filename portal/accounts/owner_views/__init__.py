"""A signed-in person's own account."""

from portal.accounts.owner_views import account, factors, identifiers
from portal.accounts.owner_views.frame import blueprint

__all__ = ["account", "blueprint", "factors", "identifiers"]

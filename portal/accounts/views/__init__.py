"""Pages of signing up, in and out, and of those who cannot."""

from portal.accounts.views import reset, sign_in, sign_up
from portal.accounts.views.frame import blueprint

__all__ = ["blueprint", "reset", "sign_in", "sign_up"]

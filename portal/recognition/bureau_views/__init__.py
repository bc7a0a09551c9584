"""An officer's pages of recognition, by subject."""

from portal.recognition.bureau_views import (
    calls,
    consultations,
    notices,
    objections,
    reversals,
    reviews,
)
from portal.recognition.bureau_views.frame import blueprint

__all__ = ["blueprint", "calls", "consultations", "notices", "objections", "reversals", "reviews"]

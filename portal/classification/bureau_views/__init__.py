"""Officers' pages of titles: those on record, and those an import names."""

from portal.classification.bureau_views import claims, passport
from portal.classification.bureau_views.titles import blueprint

__all__ = ["blueprint", "claims", "passport"]

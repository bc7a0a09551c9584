"""Officers' pages of titles: those on record, those claimed, pre-checks, and the rules."""

from portal.classification.bureau_views import claims, passport, version_texts, versions
from portal.classification.bureau_views.titles import blueprint

__all__ = ["blueprint", "claims", "passport", "version_texts", "versions"]

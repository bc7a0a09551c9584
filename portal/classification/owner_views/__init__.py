"""Members' pages of titles: what their enterprise holds and claims."""

from portal.classification.owner_views import passport
from portal.classification.owner_views.titles import blueprint

__all__ = ["blueprint", "passport"]

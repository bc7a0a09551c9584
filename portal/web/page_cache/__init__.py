"""Pages alike for everybody, answered in front of Flask until what the public reads changes.

A view says that its answer may be kept (`may_be_kept`); the middleware keeps it for the state of
the content it was asked under, one answer per address, display choices and host. Whoever carries
a session cookie is never answered from here, and nothing that sets a cookie is ever kept.
"""

from portal.web.page_cache.marks import leave_out, mark_kept, may_be_kept
from portal.web.page_cache.middleware import PageCache
from portal.web.page_cache.parts import once_for_state

__all__ = ["PageCache", "leave_out", "mark_kept", "may_be_kept", "once_for_state"]

"""Who may see what may belong together: publishers, members and officers of lists."""

from __future__ import annotations

from tests import access_letters as may

TABLE_OF_MATCHING = {
    may.MEMBER: """
        matching_owner.entry_enterprises GET
        matching_owner.opportunities GET
    """,
    may.LISTS: """
        matching_bureau.entry_enterprises GET
    """,
}

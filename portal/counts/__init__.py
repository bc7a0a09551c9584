"""Kept counts: how many public records share the same values, so that no page counts rows.

Every record stands in one cell, the combination of all values it is filtered by. The transaction
that changes a record moves it from its old cell to its new one; pages add cells up in memory.
See docs/decisions/kept-counts.md.
"""

from portal.counts.actions.keeping import watch_records
from portal.counts.actions.recounting import check, is_wanting, recount, repair, turn_day
from portal.counts.queries.kept import Kept, counted_on, kept
from portal.counts.terms import Counted

__all__ = [
    "Counted",
    "Kept",
    "check",
    "counted_on",
    "is_wanting",
    "kept",
    "recount",
    "repair",
    "turn_day",
    "watch_records",
]

"""Titles an entry's text claims, beside those its enterprise holds."""

from __future__ import annotations

from datetime import date

from portal.classification.models.titles import TitleKind
from portal.classification.queries.titles import title_kinds, titles_of
from portal.lists.models import Entry
from portal.lists.public_texts import public_texts
from portal.lists.rules.claims import claimed_in


def unfounded_claims(entry: Entry, on: date) -> list[TitleKind]:
    """Return the kinds of titles an enterprise's entry names without holding one on a day.

    A higher title of the same family bears out a lower one.
    """
    if entry.enterprise_id is None:
        return []
    kinds = {kind.slug: kind for kind in title_kinds() if kind.claimed_as}
    words = {slug: kind.claimed_as for slug, kind in kinds.items()}
    claimed = claimed_in(public_texts(entry).values(), words)
    if not claimed:
        return []
    held = [one.title.kind for one in titles_of(entry.enterprise_id, on) if one.counts]
    return [
        kind
        for slug, kind in kinds.items()
        if slug in claimed
        and not any(one.family == kind.family and one.sort >= kind.sort for one in held)
    ]

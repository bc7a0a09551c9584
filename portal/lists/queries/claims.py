"""Titles the texts of entries claim, beside those their enterprises hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from portal.classification.models.titles import TitleKind
from portal.classification.queries.titles import Held, title_kinds, titles_by_enterprise
from portal.lists.models import Entry
from portal.lists.public_texts import public_texts
from portal.lists.rules.claims import claimed_in


def unfounded_claims(entry: Entry, on: date) -> list[TitleKind]:
    """Return the kinds of titles an enterprise's entry names without holding one on a day."""
    return unfounded_in([entry], on).get(entry.id, [])


def unfounded_in(entries: Collection[Entry], on: date) -> Mapping[int, list[TitleKind]]:
    """Return by entry what enterprises' entries name without holding it on a day, in as many
    statements as for one. A higher title of the same family bears out a lower one."""
    kinds = {kind.slug: kind for kind in title_kinds() if kind.claimed_as}
    words = {slug: kind.claimed_as for slug, kind in kinds.items()}
    claimed = {
        entry: named
        for entry in entries
        if entry.enterprise_id is not None
        and (named := claimed_in(public_texts(entry).values(), words))
    }
    if not claimed:
        return {}
    held = titles_by_enterprise({entry.enterprise_id or 0 for entry in claimed}, on)
    found: dict[int, list[TitleKind]] = {}
    for entry, named in claimed.items():
        own = held.get(entry.enterprise_id or 0, [])
        found[entry.id] = [
            kind for slug, kind in kinds.items() if slug in named and not borne_out(kind, own)
        ]
    return found


def borne_out(kind: TitleKind, held: Collection[Held]) -> bool:
    """Say whether one of the titles held is of that kind or a higher one of its family."""
    return any(
        one.counts and one.title.kind.family == kind.family and one.title.kind.sort >= kind.sort
        for one in held
    )

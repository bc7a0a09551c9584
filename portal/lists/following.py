"""Entries follow a merged record into the one that remains, and come back with an undoing.

What was published stays as it was published: only the link to the record moves.
"""

from __future__ import annotations

from flask_babel import ngettext

from portal import audit
from portal.accounts.models import Person
from portal.enterprises.following import Follower
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.lists.models import Entry
from portal.lists.queries.entries import entries_of_record


def move(actor: Person, merged: Enterprise, survivor: Enterprise) -> list[int]:
    """Hand every entry of the merged record to the one that remains; return their ids."""
    entries = entries_of_record(merged.id)
    for entry in entries:
        hand_over(actor, entry, survivor)
    return [entry.id for entry in entries]


def restore(actor: Person, merged: Enterprise, survivor: Enterprise, moved: list[int]) -> list[str]:
    """Hand the entries back; those that are no longer the other's stay."""
    left = 0
    for entry_id in moved or []:
        entry = db.session.get(Entry, entry_id)
        if entry is not None and entry.enterprise_id == survivor.id:
            hand_over(actor, entry, merged)
        else:
            left += 1
    if not left:
        return []
    return [
        ngettext(
            "%(num)d entry belongs to another record since and stays",
            "%(num)d entries belong to another record since and stay",
            left,
        )
    ]


def hand_over(actor: Person, entry: Entry, enterprise: Enterprise) -> None:
    """Let an entry belong to another record."""
    audit.record(actor, "move_entry", entry, {"enterprise": (entry.enterprise_id, enterprise.id)})
    entry.enterprise_id = enterprise.id


FOLLOWER = Follower(move, restore)

"""Merging entries into one that remains, splitting one into several, and undoing either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions.curation import check_decider
from portal.lists.actions.entries import check_entry_version
from portal.lists.actions.named_contacts import end_contacts
from portal.lists.actions.scores import office_name
from portal.lists.models import Entry, EntryTie
from portal.lists.queries.ties import ties_of, ties_that_ended
from portal.lists.rules.entries import length_faults
from portal.lists.terms.entries import OVER, EntryState
from portal.lists.terms.ties import MOST_PARTS, TieKind

LIVE = frozenset({EntryState.SUBMITTED, EntryState.ACCEPTED})
ENDS_AS = {TieKind.MERGE: EntryState.MERGED, TieKind.SPLIT: EntryState.SPLIT}
# What a part has of its own, or not at all: everything else it takes over from the whole.
OWN = frozenset(
    {"id", "version", "title", "title_en", "state", "position", "number", "snapshot"}
    | {"created_at", "updated_at", "life", "outcome"}
)


@action
def merge_entries(
    actor: Person, kept: Entry, version: int, ended: Sequence[Entry], reason: str
) -> None:
    """Let entries end in favour of one that remains; everybody who sent one in is told.

    Raises NotAllowed, Refused (no reason, nothing to merge, an entry that is not live),
    ChangedSinceOpened.
    """
    check_live(actor, kept, reason)
    check_entry_version(kept, version)
    if not ended:
        raise Refused(_("Choose the entries to merge into this one"), "entries")
    for entry in ended:
        if entry.id == kept.id or entry.release_id != kept.release_id:
            raise Refused(_("Only other entries of the same release can be merged"), "entries")
        check_live(actor, entry, reason)
        end(actor, entry, kept, TieKind.MERGE, reason)
        tell_sender(entry, "merged", kept)
    tell_sender(kept, "kept", kept)


@action
def split_entry(
    actor: Person, entry: Entry, version: int, titles: Sequence[str], reason: str
) -> list[Entry]:
    """Split an entry into parts, each with a title of its own and else what the whole said; the
    parts wait for selection. Raises NotAllowed, Refused, ChangedSinceOpened."""
    check_live(actor, entry, reason)
    check_entry_version(entry, version)
    named = list(dict.fromkeys(title.strip() for title in titles if title.strip()))
    if not 2 <= len(named) <= MOST_PARTS:
        raise Refused(
            _("Give each part a title of its own: 2 to %(most)d lines", most=MOST_PARTS), "titles"
        )
    for title in named:
        for said in length_faults({"title": title}).values():
            raise Refused(said, "titles")
    parts = [part_of(entry, title) for title in named]
    db.session.add_all(parts)
    db.session.flush()
    for part in parts:
        audit.record(actor, "become_part", part, {"part_of": (None, entry.id)})
        tie(actor, entry, part, TieKind.SPLIT, reason)
    change(actor, entry, EntryState.SPLIT, "split_entry", reason)
    tell_sender(entry, "split", entry)
    return parts


def part_of(entry: Entry, title: str) -> Entry:
    """Return a new entry with everything of the whole but its title."""
    copied: dict[str, Any] = {
        column.key: getattr(entry, column.key)
        for column in Entry.__mapper__.column_attrs
        if column.key not in OWN
    }
    moment = clock.now()
    return Entry(
        **copied,
        title=title,
        state=str(EntryState.SUBMITTED),
        created_at=moment,
        updated_at=moment,
    )


@action
def undo_tie(actor: Person, entry: Entry, version: int) -> None:
    """Bring an entry that was merged or split back to where it was; parts are withdrawn.

    Possible until the content is fixed for signing. Raises NotAllowed, Refused,
    ChangedSinceOpened.
    """
    check_decider(actor, entry)
    check_entry_version(entry, version)
    ties = ties_that_ended(entry)
    if not ties:
        raise Refused(_("This entry was neither merged nor split"))
    for one in ties:
        if one.kind == TieKind.SPLIT:
            take_part_back(actor, one.kept)
        one.undone_at, one.undone_by_id = clock.now(), actor.id
    entry.position = ties[0].position
    change(actor, entry, EntryState(ties[0].state), "undo_tie")
    tell_sender(entry, "undone", entry)


def take_part_back(actor: Person, part: Entry) -> None:
    """Withdraw a part; one that has become something else meanwhile keeps the split."""
    if any(one.ended_id == part.id for one in ties_of(part)):
        raise Refused(
            _("A part was merged or split itself: undo that first (%(title)s)", title=part.title)
        )
    part.position = 0
    change(actor, part, EntryState.WITHDRAWN, "withdraw_entry")


def check_live(actor: Person, entry: Entry, reason: str) -> None:
    """Raise unless the actor may decide on this entry, which waits or is accepted, with words."""
    check_decider(actor, entry)
    if entry.state not in LIVE:
        raise Refused(
            _(
                "Only entries that wait for selection or are accepted can be merged or split:"
                " %(title)s is neither",
                title=entry.title,
            )
        )
    if not reason.strip():
        raise Refused(_("Say why; the submitters will read it"), "reason")


def end(actor: Person, entry: Entry, kept: Entry, kind: TieKind, reason: str) -> None:
    """Let an entry end in favour of another."""
    tie(actor, entry, kept, kind, reason)
    change(actor, entry, ENDS_AS[kind], "merge_entry", reason)


def tie(actor: Person, ended: Entry, kept: Entry, kind: TieKind, reason: str) -> None:
    """Keep what an entry ended in favour of, and where it stood."""
    db.session.add(
        EntryTie(
            kind=str(kind),
            ended_id=ended.id,
            kept_id=kept.id,
            state=ended.state,
            position=ended.position,
            reason=reason.strip(),
            made_at=clock.now(),
            made_by_id=actor.id,
            made_for=office_name(actor),
        )
    )


def change(actor: Person, entry: Entry, state: EntryState, act: str, note: str = "") -> None:
    """Move an entry on, out of the order where it is no longer accepted."""
    changes = {"state": (entry.state, state), "version": (entry.version, entry.version + 1)}
    audit.record(actor, act, entry, changes, note=note.strip(), office=office_name(actor))
    entry.state = str(state)
    if state != EntryState.ACCEPTED:
        entry.position = 0
    if state in OVER:
        end_contacts(actor, entry)
    entry.updated_at = entry.release.changed_at = clock.now()


def tell_sender(entry: Entry, event: str, kept: Entry) -> None:
    """Write to who sent the entry in, by mail and into the inbox."""
    sender = db.session.get(Person, entry.submitted_by_id) if entry.submitted_by_id else None
    if sender is not None:
        tell(sender, "entry_tied", event=event, entry=entry.id, title=entry.title, other=kept.title)

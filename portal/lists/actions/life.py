"""What a published entry has come to."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action, mark_public_change
from portal.errors import Refused
from portal.lists.actions.entries import announce, check_entry_version
from portal.lists.models import Entry
from portal.lists.permits import check_curator, check_impartial
from portal.lists.terms.entries import Life

NEEDS_OUTCOME = frozenset({Life.MATCHED, Life.FULFILLED, Life.CONTINUED, Life.CLOSED})


@action
def mark_life(actor: Person, entry: Entry, version: int, life: Life, outcome: str) -> None:
    """Say what a published entry has come to, with the outcome the public reads.

    The snapshot stays as published. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, entry.release.edition)
    check_impartial(actor, entry)
    check_entry_version(entry, version)
    if not entry.release.is_public:
        raise Refused(_("The entry is not published: it has no outcome yet"))
    if life in NEEDS_OUTCOME and not outcome.strip():
        raise Refused(_("Say what came of the entry; the public reads it"), "outcome")
    audit.record(
        actor,
        "mark_life",
        entry,
        {"life": (entry.life, life), "outcome": (entry.outcome, outcome.strip())},
    )
    entry.life, entry.outcome = str(life), outcome.strip()
    entry.updated_at = clock.now()
    mark_public_change()
    announce(entry)

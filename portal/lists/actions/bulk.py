"""One decision on many ticked entries, with what became of each."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Person
from portal.database import action
from portal.errors import PortalError, Refused
from portal.extensions import db
from portal.lists.actions.curation import decide
from portal.lists.models import BulkDecision, Entry, Release
from portal.lists.permits import check_curator
from portal.lists.queries.board import SIZE, entries_ticked
from portal.lists.rules.entries import check_decision
from portal.lists.terms.entries import Decision


@action
def decide_many(
    actor: Person,
    release: Release,
    ticked: Mapping[int, int],
    decision: Decision,
    *,
    item: str = "",
    words: str = "",
) -> BulkDecision:
    """Decide alike on the ticked entries (id → the version seen) and keep what became of each.

    One that cannot be decided on is left as it is, with the reason; it keeps no other from being
    done. `item` is the field a return is about. Raises NotAllowed, Refused.
    """
    check_curator(actor, release.edition)
    if not ticked:
        raise Refused(_("Tick at least one entry"))
    if len(ticked) > SIZE:
        raise Refused(_("At most %(most)d entries are decided on at once", most=SIZE))
    reasons = {item: words.strip()} if decision == Decision.RETURN and words.strip() else {}
    ground = "" if decision == Decision.RETURN else words
    check_decision(decision, reasons, ground)
    results = [
        {
            "entry": entry.id,
            "title": entry.title,
            "why": attempt(actor, entry, ticked[entry.id], decision, reasons, ground),
        }
        for entry in entries_ticked(release, list(ticked))
    ]
    done = BulkDecision(
        release_id=release.id,
        decision=str(decision),
        words=words.strip(),
        results=results,
        done_at=clock.now(),
        done_by_id=actor.id,
    )
    db.session.add(done)
    db.session.flush()
    return done


def attempt(
    actor: Person,
    entry: Entry,
    version: int,
    decision: Decision,
    reasons: Mapping[str, str],
    ground: str,
) -> str:
    """Decide on one entry; return why it was not done, or ''."""
    try:
        decide(actor, entry, version, decision, reasons=reasons, ground=ground)
    except PortalError as refusal:
        return refusal.message
    return ""

"""Letting findings of the proof report stand, and having links looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from portal import audit, clock, outbox
from portal.accounts.models import Person
from portal.database import action
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.actions.scores import office_name
from portal.lists.models import LinkCheck, ProofDecision, Release
from portal.lists.permits import check_curator, check_impartial
from portal.lists.probing import Look, probe
from portal.lists.proofing import links_of, proof_report
from portal.lists.queries.editions import get_release
from portal.lists.queries.proofs import link_checks, proved_entries
from portal.lists.rules.proofs import check_decidable
from portal.lists.rules.releases import check_changeable

TOPIC = "links"
AT_ONCE = 16  # addresses in one round of the worker, so that nothing waits long for it
FRESH = timedelta(hours=20)


@action
def let_stand(actor: Person, release: Release, entry_id: int, mark: str, ground: str) -> None:
    """Let a finding stand, with the ground. Raises NotAllowed, NotFound, Refused."""
    check_curator(actor, release.edition)
    check_changeable(release.state)
    lines = (line for line in proof_report(release) if line.decision is None)
    line = next((n for n in lines if n.entry.id == entry_id and n.finding.mark == mark), None)
    if line is None:
        raise NotFound
    check_impartial(actor, line.entry)
    check_decidable(line.finding.kind, ground)
    decision = ProofDecision(
        entry_id=entry_id,
        kind=str(line.finding.kind),
        mark=mark,
        ground=ground.strip(),
        decided_at=clock.now(),
        decided_by_id=actor.id,
        decided_for=office_name(actor),
    )
    db.session.add(decision)
    audit.record(
        actor,
        "let_finding_stand",
        line.entry,
        {"finding": (None, line.finding.kind)},
        note=f"{line.finding.words} {decision.ground}"[:300],
        office=decision.decided_for,
    )


@action
def ask_to_look(actor: Person, release: Release) -> None:
    """Have the worker look at the links of a release. Raises NotAllowed."""
    check_curator(actor, release.edition)
    outbox.send(TOPIC, release=release.id)
    audit.record(actor, "look_at_links", release)


def look_at_links(payloads: Sequence[Mapping[str, Any]]) -> None:
    """Look at some of the links of each release; what is left is owed again: for the worker."""
    for release_id in dict.fromkeys(payload["release"] for payload in payloads):
        due = due_addresses(release_id)
        db.session.rollback()  # nothing is held while others are waited for
        with ThreadPoolExecutor(8) as pool:
            looks = dict(zip(due[:AT_ONCE], pool.map(probe, due[:AT_ONCE]), strict=True))
        note_looks(release_id, looks, is_done=len(due) <= AT_ONCE)


def due_addresses(release_id: int) -> list[str]:
    """Return the addresses of a release nobody looked at lately."""
    entries = proved_entries(get_release(release_id))
    found = {address for entry in entries for address in links_of(entry).values()}
    fresh = clock.now() - FRESH
    known = link_checks(found)
    return sorted(one for one in found if one not in known or known[one].checked_at < fresh)


@action
def note_looks(release_id: int, looks: Mapping[str, Look], *, is_done: bool) -> None:
    """Keep what looks came to, and owe the next round."""
    known = link_checks(looks)
    for address, look in looks.items():
        row = known.get(address) or LinkCheck(address=address)
        row.result, row.status = str(look.result), look.status
        row.checked_at = clock.now()
        db.session.add(row)
    if not is_done:
        outbox.send(TOPIC, release=release_id)

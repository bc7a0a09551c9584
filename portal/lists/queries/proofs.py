"""What a proof report rests on beside the entries: last year, links, decisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from portal.extensions import db
from portal.lists.models import Edition, Entry, LinkCheck, ProofDecision, Release
from portal.lists.queries.entries import ENTRY_PARTS, ORDER
from portal.lists.rules.proofs import normal_title
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import EntryState, Life

PROVED = (EntryState.SUBMITTED, EntryState.RETURNED, EntryState.ACCEPTED)


def proved_entries(release: Release) -> Sequence[Entry]:
    """Return the entries a proof report is about: all but those that ended."""
    return db.session.scalars(
        select(Entry)
        .where(Entry.release_id == release.id, Entry.state.in_(PROVED))
        .options(*ENTRY_PARTS)
        .order_by(*ORDER)
    ).all()


def titles_of_last_year(edition: Edition) -> Mapping[str, str]:
    """Return the numbers of last year's published entries of the same kind by normal title; what
    is marked as continued is left out."""
    rows = db.session.execute(
        select(Entry.title, Entry.number)
        .join(Entry.release)
        .join(Release.edition)
        .where(
            Edition.year == edition.year - 1,
            Edition.kind == edition.kind,
            Release.state.in_(PUBLIC_STATES),
            Entry.state == EntryState.ACCEPTED,
            Entry.life != Life.CONTINUED,
            Entry.number.is_not(None),
        )
        .order_by(Entry.id)
    )
    return {normal_title(row.title): str(row.number) for row in rows}


def link_checks(addresses: Collection[str]) -> Mapping[str, LinkCheck]:
    """Return the last looks at these addresses."""
    found = db.session.scalars(
        select(LinkCheck).where(LinkCheck.address.in_(addresses)).order_by(LinkCheck.id)
    )
    return {one.address: one for one in found}


def proof_decisions(release: Release) -> Mapping[tuple[int, str], ProofDecision]:
    """Return the decisions on findings of a release, by entry and mark."""
    found = db.session.scalars(
        select(ProofDecision)
        .join(Entry, Entry.id == ProofDecision.entry_id)
        .where(Entry.release_id == release.id)
        .order_by(ProofDecision.id)
    )
    return {(one.entry_id, one.mark): one for one in found}

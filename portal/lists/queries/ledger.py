"""What published entries have come to, and what still has no outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from portal import clock
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    Edition,
    Entry,
    EntryOutcome,
    LedgerWaiver,
    Release,
    StillOpen,
)
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.entries import ENTRY_PARTS
from portal.lists.rules.ledger import YEAR, check_all_ended
from portal.lists.terms.editions import PUBLIC_STATES, EditionState
from portal.lists.terms.entries import EntryState, Life
from portal.lists.terms.kinds import DATED_KINDS
from portal.lists.terms.ledger import UNDER_WAY, Purpose


def outcomes_of(entry_id: int) -> Sequence[EntryOutcome]:
    """Return the steps of an entry's life, oldest first."""
    return db.session.scalars(
        select(EntryOutcome).where(EntryOutcome.entry_id == entry_id).order_by(EntryOutcome.id)
    ).all()


def without_outcome(*where: ColumnElement[bool]) -> Select[Any]:
    """Select the published entries of dated lists that have not come to an end."""
    return (
        select(Entry)
        .join(Entry.release)
        .join(Release.edition)
        .where(
            Edition.kind.in_(DATED_KINDS),
            Entry.state == EntryState.ACCEPTED,
            Entry.life.in_(UNDER_WAY),
            *where,
        )
    )


def concerned(release: Release, purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    """Return which entries must have ended: of the release itself to archive it; to publish it,
    those of the lists of its kind of earlier years that are not archived, unless the release
    itself carries them on: that is their outcome."""
    if purpose == Purpose.ARCHIVE:
        return (Entry.release_id == release.id,)
    edition, carrying = release.edition, aliased(Entry)
    carried_on = select(carrying.continues_id).where(
        carrying.release_id == release.id,
        carrying.state == EntryState.ACCEPTED,
        carrying.continues_id.is_not(None),
    )
    return (
        Entry.id.not_in(carried_on),
        Release.state == EditionState.PUBLISHED,
        Edition.kind == edition.kind,
        Edition.year < edition.year,
    )


def count_without_outcome(release: Release, purpose: Purpose) -> int:
    """Return how many entries stand in the way of a release."""
    found = without_outcome(*concerned(release, purpose)).with_only_columns(Entry.id)
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def check_ended(release: Release, purpose: Purpose) -> None:
    """Raise Refused while entries have no outcome and no two officers have waived it."""
    count = count_without_outcome(release, purpose)
    check_all_ended(count, count > 0 and has_waiver(release, purpose))


def waivers_of(release: Release) -> Sequence[LedgerWaiver]:
    """Return what was asked for a release, newest first."""
    return db.session.scalars(
        select(LedgerWaiver)
        .where(LedgerWaiver.release_id == release.id)
        .options(joinedload(LedgerWaiver.asked_by), joinedload(LedgerWaiver.consented_by))
        .order_by(LedgerWaiver.id.desc())
    ).all()


def has_waiver(release: Release, purpose: Purpose) -> bool:
    """Say whether two officers have waived the outcomes for this purpose."""
    return any(w.purpose == purpose and w.consented_at for w in waivers_of(release))


def get_waiver(waiver_id: int) -> LedgerWaiver:
    """Return a waiver with its release; raises NotFound."""
    found = db.session.get(
        LedgerWaiver,
        waiver_id,
        options=[joinedload(LedgerWaiver.release).options(*RELEASE_PARTS)],
    )
    if found is None:
        raise NotFound
    return found


def ledger_of(release: Release) -> Sequence[Entry]:
    """Return the entries of a release with what they need to be shown, in their order."""
    return db.session.scalars(
        select(Entry)
        .where(Entry.release_id == release.id, Entry.state == EntryState.ACCEPTED)
        .options(*ENTRY_PARTS)
        .order_by(Entry.position, Entry.id)
    ).all()


def unanswered(release: Release) -> dict[int, StillOpen]:
    """Return by entry the questions whether it is still open that wait for an answer."""
    found = db.session.scalars(
        select(StillOpen)
        .join(StillOpen.entry)
        .where(Entry.release_id == release.id, StillOpen.answered_at.is_(None))
        .order_by(StillOpen.id)
    )
    return {asked.entry_id: asked for asked in found}


def find_asked(entry: Entry) -> StillOpen | None:
    """Return the question about an entry that waits for an answer, or None."""
    return db.session.scalar(
        select(StillOpen)
        .where(StillOpen.entry_id == entry.id, StillOpen.answered_at.is_(None))
        .order_by(StillOpen.id.desc())
        .limit(1)
    )


def past_their_date(today: date, limit: int) -> Sequence[Entry]:
    """Return open entries whose closing date is over."""
    open_ones = without_outcome(
        Release.state.in_(PUBLIC_STATES),
        Entry.life == Life.OPEN,
        Entry.standing.is_(False),
        Entry.closes_on < today,
    )
    return db.session.scalars(open_ones.order_by(Entry.id).limit(limit)).all()


def to_be_asked(now: datetime, limit: int) -> Sequence[Entry]:
    """Return entries under way that nobody has spoken of for a year: neither published, noted,
    confirmed nor asked since."""
    before = now - YEAR
    asked = select(StillOpen.id).where(
        StillOpen.entry_id == Entry.id,
        (StillOpen.asked_on > before.astimezone(clock.city_zone()).date())
        | (StillOpen.answered_at > before)
        | StillOpen.answered_at.is_(None),
    )
    noted = select(EntryOutcome.id).where(
        EntryOutcome.entry_id == Entry.id, EntryOutcome.noted_at > before
    )
    due = without_outcome(
        Release.state.in_(PUBLIC_STATES),
        Release.published_at <= before,
        ~asked.exists(),
        ~noted.exists(),
    )
    return db.session.scalars(
        due.options(joinedload(Entry.enterprise)).order_by(Entry.id).limit(limit)
    ).all()

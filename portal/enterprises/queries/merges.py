"""Named selects over merges and where a merged record leads."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.enterprises.models import Claim, Enterprise, EnterpriseName, Merge
from portal.enterprises.terms.record import State
from portal.enterprises.terms.standing import Outcome
from portal.errors import NotFound
from portal.extensions import db

LONGEST_CHAIN = 50
IN_FORCE = (Merge.outcome == Outcome.CONSENTED, Merge.undone_at.is_(None))


def get_merge(merge_id: int) -> Merge:
    """Return a merge with both records; raises NotFound."""
    found = db.session.get(
        Merge, merge_id, options=[joinedload(Merge.survivor), joinedload(Merge.merged)]
    )
    if found is None:
        raise NotFound
    return found


def merges_of(enterprise_id: int) -> Sequence[Merge]:
    """Return the merges a record takes part in, newest first, with both records."""
    return db.session.scalars(
        select(Merge)
        .where(or_(Merge.survivor_id == enterprise_id, Merge.merged_id == enterprise_id))
        .options(joinedload(Merge.survivor), joinedload(Merge.merged))
        .order_by(Merge.id.desc())
    ).all()


def find_open_merge(*enterprise_ids: int) -> Merge | None:
    """Return an undecided merge in which one of these records takes part, or None."""
    return db.session.scalar(
        select(Merge)
        .where(
            Merge.decided_at.is_(None),
            or_(Merge.survivor_id.in_(enterprise_ids), Merge.merged_id.in_(enterprise_ids)),
        )
        .limit(1)
    )


def find_survivor(uscc: str) -> Enterprise | None:
    """Return the record that remains of one merged under a code, however often it was merged on;
    None when no record was merged under it."""
    current = db.session.scalar(
        select(Enterprise)
        .where(Enterprise.uscc == uscc, Enterprise.state == State.MERGED)
        .order_by(Enterprise.id.desc())
        .limit(1)
    )
    for _step in range(LONGEST_CHAIN):
        if current is None or current.state != State.MERGED:
            return current
        current = db.session.scalar(
            select(Enterprise)
            .join(Merge, Merge.survivor_id == Enterprise.id)
            .where(Merge.merged_id == current.id, *IN_FORCE)
        )
    return None


def is_code_freed(uscc: str) -> bool:
    """Say whether the code of the record merged under it was entered by mistake, so that the
    enterprise it belongs to may register."""
    return bool(
        db.session.scalar(
            select(Merge.frees_code)
            .join(Merge.merged)
            .where(Enterprise.uscc == uscc, *IN_FORCE)
            .order_by(Merge.id.desc())
            .limit(1)
        )
    )


def has_open_claims(enterprise_id: int) -> bool:
    """Say whether somebody's request to act for a record is undecided."""
    found = select(Claim.id).where(Claim.enterprise_id == enterprise_id, Claim.decided_at.is_(None))
    return db.session.scalar(found.limit(1)) is not None


def find_past_name(name_id: int) -> EnterpriseName | None:
    """Return a former name by its number, or None."""
    return db.session.get(EnterpriseName, name_id)

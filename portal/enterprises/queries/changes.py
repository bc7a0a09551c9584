"""Named selects over reports of changes and what was true before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.queries.reach import Reach
from portal.accounts.terms import Right
from portal.enterprises.facts import facts_of
from portal.enterprises.models import ChangeRequest, Enterprise, EnterpriseName, PastFact
from portal.enterprises.queries.members import find_membership
from portal.enterprises.queries.presence import registered_site
from portal.enterprises.queries.records import lies_in
from portal.enterprises.terms.changes import (
    ADDRESS,
    EVIDENCE_KIND,
    WITH_THE_ENTERPRISE,
    ChangeState,
)
from portal.errors import NotFound
from portal.extensions import db
from portal.files import StoredFile, files_of, reader_of


def get_change(change_id: int) -> ChangeRequest:
    """Return a report with its enterprise; raises NotFound."""
    found = db.session.get(ChangeRequest, change_id, options=[joinedload(ChangeRequest.enterprise)])
    if found is None:
        raise NotFound
    return found


def facts_to_change(enterprise: Enterprise) -> dict[str, Any]:
    """Return what a report may change, plain: the record's facts and its registered address."""
    site = registered_site(enterprise)
    return facts_of(enterprise) | {ADDRESS: site.address if site else ""}


def changes_of(enterprise_id: int) -> Sequence[ChangeRequest]:
    """Return the reports of a record, newest first."""
    return db.session.scalars(
        select(ChangeRequest)
        .where(ChangeRequest.enterprise_id == enterprise_id)
        .order_by(ChangeRequest.id.desc())
    ).all()


def find_open_change(enterprise_id: int) -> ChangeRequest | None:
    """Return the report of a record that is not decided yet, or None."""
    return db.session.scalar(
        select(ChangeRequest).where(
            ChangeRequest.enterprise_id == enterprise_id, ChangeRequest.decided_at.is_(None)
        )
    )


def past_facts_of(enterprise_id: int) -> Sequence[PastFact]:
    """Return what facts of a record were before, latest first."""
    return db.session.scalars(
        select(PastFact).where(PastFact.enterprise_id == enterprise_id).order_by(PastFact.id.desc())
    ).all()


def last_end_of(enterprise_id: int, field: str) -> date | None:
    """Return the day until which a fact of a record was last another, or None."""
    if field == "name":
        return db.session.scalar(
            select(func.max(EnterpriseName.valid_until)).where(
                EnterpriseName.enterprise_id == enterprise_id
            )
        )
    return db.session.scalar(
        select(func.max(PastFact.valid_until)).where(
            PastFact.enterprise_id == enterprise_id, PastFact.field == field
        )
    )


def evidence_of(change: ChangeRequest) -> Sequence[StoredFile]:
    """Return the files that prove a change."""
    return files_of(EVIDENCE_KIND, [change.id])


def unreported(reach: Reach) -> Select[ChangeRequest]:
    """Return a select of the changes that wait for the enterprise, where a right holds."""
    return (
        select(ChangeRequest)
        .join(ChangeRequest.enterprise)
        .where(ChangeRequest.state.in_(WITH_THE_ENTERPRISE), lies_in(reach))
    )


def count_unreported(narrowed: Select[ChangeRequest]) -> int:
    """Return how many changes a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def unreported_page(
    narrowed: Select[ChangeRequest], offset: int, limit: int
) -> Sequence[ChangeRequest]:
    """Return a page of a select, the longest due first, with enterprises and districts."""
    return db.session.scalars(
        narrowed.options(
            joinedload(ChangeRequest.enterprise).joinedload(Enterprise.district),
        )
        .order_by(ChangeRequest.report_by, ChangeRequest.id)
        .offset(offset)
        .limit(limit)
    ).all()


@reader_of(EVIDENCE_KIND)
def may_read_evidence(person: Person, file: StoredFile) -> bool:
    """Let members of the enterprise and, once it was submitted, its reviewers read evidence."""
    change = db.session.get(ChangeRequest, file.owner_id)
    if change is None:
        return False
    if find_membership(person, change.enterprise_id) is not None:
        return True
    district = change.enterprise.district_id
    seen = change.state != ChangeState.DUE
    return seen and has_right(person, Right.REVIEW_ENTERPRISES, district_id=district)

"""Named selects over a record's evidence, and who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from portal import files
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise, Figure, Submission
from portal.enterprises.queries.members import find_membership
from portal.enterprises.terms.figures import Source
from portal.enterprises.terms.record import Decision, Role
from portal.errors import NotFound
from portal.extensions import db
from portal.files import StoredFile

OWNER_KIND = "enterprise"
IDENTITY_PAPER = "identity_paper"
VERIFIED = (Source.CHECKED, Source.OFFICIAL)


@files.reader_of(OWNER_KIND)
def may_read_evidence(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a record's file: its members and its district's officers.

    Scans of identity papers are kept from viewers, other evidence is not.
    """
    membership = find_membership(person, file.owner_id)
    if membership is not None:
        return file.purpose != IDENTITY_PAPER or membership.role != Role.VIEWER
    enterprise = db.session.get(Enterprise, file.owner_id)
    if enterprise is None or enterprise.submitted_at is None:
        return False
    return has_right(person, Right.REVIEW_ENTERPRISES, district_id=enterprise.district_id)


def evidence_of(enterprise: Enterprise) -> Sequence[StoredFile]:
    """Return the kept files of a record, oldest first."""
    return files.files_of(OWNER_KIND, [enterprise.id])


def evidence_by_purpose(enterprise: Enterprise) -> dict[str, list[StoredFile]]:
    """Return the kept files of a record by the field or figure they prove."""
    found: dict[str, list[StoredFile]] = {}
    for file in evidence_of(enterprise):
        found.setdefault(file.purpose, []).append(file)
    return found


def get_evidence(enterprise: Enterprise, name: str) -> StoredFile:
    """Return a file of this record; raises NotFound, so that names of others reveal nothing."""
    found = files.get_file(name)
    if (found.owner_kind, found.owner_id) != (OWNER_KIND, enterprise.id):
        raise NotFound
    return found


def relied_on(enterprise: Enterprise) -> dict[str, datetime]:
    """Return since when officers rely on the evidence for each figure or field.

    A figure's from its last check on; a field's from the admission on, under the key "".
    """
    checked = db.session.execute(
        select(Figure.metric, Figure.year, func.max(Figure.recorded_at))
        .where(
            Figure.enterprise_id == enterprise.id,
            Figure.source.in_(VERIFIED),
            Figure.superseded_at.is_(None),
        )
        .group_by(Figure.metric, Figure.year)
    )
    found = {code if year is None else f"{code}@{year}": moment for code, year, moment in checked}
    admitted = db.session.scalar(
        select(func.max(Submission.decided_at)).where(
            Submission.enterprise_id == enterprise.id, Submission.decision == Decision.ADMIT
        )
    )
    return found | ({"": admitted} if admitted else {})


def is_relied_on(file: StoredFile, since: dict[str, datetime], fields: Sequence[str]) -> bool:
    """Say whether an officer's check or the admission rests on a file."""
    key = "" if file.purpose in fields else file.purpose
    return key in since and file.stored_at <= since[key]


def undated_papers() -> Sequence[tuple[StoredFile, datetime]]:
    """Return identity papers with the decision taken since they came, in two statements."""
    decided = func.max(Submission.decided_at)
    rows = db.session.execute(
        select(StoredFile.id, decided)
        .join(Submission, Submission.enterprise_id == StoredFile.owner_id)
        .where(
            StoredFile.owner_kind == OWNER_KIND,
            StoredFile.purpose == IDENTITY_PAPER,
            StoredFile.removed_at.is_(None),
            Submission.decision.in_((Decision.ADMIT, Decision.REFUSE)),
            Submission.decided_at >= StoredFile.stored_at,
        )
        .group_by(StoredFile.id)
        .order_by(StoredFile.id)
    ).all()
    kept = db.session.scalars(select(StoredFile).where(StoredFile.id.in_([row[0] for row in rows])))
    papers = {file.id: file for file in kept}
    return [(papers[number], moment) for number, moment in rows if moment is not None]

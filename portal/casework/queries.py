"""Named selects over cases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.accounts.models import OfficerRight
from portal.audit.models import AuditEvent
from portal.audit.trail import Subject
from portal.casework.models import Case, CaseDecision, Letter, Objection
from portal.errors import NotFound
from portal.extensions import db

REVEALED = "reveal_objector"


def find_case(matter: str, subject_kind: str, subject_id: int) -> Case | None:
    """Return the open case of a matter about a row, or None."""
    return db.session.scalar(
        select(Case).where(
            Case.matter == matter,
            Case.subject_kind == subject_kind,
            Case.subject_id == subject_id,
            Case.closed_at.is_(None),
        )
    )


def get_case_about(matter: str, subject: Subject) -> Case:
    """Return the open case of a matter about a row; raises NotFound."""
    case = find_case(matter, subject.__tablename__, subject.id)
    if case is None:
        raise NotFound
    return case


def last_case(matter: str, subject_kind: str, subject_id: int) -> Case | None:
    """Return the newest case of a matter about a row, also a closed one, or None."""
    return db.session.scalar(
        select(Case)
        .where(
            Case.matter == matter,
            Case.subject_kind == subject_kind,
            Case.subject_id == subject_id,
        )
        .order_by(Case.id.desc())
        .limit(1)
    )


def get_case(case_id: int) -> Case:
    """Return a case with who has taken it; raises NotFound."""
    found = db.session.get(Case, case_id, options=[joinedload(Case.taken_by)])
    if found is None:
        raise NotFound
    return found


def find_open(case_id: int) -> Case | None:
    """Return the open case of that number with who has taken it, or None."""
    found = db.session.get(Case, case_id, options=[joinedload(Case.taken_by)])
    return found if found is not None and found.is_open else None


def get_letter(letter_id: int) -> Letter:
    """Return the letter of a decision with its case and office; raises NotFound."""
    found = db.session.get(
        Letter, letter_id, options=[joinedload(Letter.case), joinedload(Letter.department)]
    )
    if found is None:
        raise NotFound
    return found


def letters_to(enterprise_id: int) -> Sequence[Letter]:
    """Return the letters to all who act for an enterprise, newest first."""
    return db.session.scalars(
        select(Letter)
        .where(Letter.enterprise_id == enterprise_id, Letter.person_id.is_(None))
        .order_by(Letter.id.desc())
        .limit(100)
    ).all()


def letters_of(case: Case) -> Sequence[Letter]:
    """Return the letters written about a case, newest first."""
    return db.session.scalars(
        select(Letter).where(Letter.case_id == case.id).order_by(Letter.id.desc()).limit(100)
    ).all()


def letters_about(enterprise_id: int) -> Sequence[Letter]:
    """Return the letters about an enterprise, also those to one person, newest first."""
    return db.session.scalars(
        select(Letter)
        .where(Letter.enterprise_id == enterprise_id)
        .order_by(Letter.id.desc())
        .limit(100)
    ).all()


def decisions_of(case: Case) -> Sequence[CaseDecision]:
    """Return what was decided on a case, oldest first, with the people."""
    return db.session.scalars(
        select(CaseDecision)
        .where(CaseDecision.case_id == case.id)
        .options(joinedload(CaseDecision.decided_by))
        .order_by(CaseDecision.id)
    ).all()


def decided_elsewhere(case: Case, person_id: int) -> bool:
    """Say whether a person decided on the case in another stage."""
    found = db.session.scalar(
        select(CaseDecision.id)
        .where(
            CaseDecision.case_id == case.id,
            CaseDecision.decided_by_id == person_id,
            CaseDecision.stage != case.stage,
        )
        .limit(1)
    )
    return found is not None


def has_officers_of_place(right: str, district_id: int | None, zone_id: int | None) -> bool:
    """Say whether anybody holds a right limited to that district or zone."""
    found = db.session.scalar(
        select(OfficerRight.id)
        .where(
            OfficerRight.right == right,
            OfficerRight.ended_at.is_(None),
            or_(
                and_(
                    OfficerRight.district_id.is_not(None), OfficerRight.district_id == district_id
                ),
                and_(OfficerRight.zone_id.is_not(None), OfficerRight.zone_id == zone_id),
            ),
            OfficerRight.valid_from <= clock.today(),
            or_(OfficerRight.valid_until.is_(None), OfficerRight.valid_until >= clock.today()),
        )
        .limit(1)
    )
    return found is not None


def was_shown(objection: Objection, person_id: int) -> bool:
    """Say whether who raised an objection was shown to a person, by the trail."""
    found = db.session.scalar(
        select(AuditEvent.id)
        .where(
            AuditEvent.subject_kind == objection.__tablename__,
            AuditEvent.subject_id == objection.id,
            AuditEvent.act == REVEALED,
            AuditEvent.actor_id == person_id,
        )
        .limit(1)
    )
    return found is not None

"""Named selects over applications and the documents handed in with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal import files
from portal.enterprises.models import Enterprise
from portal.errors import NotFound
from portal.extensions import db
from portal.files import StoredFile
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.queries.calls import WITH_KIND
from portal.recognition.terms.applications import AppState

DOCUMENT = "recognition_application"
FULL = (
    joinedload(RecognitionApplication.call).options(
        joinedload(RecognitionCall.kind),
    ),
    joinedload(RecognitionApplication.enterprise).joinedload(Enterprise.district),
)


def get_application(application_id: int) -> RecognitionApplication:
    """Return an application with its call and enterprise; raises NotFound."""
    found = db.session.scalar(
        select(RecognitionApplication)
        .where(RecognitionApplication.id == application_id)
        .options(*FULL)
    )
    if found is None:
        raise NotFound
    return found


def find_live(call_id: int, enterprise_id: int) -> RecognitionApplication | None:
    """Return an enterprise's application under a call that was not withdrawn, or None."""
    return db.session.scalar(
        select(RecognitionApplication).where(
            RecognitionApplication.call_id == call_id,
            RecognitionApplication.enterprise_id == enterprise_id,
            RecognitionApplication.state != AppState.WITHDRAWN,
        )
    )


def applications_of(enterprise_ids: Collection[int]) -> Sequence[RecognitionApplication]:
    """Return the applications of some enterprises, newest first, at most a hundred."""
    return db.session.scalars(
        select(RecognitionApplication)
        .where(RecognitionApplication.enterprise_id.in_(enterprise_ids))
        .options(*FULL)
        .order_by(RecognitionApplication.id.desc())
        .limit(100)
    ).all()


def applications_of_record(enterprise_id: int) -> Sequence[RecognitionApplication]:
    """Return every application of a record, oldest first."""
    return db.session.scalars(
        select(RecognitionApplication)
        .where(RecognitionApplication.enterprise_id == enterprise_id)
        .options(*FULL)
        .order_by(RecognitionApplication.id)
    ).all()


def submitted_to(call: RecognitionCall, state: str = "") -> Select[RecognitionApplication]:
    """Return a select of the applications submitted under a call, in a state where one is given."""
    found = select(RecognitionApplication).where(
        RecognitionApplication.call_id == call.id,
        RecognitionApplication.submitted_at.is_not(None),
    )
    return found.where(RecognitionApplication.state == state) if state else found


def count(narrowed: Select[RecognitionApplication]) -> int:
    """Return how many applications a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def page_of_applications(
    narrowed: Select[RecognitionApplication], offset: int, limit: int
) -> Sequence[RecognitionApplication]:
    """Return one page of applications by their number, with their enterprises."""
    return db.session.scalars(
        narrowed.options(*FULL)
        .order_by(RecognitionApplication.number, RecognitionApplication.id)
        .offset(offset)
        .limit(limit)
    ).all()


def documents_in(application: RecognitionApplication) -> dict[str, list[StoredFile]]:
    """Return the files handed in with an application by the document they are."""
    found: dict[str, list[StoredFile]] = {}
    for file in files.files_of(DOCUMENT, [application.id]):
        found.setdefault(file.purpose, []).append(file)
    return found


def get_document(application: RecognitionApplication, name: str) -> StoredFile:
    """Return a file of this application; raises NotFound."""
    found = files.get_file(name)
    if (found.owner_kind, found.owner_id) != (DOCUMENT, application.id):
        raise NotFound
    return found


def missed(on: date, limit: int = 200) -> Sequence[RecognitionApplication]:
    """Return returned applications whose day for the correction has passed."""
    return db.session.scalars(
        select(RecognitionApplication)
        .where(
            RecognitionApplication.state == AppState.RETURNED,
            RecognitionApplication.correct_by < on,
        )
        .options(*FULL)
        .order_by(RecognitionApplication.id)
        .limit(limit)
    ).all()


__all__ = ["WITH_KIND", "applications_of", "documents_in", "find_live", "get_application"]

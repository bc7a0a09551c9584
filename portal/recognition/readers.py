"""Who may read the files of recognition."""

from __future__ import annotations

from portal.accounts.models import Person
from portal.extensions import db
from portal.files import StoredFile, reader_of
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionConsultation,
    RecognitionObjection,
)
from portal.recognition.permits import leads, may_read, may_see
from portal.recognition.queries.applications import DOCUMENT
from portal.recognition.queries.notices import OBJECTION, was_shown
from portal.recognition.terms.notices import ProofKind

REPLY = "recognition_consultation"


@reader_of(DOCUMENT)
def may_read_document(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a document handed in with an application."""
    found = db.session.get(RecognitionApplication, file.owner_id)
    return found is not None and may_read(person, found)


@reader_of(REPLY)
def may_read_reply(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a reply on paper: officers only."""
    found = db.session.get(RecognitionConsultation, file.owner_id)
    return found is not None and may_see(person, found.application)


@reader_of(OBJECTION)
def may_read_proof(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read what an objection rests on: who raised it, and officers of
    the lead department; a letter names who wrote it, so only to whom that was shown."""
    found = db.session.get(RecognitionObjection, file.owner_id)
    if found is None:
        return False
    if file.purpose == ProofKind.LETTER and not was_shown(found.id, person.id):
        return False
    return found.person_id == person.id or leads(person, found.application.call.kind)

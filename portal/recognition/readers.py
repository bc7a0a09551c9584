"""Who may read the files of recognition."""

from __future__ import annotations

from portal.accounts.models import Person
from portal.extensions import db
from portal.files import StoredFile, reader_of
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionReply,
)
from portal.recognition.permits import may_read, may_see
from portal.recognition.queries.applications import DOCUMENT

REPLY = RecognitionReply.__tablename__


@reader_of(DOCUMENT)
def may_read_document(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a document handed in with an application."""
    found = db.session.get(RecognitionApplication, file.owner_id)
    return found is not None and may_read(person, found)


@reader_of(REPLY)
def may_read_reply(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a reply on paper: officers only."""
    found = db.session.get(RecognitionReply, file.owner_id)
    return found is not None and may_see(person, found.consultation.application)

"""Stored files: opaque name, hash, type by content; each domain says who may read its own."""

from portal.files.actions import forget_due, keep, keep_until, note_reading, remove, remove_bytes
from portal.files.models import StoredFile
from portal.files.queries import files_of, get_file
from portal.files.readers import may_read, reader_of
from portal.files.store import Received, path_of, receiving, receiving_all, sweep
from portal.files.terms import DOCUMENTS, EVIDENCE, LARGEST_EVIDENCE, SHEETS, ContentType

__all__ = [
    "DOCUMENTS",
    "EVIDENCE",
    "LARGEST_EVIDENCE",
    "SHEETS",
    "ContentType",
    "Received",
    "StoredFile",
    "files_of",
    "forget_due",
    "get_file",
    "keep",
    "keep_until",
    "may_read",
    "note_reading",
    "path_of",
    "reader_of",
    "receiving",
    "receiving_all",
    "remove",
    "remove_bytes",
    "sweep",
]

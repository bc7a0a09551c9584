"""The stored files of entries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from portal.extensions import db
from portal.files import StoredFile, files_of
from portal.lists.models import Entry, EntryTie
from portal.lists.terms.ties import TieKind

OWNER_KIND = "entry"


def attachments_of(entry: Entry) -> Sequence[StoredFile]:
    """Return the kept files of an entry, oldest first."""
    return files_of(OWNER_KIND, [entry.id])


def find_published_file(entry_id: int, key: str, sha256: str) -> StoredFile | None:
    """Return the file of an entry's field whose content has this SHA-256, or None; a part of a
    split entry carries on the files of the whole."""
    return db.session.scalars(
        select(StoredFile)
        .where(
            StoredFile.owner_kind == OWNER_KIND,
            StoredFile.owner_id.in_(wholes_of(entry_id)),
            StoredFile.purpose == key,
            StoredFile.digest == sha256,
            StoredFile.removed_at.is_(None),
        )
        .order_by(StoredFile.id)
        .limit(1)
    ).first()


def wholes_of(entry_id: int) -> list[int]:
    """Return an entry with what it is a part of, and so on up."""
    found = [entry_id]
    while True:
        whole = db.session.scalar(
            select(EntryTie.ended_id)
            .where(EntryTie.kept_id == found[-1], EntryTie.kind == TieKind.SPLIT)
            .order_by(EntryTie.id)
            .limit(1)
        )
        if whole is None or whole in found:
            return found
        found.append(whole)

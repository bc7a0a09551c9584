"""The stored files of entries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from portal.extensions import db
from portal.files import StoredFile, files_of
from portal.lists.models import Entry

OWNER_KIND = "entry"


def attachments_of(entry: Entry) -> Sequence[StoredFile]:
    """Return the kept files of an entry, oldest first."""
    return files_of(OWNER_KIND, [entry.id])


def find_published_file(entry_id: int, key: str, sha256: str) -> StoredFile | None:
    """Return the file of an entry's field whose content has this SHA-256, or None."""
    return db.session.scalars(
        select(StoredFile)
        .where(
            StoredFile.owner_kind == OWNER_KIND,
            StoredFile.owner_id == entry_id,
            StoredFile.purpose == key,
            StoredFile.digest == sha256,
            StoredFile.removed_at.is_(None),
        )
        .order_by(StoredFile.id)
        .limit(1)
    ).first()

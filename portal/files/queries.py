"""Named selects over stored files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.errors import NotFound
from portal.extensions import db
from portal.files.models import StoredFile


def get_file(name: str) -> StoredFile:
    """Return the file of an opaque name while its bytes are kept; raises NotFound."""
    found = db.session.scalar(
        select(StoredFile).where(StoredFile.name == name, StoredFile.removed_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def files_of(owner_kind: str, owner_ids: Sequence[int]) -> Sequence[StoredFile]:
    """Return the kept files of rows of one kind, oldest first, in one statement."""
    return db.session.scalars(
        select(StoredFile)
        .where(
            StoredFile.owner_kind == owner_kind,
            StoredFile.owner_id.in_(owner_ids),
            StoredFile.removed_at.is_(None),
        )
        .order_by(StoredFile.id)
    ).all()


def due_for_removal(on: date, limit: int) -> Sequence[StoredFile]:
    """Return files whose time of keeping ended before a day."""
    return db.session.scalars(
        select(StoredFile)
        .where(StoredFile.keep_until < on, StoredFile.removed_at.is_(None))
        .order_by(StoredFile.id)
        .limit(limit)
    ).all()

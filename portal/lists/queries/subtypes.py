"""The subtypes of a kind."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from portal.extensions import db
from portal.lists.models import (
    EntrySubtype,
)


def every_subtype() -> Sequence[EntrySubtype]:
    """Return the subtypes of every kind in their order."""
    return db.session.scalars(
        select(EntrySubtype).order_by(EntrySubtype.kind, EntrySubtype.sort, EntrySubtype.id)
    ).all()


def subtypes(kind: str) -> Sequence[EntrySubtype]:
    """Return the subtypes of a kind in their order."""
    return db.session.scalars(
        select(EntrySubtype)
        .where(EntrySubtype.kind == kind)
        .order_by(EntrySubtype.sort, EntrySubtype.id)
    ).all()


def find_subtype(kind: str, slug: str) -> EntrySubtype | None:
    """Return a kind's subtype of that slug, or None."""
    return db.session.scalar(
        select(EntrySubtype).where(EntrySubtype.kind == kind, EntrySubtype.slug == slug)
    )

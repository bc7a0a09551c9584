"""The people named for an entry."""

from __future__ import annotations

from sqlalchemy import ColumnElement, String, cast, literal

from portal.enterprises.models import NamedContact
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import Entry


def key_of(entry_id: int | str) -> str:
    """Return how consents name an entry."""
    return f"entry:{entry_id}"


def key_of_row() -> ColumnElement[str]:
    """Return the same for the entries a statement reads."""
    return literal(key_of("")) + cast(Entry.id, String)


def get_contact(entry: Entry, contact_id: int) -> NamedContact:
    """Return somebody who is or was named for this entry; raises NotFound."""
    found = db.session.get(NamedContact, contact_id)
    if found is None or found.about != key_of(entry.id):
        raise NotFound
    return found

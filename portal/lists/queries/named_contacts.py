"""The people named for an entry."""

from __future__ import annotations

from collections.abc import Sequence

from portal.enterprises.models import NamedContact
from portal.enterprises.queries.presence import contacts_about
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import Entry


def key_of(entry_id: int) -> str:
    """Return how consents name an entry."""
    return f"entry:{entry_id}"


def agreed_contacts(entry_id: int) -> Sequence[NamedContact]:
    """Return the people who themselves agreed to be named for an entry."""
    return [contact for contact in contacts_about(key_of(entry_id)) if contact.is_confirmed]


def get_contact(entry: Entry, contact_id: int) -> NamedContact:
    """Return somebody who is or was named for this entry; raises NotFound."""
    found = db.session.get(NamedContact, contact_id)
    if found is None or found.about != key_of(entry.id):
        raise NotFound
    return found

"""The people named for one entry: asked by its publisher, public by their own word alone."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions import contacts
from portal.enterprises.actions.contacts import Matter
from portal.enterprises.models import NamedContact
from portal.enterprises.queries.presence import contacts_about
from portal.errors import Refused
from portal.lists.models import Entry
from portal.lists.permits import check_publisher
from portal.lists.queries.named_contacts import key_of
from portal.lists.rules.named_contacts import check_may_name


@action
def name_contact(
    actor: Person, entry: Entry, name: str, post: str, address: str, purpose: str
) -> NamedContact:
    """Ask a person whether they want to be named for this entry; nothing is shown before they do.

    Raises NotAllowed, Refused.
    """
    check_publisher(actor, entry)
    check_may_name(entry.state, entry.life, anonymous=entry.anonymous)
    if entry.enterprise is None:
        raise Refused(_("A public body is reached at its office and landline: no person is named"))
    about = Matter(key_of(entry.id), entry.title or _("Entry without title"))
    return contacts.ask_contact(actor, entry.enterprise, name, post, address, purpose, about)


@action
def ask_contact_again(actor: Person, entry: Entry, contact: NamedContact) -> None:
    """Send a person the question once more. Raises NotAllowed, Refused."""
    check_publisher(actor, entry)
    check_may_name(entry.state, entry.life, anonymous=entry.anonymous)
    contacts.ask_again(actor, contact.enterprise, contact)


@action
def remove_contact(actor: Person, entry: Entry, contact: NamedContact) -> None:
    """Take a person from an entry; twice changes nothing. Raises NotAllowed."""
    check_publisher(actor, entry)
    contacts.remove_contact(actor, contact.enterprise, contact)


def end_contacts(actor: audit.Actor, entry: Entry) -> None:
    """Forget who was named for an entry that ends or stands without its publisher's name; the
    people are told. Inside an action."""
    if entry.enterprise_id is None:
        return
    for contact in contacts_about(key_of(entry.id)):
        contacts.remove(actor, contact, is_over=True)

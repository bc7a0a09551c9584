"""What officers do about named contacts: see whom, and remove an entry with a ground."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from portal import audit
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.contacts import remove
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.models import Enterprise, NamedContact
from portal.enterprises.queries.presence import all_contacts
from portal.enterprises.terms.presence import STANDING
from portal.errors import Refused


@action
def reveal_contacts(actor: Person, enterprise: Enterprise) -> Sequence[NamedContact]:
    """Return a record's contacts to an officer who then reads who they are; that they were shown
    is in the trail. Raises NotAllowed."""
    check_reviewer(actor, enterprise)
    audit.record(actor, "reveal_contacts", enterprise)
    return all_contacts(enterprise)


@action
def remove_as_officer(
    actor: Person, enterprise: Enterprise, contact: NamedContact, ground: str
) -> None:
    """Take a named contact from a record; its members are told why, the person that it is over.

    Raises NotAllowed, Refused for one that ended already or without a ground.
    """
    check_reviewer(actor, enterprise)
    if contact.state not in STANDING:
        raise Refused(_("This entry has ended already: open the page again"))
    if not ground.strip():
        raise Refused(_("Give the ground; the enterprise will read it"), "ground")
    remove(actor, contact, ground.strip(), by_bureau=True)
    tell_members(enterprise, "contact_removed", ground=ground.strip())

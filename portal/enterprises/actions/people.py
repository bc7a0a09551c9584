"""Deleting an account: what the registry does with the person who leaves altogether."""

from __future__ import annotations

from sqlalchemy import update

from portal import clock, files
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions import claims, contacts, invitations, ownership
from portal.enterprises.models import Claim, Membership
from portal.enterprises.queries import people
from portal.enterprises.terms.presence import ContactState
from portal.enterprises.terms.record import Outcome
from portal.extensions import db


@action
def forget_member(person: Person) -> None:
    """End what the person takes part in, and remove what the registry holds about themselves.

    Memberships, offers, invitations and requests end; the letters of requests, the entries that
    name the person as a contact, and the contacts of drafts nobody else can open are emptied.
    """
    for draft in people.own_drafts(person):
        draft.contact_name = draft.contact_phone = ""
    for contact in people.contact_entries(person):
        contacts.end(contact, ContactState.WITHDRAWN)
    for invitation in people.invitations_with(person):
        invitations.end(invitation, Outcome.WITHDRAWN, person)
    for offered in people.offers_with(person):
        ownership.close(offered, Outcome.WITHDRAWN)
    forget_requests(person)
    db.session.execute(
        update(Membership)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def forget_requests(person: Person) -> None:
    """Take open requests to join back, and empty the words and letters of every one."""
    mine = people.requests_of(person)
    for made in mine:
        if made.decided_at is None:
            claims.withdraw(person, made)
    for letter in files.files_of(claims.KIND, [made.id for made in mine]):
        files.remove(person, letter)
    db.session.execute(update(Claim).where(Claim.person_id == person.id).values(statement=""))

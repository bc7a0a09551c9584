"""Deleting an account: what identifies and what authenticates goes, an anonymous number stays."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete

from portal import clock
from portal.accounts.models import Credential, Identifier, PendingProof, Person, SignIn
from portal.database import action
from portal.extensions import db
from portal.messages.models import InboxMessage, Message


def rights_that_keep(person: Person) -> str:
    """Return why an officer cannot delete the account yet, or nothing."""
    day = clock.today()
    open_rights = [
        given
        for given in person.rights
        if given.ended_at is None and (given.valid_until is None or given.valid_until >= day)
    ]
    if open_rights or any(not duty.is_over(day) for duty in person.duties):
        return _(
            "You hold an officer’s rights or act for another officer: ask an administrator to end"
            " them first"
        )
    return ""


@action
def forget_person(person: Person) -> None:
    """Remove identifiers, credentials, sign-ins, messages and the name; destroy the digest key.

    Part of deleting an account. Rows elsewhere keep the person's number, which now tells nobody
    who it was; digests in the trail cannot be tied to a value any more.
    """
    for model in (Credential, SignIn, PendingProof, InboxMessage, Message, Identifier):
        db.session.execute(delete(model).where(model.person_id == person.id))
    person.own_name = ""
    person.digest_key = None
    person.erased_at = person.disabled_at = clock.now()

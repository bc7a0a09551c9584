"""Asking for the password once more before something that matters."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.accounts.passwords import is_password
from portal.accounts.queries.sign_ins import find_credential
from portal.accounts.terms import Act, CredentialKind
from portal.accounts.throttle import count_attempt, refuse_throttled
from portal.errors import Refused


def prove_password(person: Person, password: str, origin: str) -> None:
    """Raise Refused at `present` unless this is the person's password, Throttled after too many."""
    account = str(person.id)
    refuse_throttled(Act.PROVE, account, origin)
    credential = find_credential(person, CredentialKind.PASSWORD)
    if not is_password(credential.secret if credential else None, password):
        count_attempt(Act.PROVE, account, origin)
        raise Refused(_("This is not your present password: check it"), "present")

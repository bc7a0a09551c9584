"""Taking a code of the second factor, and ending it; inside actions of others."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from sqlalchemy import update

from portal import audit, clock
from portal.accounts import keys, rules, totp
from portal.accounts.actions.telling import alert
from portal.accounts.models import Credential, Person, SignIn
from portal.accounts.queries.sign_ins import credentials_of, find_credential
from portal.accounts.terms import CredentialKind
from portal.errors import Refused
from portal.extensions import db

FACTOR = (CredentialKind.TOTP, CredentialKind.TOTP_PROPOSED, CredentialKind.RECOVERY_CODE)


def use_factor(person: Person, code: str) -> None:
    """Take an authenticator's code or a recovery code, each once.

    Raises Refused at `code`, in the same words, for a wrong one and for one taken before.
    """
    plain = rules.plain_code(code)
    if re.fullmatch("[0-9]{6}", plain):
        take_totp(person, find_credential(person, CredentialKind.TOTP), plain)
    else:
        take_recovery_code(person, plain)


def take_totp(person: Person, credential: Credential | None, code: str) -> None:
    """Take an authenticator's code, never of the time step of the last one or before."""
    secret = totp.open_secret(person.id, credential.secret) if credential else None
    step = totp.step_of(secret, code, clock.now())
    if credential is None or step is None or step <= (credential.last_step or 0):
        raise Refused(
            _("The code is not right: wait for the next one in the app and enter that"), "code"
        )
    credential.last_step = step


def take_recovery_code(person: Person, code: str) -> None:
    """Spend a recovery code and tell the person how many are left."""
    left = credentials_of(person, CredentialKind.RECOVERY_CODE)
    spent = next((each for each in left if is_recovery_code(person, code, each)), None)
    if spent is None:
        raise Refused(_("This recovery code is not right or was used before"), "code")
    spent.replaced_at = clock.now()
    audit.record(person, "use_recovery_code", person, {"left": (len(left), len(left) - 1)})
    alert(person, "recovery_code_used", left=len(left) - 1)


def is_recovery_code(person: Person, code: str, credential: Credential) -> bool:
    return keys.is_digest("recovery", f"{person.id}:{code}", credential.secret)


def end_factor(person: Person) -> None:
    """End the authenticator and its recovery codes; no sign-in counts as proved by it any more."""
    db.session.execute(
        update(Credential)
        .where(
            Credential.person_id == person.id,
            Credential.kind.in_(FACTOR),
            Credential.replaced_at.is_(None),
        )
        .values(replaced_at=clock.now())
    )
    db.session.execute(
        update(SignIn).where(SignIn.person_id == person.id).values(second_factor_at=None)
    )

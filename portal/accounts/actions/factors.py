"""A person's own authenticator and recovery codes: proposed, proved, renewed, removed."""

from __future__ import annotations

import secrets

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts import keys, rules, totp
from portal.accounts.actions.people import add_credential
from portal.accounts.actions.proving import prove_password
from portal.accounts.actions.second_factor import end_factor, take_totp
from portal.accounts.actions.sign_in import end_sign_ins
from portal.accounts.actions.telling import alert
from portal.accounts.models import Person, SignIn
from portal.accounts.queries.sign_ins import credentials_of, find_credential
from portal.accounts.terms import Act, CredentialKind
from portal.accounts.throttle import count_attempt, refuse_throttled
from portal.database import action
from portal.errors import Refused

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
GROUP = 5


def propose_totp(person: Person, password: str, origin: str) -> None:
    """Make a new authenticator secret to be shown, once the password was given again.

    An authenticator already set up works until the new one is proved. Raises Refused for a wrong
    password, Throttled.
    """
    prove_password(person, password, origin)
    add_proposal(person)


@action
def add_proposal(person: Person) -> None:
    """Put a new secret in the place of one that was shown and not proved."""
    for old in credentials_of(person, CredentialKind.TOTP_PROPOSED):
        old.replaced_at = clock.now()
    add_credential(person, CredentialKind.TOTP_PROPOSED, totp.new_secret(person.id))


def prove_totp(person: Person, sign_in: SignIn, code: str, origin: str) -> list[str]:
    """Take the first code of the authenticator; return the recovery codes, shown this once.

    Every other sign-in of the person ends. Raises Refused for a wrong code, Throttled.
    """
    account = str(person.id)
    refuse_throttled(Act.SECOND_STEP, account, origin)
    try:
        return accept_totp(person, sign_in, rules.plain_code(code))
    except Refused:
        count_attempt(Act.SECOND_STEP, account, origin)
        raise


@action
def accept_totp(person: Person, sign_in: SignIn, code: str) -> list[str]:
    """Turn what was proposed into the second factor, in the place of an older one."""
    proposed = find_credential(person, CredentialKind.TOTP_PROPOSED)
    take_totp(person, proposed, code)
    assert proposed is not None
    for old in credentials_of(person, CredentialKind.TOTP):
        old.replaced_at = clock.now()
    proposed.kind = CredentialKind.TOTP
    sign_in.second_factor_at = clock.now()
    end_sign_ins(person, but=sign_in)
    audit.record(person, "set_second_factor", person)
    alert(person, "second_factor_set")
    return add_recovery_codes(person)


def renew_recovery_codes(person: Person, password: str, origin: str) -> list[str]:
    """Return new recovery codes, shown this once; the old ones no longer work.

    Raises Refused for a wrong password or without an authenticator, Throttled.
    """
    prove_password(person, password, origin)
    return replace_recovery_codes(person)


@action
def replace_recovery_codes(person: Person) -> list[str]:
    """End the recovery codes in force and make new ones."""
    if find_credential(person, CredentialKind.TOTP) is None:
        raise Refused(_("There is no authenticator yet: set it up first"))
    audit.record(person, "renew_recovery_codes", person)
    return add_recovery_codes(person)


def add_recovery_codes(person: Person) -> list[str]:
    """End old recovery codes, add new ones and return them; only their keyed digests are kept."""
    for old in credentials_of(person, CredentialKind.RECOVERY_CODE):
        old.replaced_at = clock.now()
    codes = [random_code(2 * GROUP) for _each in range(rules.RECOVERY_CODES)]
    for code in codes:
        digest = keys.keyed_digest("recovery", f"{person.id}:{code}")
        add_credential(person, CredentialKind.RECOVERY_CODE, digest)
    return [f"{code[:GROUP]}-{code[GROUP:]}" for code in codes]


def random_code(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _each in range(length))


def remove_totp(person: Person, password: str, origin: str, *, is_required: bool) -> None:
    """Remove the second factor. Raises Refused for a wrong password or where it is required."""
    if is_required:
        raise Refused(
            _("Officers sign in with a second factor: set up a new one instead of removing it")
        )
    prove_password(person, password, origin)
    drop_factor(person)


@action
def drop_factor(person: Person) -> None:
    """End the second factor and tell the person."""
    end_factor(person)
    audit.record(person, "remove_second_factor", person)
    alert(person, "second_factor_removed")

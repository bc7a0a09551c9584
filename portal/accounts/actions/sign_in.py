"""Signing in, in one step or two, and out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import update

from portal import clock
from portal.accounts import rules
from portal.accounts.actions.proofs import add_proof, spend
from portal.accounts.actions.second_factor import use_factor
from portal.accounts.keys import digest_of
from portal.accounts.models import Person, SignIn
from portal.accounts.passwords import is_password
from portal.accounts.queries import people as queries
from portal.accounts.queries.sign_ins import find_credential, find_login, find_proof
from portal.accounts.terms import Act, CredentialKind, Purpose
from portal.accounts.throttle import count_attempt, refuse_throttled
from portal.database import action
from portal.errors import NotFound, Refused
from portal.extensions import db


@dataclass(frozen=True)
class Proved:
    """What a right password leads to: a sign-in, or the step in which the second factor is asked.

    `token` is that of the sign-in or of the step.
    """

    token: str
    second_step: bool


def sign_in(account: str, password: str, origin: str, browser: str) -> Proved:
    """Check the password of who is known by a phone number or mail address.

    Raises Refused with the same words whatever was wrong, Throttled after too many failures.
    """
    kind, subject = rules.normal_account(account)
    refuse_throttled(Act.SIGN_IN, subject, origin)
    found = find_login(kind, subject)
    if not is_password(found[1] if found else None, password) or found is None:
        count_attempt(Act.SIGN_IN, subject, origin)
        raise Refused(_("The account or the password is not right: check both"), "password")
    person = found[0]
    if find_credential(person, CredentialKind.TOTP) is not None:
        return Proved(open_second_step(person), second_step=True)
    return Proved(open_sign_in(person, browser), second_step=False)


@action
def open_second_step(person: Person) -> str:
    """Note that the password was right; return the token under which the rest is awaited."""
    _row, token = add_proof(Purpose.SECOND_STEP, rules.SECOND_STEP_LIFE, person_id=person.id)
    return token


def take_second_step(token: str, code: str, origin: str, browser: str) -> str:
    """Check the authenticator's or a recovery code; return the token of a new sign-in.

    Raises NotFound when the step has run out, Refused for a wrong code, Throttled.
    """
    row = find_proof(token, Purpose.SECOND_STEP, clock.now())
    if row is None:
        raise NotFound
    account = str(row.person_id)
    refuse_throttled(Act.SECOND_STEP, account, origin)
    try:
        return finish_second_step(token, code, browser)
    except Refused:
        count_attempt(Act.SECOND_STEP, account, origin)
        raise


@action
def finish_second_step(token: str, code: str, browser: str) -> str:
    """Spend the step and the code; a code is taken once."""
    person = spend(token, Purpose.SECOND_STEP).person
    if person is None or person.disabled_at is not None:
        raise NotFound
    use_factor(person, code)
    return open_sign_in(person, browser, second_factor=True)


@action
def open_sign_in(person: Person, browser: str = "", *, second_factor: bool = False) -> str:
    """Add a sign-in for a person whose identity was just proved; return its token."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            person_id=person.id,
            token_digest=digest_of(token),
            created_at=clock.now(),
            last_seen_at=clock.now(),
            second_factor_at=clock.now() if second_factor else None,
            browser=browser,
        )
    )
    return token


@action
def sign_out(token: str) -> None:
    """End the sign-in of this token."""
    found = queries.find_sign_in(digest_of(token))
    if found is not None:
        found.ended_at = clock.now()


@action
def end_sign_ins(person: Person, *, but: SignIn | None = None) -> None:
    """End every open sign-in of a person at once, or every other one."""
    db.session.execute(
        update(SignIn)
        .where(
            SignIn.person_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.id != (but.id if but else 0),
        )
        .values(ended_at=clock.now())
    )


@action
def end_sign_in(person: Person, sign_in: SignIn) -> None:
    """End one of a person's own sign-ins. Raises NotFound for somebody else's."""
    if sign_in.person_id != person.id:
        raise NotFound
    if sign_in.ended_at is None:
        sign_in.ended_at = clock.now()

"""Signing up, confirming, signing in and out, and resetting the password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from portal import audit, clock
from portal.accounts import queries, rules
from portal.accounts.models import (
    Credential,
    Identifier,
    OneTimeLink,
    Person,
    SignIn,
)
from portal.accounts.passwords import hash_password, is_password
from portal.accounts.terms import CredentialKind, IdentifierKind, Purpose
from portal.accounts.throttle import count_attempt, refuse_throttled
from portal.database import action
from portal.errors import NotFound, Refused
from portal.extensions import db
from portal.messages import write_mail


def digest_of(token: str) -> str:
    """Return the SHA-256 under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_up(mail: str, password: str, language: str, origin: str) -> None:
    """Open an account and mail its confirmation link.

    For an address that has an account already the same is seen and taken as long; its owner
    is told by mail. `origin` is the network address, counted. Raises Refused, Throttled.
    """
    mail = rules.normal_mail(mail)
    rules.check_password(password, mail)
    count_attempt(["sign_up:" + origin])
    open_account(mail, hash_password(password), language)


@action
def open_account(mail: str, secret: str, language: str) -> None:
    """Keep the new person unconfirmed, or tell the owner of a confirmed address by mail."""
    known = queries.find_confirmed(mail)
    if known is not None:
        write_mail(mail, "already_signed_up", language=language, person_id=known.person_id)
        return
    identifier = add_person(mail, secret, language)
    token = add_link(identifier, Purpose.CONFIRM, rules.LINK_LIFE)
    write_mail(mail, "confirm", language=language, person_id=identifier.person_id, token=token)
    audit.record(identifier.person, "sign_up", identifier.person)


def add_person(mail: str, secret: str, language: str) -> Identifier:
    """Add a person with one mail identifier and a password; return the identifier."""
    person = Person(created_at=clock.now(), language=language)
    identifier = Identifier(person=person, kind=IdentifierKind.MAIL, subject=mail)
    db.session.add_all([person, identifier])
    db.session.flush()
    db.session.add(
        Credential(
            person_id=person.id,
            kind=CredentialKind.PASSWORD,
            secret=secret,
            created_at=clock.now(),
        )
    )
    return identifier


def add_link(identifier: Identifier, purpose: Purpose, life: timedelta) -> str:
    """Add a one-time link and return its token, which only the mail will hold."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeLink(
            identifier_id=identifier.id,
            purpose=purpose,
            token_digest=digest_of(token),
            expires_at=clock.now() + life,
        )
    )
    return token


def confirm(token: str, password: str, origin: str) -> str:
    """Confirm the address a link was mailed to and return the token of a new sign-in.

    The password chosen at sign-up is asked for, so that nobody can sign up with somebody
    else's address and have its owner confirm it. Raises NotFound for a spent or unknown link,
    Refused for a wrong password, Throttled after too many.
    """
    link = queries.find_link(digest_of(token), Purpose.CONFIRM, clock.now())
    if link is None:
        raise NotFound
    keys = ["confirm:" + link.identifier.subject, "origin:" + origin]
    refuse_throttled(keys)
    credential = queries.password_of(link.identifier.person)
    if not is_password(credential.secret if credential else None, password):
        count_attempt(keys)
        raise Refused(_("This is not the password chosen at sign-up: check it"), "password")
    return open_sign_in(confirm_identifier(token))


@action
def confirm_identifier(token: str) -> Person:
    """Spend a confirmation link; the address then belongs to this person alone."""
    link = queries.find_link(digest_of(token), Purpose.CONFIRM, clock.now())
    if link is None:
        raise NotFound
    if queries.find_confirmed(link.identifier.subject) is not None:
        raise Refused(_("This mail address has been confirmed already: sign in instead"))
    link.used_at = link.identifier.confirmed_at = clock.now()
    audit.record(link.identifier.person, "confirm_identifier", link.identifier.person)
    return link.identifier.person


def sign_in(mail: str, password: str, origin: str) -> str:
    """Check the password and return the token of a new sign-in.

    Raises Refused with the same words whatever was wrong, Throttled after too many failures.
    """
    mail = rules.normal_mail(mail)
    keys = ["sign_in:" + mail, "origin:" + origin]
    refuse_throttled(keys)
    identifier = queries.find_confirmed(mail)
    credential = queries.password_of(identifier.person) if identifier else None
    right = is_password(credential.secret if credential else None, password)
    if not right or identifier is None or identifier.person.disabled_at is not None:
        count_attempt(keys)
        raise Refused(_("The mail address or the password is not right: check both"), "password")
    return open_sign_in(identifier.person)


@action
def open_sign_in(person: Person) -> str:
    """Add a sign-in for a person whose identity was just proved; return its token."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            person_id=person.id,
            token_digest=digest_of(token),
            created_at=clock.now(),
            last_seen_at=clock.now(),
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
def end_sign_ins(person: Person) -> None:
    """End every open sign-in of a person at once."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def request_reset(mail: str, origin: str) -> None:
    """Mail a reset link if the address has an account; say nothing about it either way."""
    mail = rules.normal_mail(mail)
    count_attempt(["reset:" + mail, "origin:" + origin])
    write_reset(mail)


@action
def write_reset(mail: str) -> None:
    """Write the reset mail to a confirmed address, nothing to any other."""
    identifier = queries.find_confirmed(mail)
    if identifier is None:
        return
    token = add_link(identifier, Purpose.RESET, rules.RESET_LIFE)
    write_mail(
        mail,
        "reset",
        language=identifier.person.language,
        person_id=identifier.person_id,
        token=token,
    )


def reset_password(token: str, password: str) -> None:
    """Set a new password by a reset link and end every sign-in.

    Raises NotFound for a spent or unknown link, Refused for a poor password.
    """
    link = queries.find_link(digest_of(token), Purpose.RESET, clock.now())
    if link is None:
        raise NotFound
    rules.check_password(password, link.identifier.subject)
    replace_password(token, hash_password(password))


@action
def replace_password(token: str, secret: str) -> None:
    """Spend the link, replace the credential and end the person's sign-ins."""
    link = queries.find_link(digest_of(token), Purpose.RESET, clock.now())
    if link is None:
        raise NotFound
    person = link.identifier.person
    link.used_at = clock.now()
    old = queries.password_of(person)
    if old is not None:
        old.replaced_at = clock.now()
    db.session.add(
        Credential(
            person_id=person.id,
            kind=CredentialKind.PASSWORD,
            secret=secret,
            created_at=clock.now(),
        )
    )
    end_sign_ins(person)
    audit.record(person, "reset_password", person)


def create_person(
    mail: str, password: str, display_name: str, *, demonstration: bool = False
) -> Person:
    """Create a confirmed person from the command line or the fixtures.

    Raises Refused for a poor address or password, or when the address has an account.
    """
    mail = rules.normal_mail(mail)
    rules.check_password(password, mail)
    return add_confirmed(mail, hash_password(password), display_name, demonstration)


@action
def add_confirmed(mail: str, secret: str, display_name: str, demonstration: bool) -> Person:
    """Add a person whose address counts as confirmed."""
    if queries.find_confirmed(mail) is not None:
        raise Refused(_("This mail address has an account already"), "mail")
    identifier = add_person(mail, secret, "zh_Hans_CN")
    identifier.confirmed_at = clock.now()
    identifier.person.display_name = display_name
    identifier.person.is_demonstration = demonstration
    audit.record(audit.SYSTEM, "create_person", identifier.person)
    return identifier.person

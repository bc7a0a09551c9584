"""Signing up: until the address or number is confirmed nothing but a pending proof is kept."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts import rules
from portal.accounts.actions.people import add_person, stands_for
from portal.accounts.actions.proofs import add_proof, check_code, send_code, spend
from portal.accounts.actions.sign_in import open_sign_in
from portal.accounts.models import Person
from portal.accounts.passwords import hash_password, is_password
from portal.accounts.queries.sign_ins import find_identifier, find_proof
from portal.accounts.terms import Act, IdentifierKind, Purpose
from portal.accounts.throttle import count_attempt, refuse_throttled
from portal.database import action
from portal.errors import NotFound, Refused
from portal.messages import write_mail


def sign_up(account: str, password: str, language: str, origin: str) -> str | None:
    """Ask for an account; mail a confirmation link, or send a code and return the token under
    which it is awaited.

    For what has an account already the same is seen, done and taken as long; its owner is told.
    `origin` is the network address, counted. Raises Refused, Throttled.
    """
    kind, subject = rules.normal_account(account)
    rules.check_password(password, subject)
    count_attempt(Act.SIGN_UP, subject, origin)
    if kind is IdentifierKind.PHONE:
        count_attempt(Act.SEND_SMS, subject, origin)
    return ask_for_account(kind, subject, hash_password(password), language)


@action
def ask_for_account(kind: IdentifierKind, subject: str, secret: str, language: str) -> str | None:
    """Keep the sign-up and write to the address or number, its owner or who says to be."""
    life = rules.LINK_LIFE if kind is IdentifierKind.MAIL else rules.CODE_LIFE
    row, token = add_proof(
        Purpose.SIGN_UP, life, kind=kind, subject=subject, secret=secret, language=language
    )
    if kind is IdentifierKind.PHONE:
        send_code(row, language)
        return token
    owner = find_identifier(kind, subject)
    if owner is None:
        write_mail(subject, "confirm", language=language, token=token)
    else:
        write_mail(
            subject,
            "already_signed_up",
            language=owner.person.language,
            person_id=owner.person_id,
        )
    return None


def confirm_by_link(token: str, password: str, origin: str, browser: str) -> str:
    """Open the account a link was mailed for and return the token of a new sign-in.

    The password chosen at sign-up is asked for, so that nobody can sign up with somebody
    else's address and have its owner confirm it. Raises NotFound for a spent or unknown link,
    Refused for a wrong password, Throttled after too many.
    """
    row = find_proof(token, Purpose.SIGN_UP, clock.now())
    if row is None or row.kind != IdentifierKind.MAIL:
        raise NotFound
    subject = row.subject
    refuse_throttled(Act.CONFIRM, subject, origin)
    if not is_password(row.secret, password):
        count_attempt(Act.CONFIRM, subject, origin)
        raise Refused(_("This is not the password chosen at sign-up: check it"), "password")
    return open_sign_in(open_account(token), browser)


def confirm_by_code(token: str, code: str, browser: str) -> str:
    """Open the account whose number got a code and return the token of a new sign-in.

    Raises Refused for a wrong code or one tried too often.
    """
    check_code(token, Purpose.SIGN_UP, code)
    return open_sign_in(open_account(token), browser)


@action
def open_account(token: str) -> Person:
    """Spend a sign-up's proof; the address or number then belongs to this person alone."""
    row = spend(token, Purpose.SIGN_UP)
    kind = IdentifierKind(row.kind)
    if find_identifier(kind, row.subject) is not None:
        raise Refused(
            _("This mail address has been confirmed already: sign in instead")
            if kind is IdentifierKind.MAIL
            else _("This number has been confirmed already: sign in instead")
        )
    person = add_person(kind, row.subject, row.secret, row.language)
    row.secret = ""
    told = stands_for(person, kind, row.subject)
    audit.record(person, "sign_up", person, {"identifier": (None, told)})
    return person

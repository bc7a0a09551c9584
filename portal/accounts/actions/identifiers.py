"""A signed-in person's mail addresses and phones: added, confirmed, replaced, removed."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit
from portal.accounts import rules
from portal.accounts.actions.people import add_identifier, stands_for
from portal.accounts.actions.proofs import add_proof, check_code, send_code, spend
from portal.accounts.actions.proving import prove_password
from portal.accounts.actions.telling import alert
from portal.accounts.models import Identifier, PendingProof, Person
from portal.accounts.queries.sign_ins import find_identifier, get_identifier, identifiers_of
from portal.accounts.terms import Act, IdentifierKind, Purpose
from portal.accounts.throttle import count_attempt
from portal.database import action
from portal.errors import NotFound, Refused
from portal.extensions import db
from portal.messages import write_mail


def request_identifier(
    person: Person, account: str, present: str, origin: str, replaces: Identifier | None = None
) -> str | None:
    """Mail a link to a further address, or send a code to a number and return the token under
    which it is awaited; once confirmed it is added, in the place of `replaces` where given.

    Raises Refused for a wrong password or what is the person's already, Throttled.
    """
    kind, subject = rules.normal_account(account)
    prove_password(person, present, origin)
    owner = find_identifier(kind, subject)
    if owner is not None and owner.person_id == person.id:
        raise Refused(_("You sign in with this already"), "account")
    count_attempt(Act.SIGN_UP, subject, origin)
    if kind is IdentifierKind.PHONE:
        count_attempt(Act.SEND_SMS, subject, origin)
    return ask_to_confirm(person, kind, subject, replaces.id if replaces else None)


@action
def ask_to_confirm(
    person: Person, kind: IdentifierKind, subject: str, replaces_id: int | None
) -> str | None:
    """Keep what is to be confirmed and write to it; somebody else's owner is told instead."""
    life = rules.LINK_LIFE if kind is IdentifierKind.MAIL else rules.CODE_LIFE
    row, token = add_proof(
        Purpose.ADD,
        life,
        person_id=person.id,
        kind=kind,
        subject=subject,
        replaces_id=replaces_id,
    )
    if kind is IdentifierKind.PHONE:
        send_code(row, person.language)
        return token
    owner = find_identifier(kind, subject)
    if owner is None:
        write_mail(
            subject, "confirm_added", language=person.language, person_id=person.id, token=token
        )
    else:
        write_mail(
            subject, "identifier_taken", language=owner.person.language, person_id=owner.person_id
        )
    return None


def confirm_added_by_code(person: Person, token: str, code: str) -> None:
    """Add the number a code was sent to. Raises Refused for a wrong code, NotFound."""
    check_code(token, Purpose.ADD, code)
    confirm_added(person, token)


@action
def confirm_added(person: Person, token: str) -> None:
    """Spend the proof: the address or number is this person's from now on.

    Raises NotFound for somebody else's, Refused when it became another's meanwhile.
    """
    row = spend(token, Purpose.ADD)
    if row.person_id != person.id:
        raise NotFound
    kind = IdentifierKind(row.kind)
    if find_identifier(kind, row.subject) is not None:
        raise Refused(_("This has been confirmed by another account meanwhile"))
    alert(person, "identifier_added")
    add_identifier(person, kind, row.subject)
    told = stands_for(person, kind, row.subject)
    audit.record(person, "add_identifier", person, {"identifier": (None, told)})
    replace(person, row)


def replace(person: Person, row: PendingProof) -> None:
    """Remove the identifier the confirmed one stands for, if it is still there."""
    if row.replaces_id is None:
        return
    db.session.flush()
    for old in identifiers_of(person):
        if old.id == row.replaces_id:
            drop(person, old)


def remove_identifier(person: Person, number: int, present: str, origin: str) -> None:
    """Remove one of a person's own identifiers; the last one stays.

    Raises Refused for a wrong password or the last one, NotFound for somebody else's, Throttled.
    """
    get_identifier(person, number)
    prove_password(person, present, origin)
    take_away(person, number)


@action
def take_away(person: Person, number: int) -> None:
    """Tell the person by every channel, the one removed too, and remove it."""
    identifier = get_identifier(person, number)
    if len(identifiers_of(person)) < 2:
        raise Refused(_("This is the only way you are known here: add another one first"))
    alert(person, "identifier_removed")
    drop(person, identifier)


def drop(person: Person, identifier: Identifier) -> None:
    """Delete the row: an address somebody gave up is kept nowhere."""
    told = stands_for(person, identifier.kind, identifier.subject)
    audit.record(person, "remove_identifier", person, {"identifier": (told, None)})
    db.session.delete(identifier)

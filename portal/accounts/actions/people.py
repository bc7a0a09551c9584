"""Adding people who are confirmed already."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts import rules
from portal.accounts.models import Credential, Identifier, Person
from portal.accounts.passwords import hash_password
from portal.accounts.queries.sign_ins import find_credential, find_identifier
from portal.accounts.terms import CredentialKind, IdentifierKind
from portal.database import action
from portal.errors import Refused
from portal.extensions import db


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
    if find_identifier(IdentifierKind.MAIL, mail) is not None:
        raise Refused(_("This mail address has an account already"), "mail")
    person = add_person(IdentifierKind.MAIL, mail, secret, "zh_Hans_CN")
    person.display_name = display_name
    person.is_demonstration = demonstration
    told = {"identifier": (None, stands_for(person, IdentifierKind.MAIL, mail))}
    audit.record(audit.SYSTEM, "create_person", person, told)
    return person


def add_person(kind: IdentifierKind, subject: str, secret: str, language: str) -> Person:
    """Add a person with one confirmed identifier and the hash of a password."""
    person = Person(created_at=clock.now(), language=language)
    db.session.add(person)
    db.session.flush()
    add_identifier(person, kind, subject)
    set_password(person, secret)
    return person


def add_identifier(person: Person, kind: IdentifierKind, subject: str) -> Identifier:
    """Add a confirmed identifier to a person."""
    identifier = Identifier(
        person_id=person.id, kind=kind, subject=subject, confirmed_at=clock.now()
    )
    db.session.add(identifier)
    return identifier


def stands_for(person: Person, kind: str, subject: str) -> str:
    """Return what the trail keeps of an identifier: its kind, and a digest by the person's own
    key, which is destroyed with the account."""
    assert person.digest_key, "a deleted account has no identifiers"
    return f"{kind} {audit.digest(person.digest_key, subject)}"


def set_password(person: Person, secret: str) -> None:
    """Put a password's hash in the place of the one in force."""
    old = find_credential(person, CredentialKind.PASSWORD)
    if old is not None:
        old.replaced_at = clock.now()
    add_credential(person, CredentialKind.PASSWORD, secret)


def add_credential(person: Person, kind: CredentialKind, secret: str) -> Credential:
    """Add a credential in force from now on."""
    credential = Credential(person_id=person.id, kind=kind, secret=secret, created_at=clock.now())
    db.session.add(credential)
    return credential

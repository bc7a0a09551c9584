"""Named selects over what people sign in with, what they have yet to confirm, and sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.keys import digest_of
from portal.accounts.models import Credential, Identifier, PendingProof, Person, SignIn
from portal.accounts.terms import CredentialKind, IdentifierKind, Purpose
from portal.errors import NotFound
from portal.extensions import db


def find_login(kind: IdentifierKind, subject: str) -> tuple[Person, str] | None:
    """Return whose confirmed identifier this is and the hash of their password, or None.

    One statement whether or not there is such an account.
    """
    found = db.session.execute(
        select(Person, Credential.secret)
        .join(Identifier, Identifier.person_id == Person.id)
        .join(Credential, Credential.person_id == Person.id)
        .where(
            Identifier.kind == kind,
            Identifier.subject == subject,
            Identifier.confirmed_at.is_not(None),
            Credential.kind == CredentialKind.PASSWORD,
            Credential.replaced_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .order_by(Credential.id.desc())
    ).first()
    return (found[0], found[1]) if found else None


def find_identifier(kind: IdentifierKind, subject: str) -> Identifier | None:
    """Return the confirmed identifier of that kind and subject, or None."""
    return db.session.scalar(
        select(Identifier)
        .where(
            Identifier.kind == kind,
            Identifier.subject == subject,
            Identifier.confirmed_at.is_not(None),
        )
        .options(joinedload(Identifier.person))
    )


def identifiers_of(person: Person) -> Sequence[Identifier]:
    """Return the person's confirmed identifiers, oldest first."""
    return db.session.scalars(
        select(Identifier)
        .where(Identifier.person_id == person.id, Identifier.confirmed_at.is_not(None))
        .order_by(Identifier.id)
    ).all()


def get_identifier(person: Person, number: int) -> Identifier:
    """Return a person's confirmed identifier. Raises NotFound, also for somebody else's."""
    for identifier in identifiers_of(person):
        if identifier.id == number:
            return identifier
    raise NotFound


def credentials_of(person: Person, kind: CredentialKind) -> Sequence[Credential]:
    """Return the person's credentials of a kind that are in force, newest first."""
    return db.session.scalars(
        select(Credential)
        .where(
            Credential.person_id == person.id,
            Credential.kind == kind,
            Credential.replaced_at.is_(None),
        )
        .order_by(Credential.id.desc())
    ).all()


def find_credential(person: Person, kind: CredentialKind) -> Credential | None:
    """Return the person's newest credential of a kind in force, or None."""
    found = credentials_of(person, kind)
    return found[0] if found else None


def find_proof(token: str, purpose: Purpose, at: datetime) -> PendingProof | None:
    """Return the unused, unexpired proof of that token, or None."""
    return db.session.scalar(
        select(PendingProof)
        .where(
            PendingProof.token_digest == digest_of(token),
            PendingProof.purpose == purpose,
            PendingProof.used_at.is_(None),
            PendingProof.expires_at > at,
        )
        .options(joinedload(PendingProof.person))
    )


def find_awaited(token: str, purpose: Purpose) -> PendingProof | None:
    """Return the unused proof a browser awaits a code for, its code expired or not."""
    return db.session.scalar(
        select(PendingProof).where(
            PendingProof.token_digest == digest_of(token),
            PendingProof.purpose == purpose,
            PendingProof.used_at.is_(None),
        )
    )


def open_sign_ins(person: Person, used_since: datetime, begun_since: datetime) -> Sequence[SignIn]:
    """Return the person's sign-ins that are neither ended nor run out, last used first."""
    return db.session.scalars(
        select(SignIn)
        .where(
            SignIn.person_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.last_seen_at >= used_since,
            SignIn.created_at >= begun_since,
        )
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    ).all()

"""Named selects over people, rights, sign-ins and attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import (
    Attempt,
    Credential,
    Identifier,
    OfficerRight,
    OneTimeLink,
    Person,
    SignIn,
)
from portal.accounts.terms import CredentialKind, IdentifierKind, Purpose, Right
from portal.extensions import db
from portal.taxonomy.models import Department


def find_confirmed(mail: str) -> Identifier | None:
    """Return the confirmed identifier of that mail address, or None."""
    return db.session.scalar(
        select(Identifier)
        .where(
            Identifier.kind == IdentifierKind.MAIL,
            Identifier.subject == mail,
            Identifier.confirmed_at.is_not(None),
        )
        .options(joinedload(Identifier.person))
    )


def mail_of(person: Person) -> Identifier | None:
    """Return the person's confirmed mail identifier, or None."""
    return confirmed_of(person, IdentifierKind.MAIL)


def phone_of(person: Person) -> Identifier | None:
    """Return the person's confirmed phone identifier, or None."""
    return confirmed_of(person, IdentifierKind.PHONE)


def confirmed_of(person: Person, kind: IdentifierKind) -> Identifier | None:
    """Return the person's first confirmed identifier of a kind, or None."""
    return db.session.scalar(
        select(Identifier)
        .where(
            Identifier.person_id == person.id,
            Identifier.kind == kind,
            Identifier.confirmed_at.is_not(None),
        )
        .order_by(Identifier.id)
    )


def password_of(person: Person) -> Credential | None:
    """Return the person's password credential in force, or None."""
    return db.session.scalar(
        select(Credential)
        .where(
            Credential.person_id == person.id,
            Credential.kind == CredentialKind.PASSWORD,
            Credential.replaced_at.is_(None),
        )
        .order_by(Credential.id.desc())
    )


def find_link(digest: str, purpose: Purpose, at: datetime) -> OneTimeLink | None:
    """Return the unused, unexpired one-time link of that digest, or None."""
    return db.session.scalar(
        select(OneTimeLink)
        .where(
            OneTimeLink.token_digest == digest,
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
        )
        .options(joinedload(OneTimeLink.identifier).joinedload(Identifier.person))
    )


def find_sign_in(digest: str) -> SignIn | None:
    """Return the open sign-in of that token digest with its person and rights, or None."""
    return db.session.scalar(
        select(SignIn)
        .join(SignIn.person)
        .where(
            SignIn.token_digest == digest,
            SignIn.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .options(joinedload(SignIn.person).selectinload(Person.rights))
    )


def rights_of(person: Person) -> list[OfficerRight]:
    """Return the rights the person holds now."""
    return [right for right in person.rights if right.ended_at is None]


def has_right(
    person: Person,
    right: Right,
    *,
    department_id: int | None = None,
    district_id: int | None = None,
) -> bool:
    """Say whether the person holds the right, for that department and district where given.

    A right without district holds in the whole city.
    """
    return any(
        held.right == right
        and department_id in (None, held.department_id)
        and (held.district_id is None or held.district_id == district_id)
        for held in rights_of(person)
    )


def is_officer(person: Person) -> bool:
    """Say whether the person holds any right at all."""
    return bool(rights_of(person))


def departments_for(person: Person, right: Right) -> list[Department]:
    """Return the departments for which the person holds the right, each once."""
    found = {
        held.department_id: held.department for held in rights_of(person) if held.right == right
    }
    return list(found.values())


def districts_for(person: Person, right: Right) -> set[int] | None:
    """Return the districts the right is limited to, None for the whole city."""
    limits = {held.district_id for held in rights_of(person) if held.right == right}
    return None if None in limits else {limit for limit in limits if limit is not None}


def office_of(person: Person, right: Right) -> Department | None:
    """Return the first department the person acts for with this right, or None."""
    found = departments_for(person, right)
    return found[0] if found else None


def count_attempts(key: str, since: datetime) -> int:
    """Return how many attempts were counted under a key since a moment."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Attempt).where(Attempt.key == key, Attempt.at > since)
        )
        or 0
    )


def has_administrator() -> bool:
    """Say whether anyone may administer."""
    return (
        db.session.scalar(
            select(OfficerRight.id)
            .where(OfficerRight.right == Right.ADMINISTER, OfficerRight.ended_at.is_(None))
            .limit(1)
        )
        is not None
    )


def demonstration_people() -> Sequence[Person]:
    """Return the people of the demonstration city with their identifiers and rights."""
    return db.session.scalars(
        select(Person).where(Person.is_demonstration).order_by(Person.id)
    ).all()

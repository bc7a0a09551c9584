"""Named selects over people, rights, sign-ins and attempts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal import audit, clock
from portal.accounts.models import (
    Attempt,
    Credential,
    Deputy,
    Identifier,
    OfficerRight,
    Person,
    SignIn,
)
from portal.accounts.terms import CredentialKind, IdentifierKind, Right
from portal.extensions import db
from portal.taxonomy.models import Department, Term


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
        .options(
            joinedload(SignIn.person).options(
                selectinload(Person.rights).joinedload(OfficerRight.department),
                selectinload(Person.duties)
                .joinedload(Deputy.officer)
                .selectinload(Person.rights)
                .joinedload(OfficerRight.department),
            )
        )
    )


@dataclass(frozen=True)
class Held:
    """A right somebody holds today: their own, or as a deputy acting for another officer."""

    given: OfficerRight
    acting_for: Person | None = None

    @property
    def right(self) -> str:
        return self.given.right

    @property
    def department_id(self) -> int:
        return self.given.department_id

    @property
    def department(self) -> Department:
        return self.given.department

    @property
    def district_id(self) -> int | None:
        return self.given.district_id

    @property
    def district(self) -> Term | None:
        return self.given.district

    @property
    def zone_id(self) -> int | None:
        return self.given.zone_id

    @property
    def is_citywide(self) -> bool:
        """Whether the right is limited to neither a district nor a zone."""
        return self.district_id is None and self.zone_id is None

    def covers(
        self, department_id: int | None, district_id: int | None, zone_id: int | None
    ) -> bool:
        """Say whether the right holds for a department, in a district or in a zone."""
        return department_id in (None, self.department_id) and (
            self.is_citywide
            or (self.district_id is not None and self.district_id == district_id)
            or (self.zone_id is not None and self.zone_id == zone_id)
        )


def rights_of(person: Person) -> list[Held]:
    """Return the rights the person holds today: their own first, then those as a deputy.

    A deputy holds the officer's own rights alone, so that there are no chains; those of somebody
    whose sign-in is disabled are held by nobody.
    """
    day = clock.today()
    held = [Held(given) for given in person.rights if given.is_in_force(day)]
    for duty in person.duties:
        if duty.is_in_force(day) and duty.officer.disabled_at is None:
            held += [
                Held(given, duty.officer) for given in duty.officer.rights if given.is_in_force(day)
            ]
    return held


def has_right(
    person: Person,
    right: Right,
    *,
    department_id: int | None = None,
    district_id: int | None = None,
    zone_id: int | None = None,
) -> bool:
    """Say whether the person holds the right today, for that department and place where given.

    A right without district and zone holds in the whole city; one limited to a district or to a
    zone needs that district or zone. A right held only as a deputy marks the running action's
    lines in the trail with whom the person acts for.
    """
    return bool(
        used(
            person,
            [
                held
                for held in rights_of(person)
                if held.right == right and held.covers(department_id, district_id, zone_id)
            ],
        )
    )


def used(person: Person, found: list[Held]) -> list[Held]:
    """Return the rights a check found; when all are a deputy's, the running action's lines in the
    trail say for whom the person acts."""
    if found and found[0].acting_for is not None:
        audit.act_for(person, found[0].acting_for)
    return found


def is_officer(person: Person) -> bool:
    """Say whether the person holds any right at all."""
    return bool(rights_of(person))


def departments_for(person: Person, right: Right) -> list[Department]:
    """Return the departments for which the person holds the right, each once."""
    found = {
        held.department_id: held.department for held in rights_of(person) if held.right == right
    }
    return list(found.values())


def office_of(person: Person, right: Right) -> Department | None:
    """Return the first department the person acts for with this right, or None."""
    found = departments_for(person, right)
    return found[0] if found else None


def nth_attempt(key: str, since: datetime, number: int) -> datetime | None:
    """Return when the attempt was made that is the `number`-th newest under a key since a
    moment, None when there were fewer."""
    return db.session.scalar(
        select(Attempt.at)
        .where(Attempt.key == key, Attempt.at > since)
        .order_by(Attempt.at.desc(), Attempt.id.desc())
        .offset(number - 1)
        .limit(1)
    )


def has_administrator() -> bool:
    """Say whether anyone may administer."""
    return (
        db.session.scalar(
            select(OfficerRight.id)
            .where(
                OfficerRight.right == Right.ADMINISTER,
                OfficerRight.ended_at.is_(None),
                OfficerRight.valid_from <= clock.today(),
                or_(OfficerRight.valid_until.is_(None), OfficerRight.valid_until >= clock.today()),
            )
            .limit(1)
        )
        is not None
    )


def lasting_administrators(*, without_right: int = 0, without_person: int = 0) -> Sequence[int]:
    """Return the people who can sign in and administer from today on without an end date."""
    return db.session.scalars(
        select(OfficerRight.person_id)
        .join(OfficerRight.person)
        .where(
            OfficerRight.right == Right.ADMINISTER,
            OfficerRight.ended_at.is_(None),
            OfficerRight.valid_from <= clock.today(),
            OfficerRight.valid_until.is_(None),
            OfficerRight.id != without_right,
            OfficerRight.person_id != without_person,
            Person.disabled_at.is_(None),
        )
        .order_by(OfficerRight.person_id)
        .distinct()
    ).all()


def demonstration_people() -> Sequence[Person]:
    """Return the people of the demonstration city with their identifiers and rights."""
    return db.session.scalars(
        select(Person).where(Person.is_demonstration).order_by(Person.id)
    ).all()

"""Named selects over partner organisations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.errors import NotFound
from portal.extensions import db
from portal.partners.models import Partner, PartnerMember


def get_partner(partner_id: int) -> Partner:
    """Return a partner organisation; raises NotFound."""
    found = db.session.get(Partner, partner_id)
    if found is None:
        raise NotFound
    return found


def find_by_code(uscc: str) -> Partner | None:
    """Return the partner organisation of a credit code, or None."""
    return db.session.scalar(select(Partner).where(Partner.uscc == uscc))


def partners_of(person: Person) -> Sequence[Partner]:
    """Return the partner organisations a person acts for, newest first."""
    members = db.session.scalars(
        select(PartnerMember)
        .where(PartnerMember.person_id == person.id, PartnerMember.ended_at.is_(None))
        .options(joinedload(PartnerMember.partner))
        .order_by(PartnerMember.id.desc())
    )
    return [member.partner for member in members]


def acts_for(person: Person, partner_id: int) -> bool:
    """Say whether a person acts for a partner organisation."""
    found = db.session.scalar(
        select(PartnerMember.id).where(
            PartnerMember.person_id == person.id,
            PartnerMember.partner_id == partner_id,
            PartnerMember.ended_at.is_(None),
        )
    )
    return found is not None


def get_own(person: Person, partner_id: int) -> Partner:
    """Return a partner organisation the person acts for; raises NotFound."""
    if not acts_for(person, partner_id):
        raise NotFound
    return get_partner(partner_id)


def listed(standing: str, word: str) -> Select[Partner]:
    """Return a select of partner organisations, narrowed to a standing and a word."""
    found = select(Partner)
    if standing:
        found = found.where(Partner.standing == standing)
    if word:
        found = found.where(
            or_(Partner.name.contains(word, autoescape=True), Partner.uscc == word.upper())
        )
    return found


def count(narrowed: Select[Partner]) -> int:
    """Return how many a list has."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def some(narrowed: Select[Partner], offset: int, size: int) -> Sequence[Partner]:
    """Return one page of a list, newest first."""
    return db.session.scalars(narrowed.order_by(Partner.id.desc()).offset(offset).limit(size)).all()

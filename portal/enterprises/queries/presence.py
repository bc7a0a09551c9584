"""Named selects over sites, what is made and needed, and named contacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.accounts.rules import CODE_TRIES
from portal.enterprises.models import ChainItem, Enterprise, NamedContact, Site
from portal.enterprises.terms.presence import STANDING, ContactState
from portal.errors import NotFound
from portal.extensions import db
from portal.taxonomy.models import Term

Row = TypeVar("Row", Site, ChainItem)


def sites_of(enterprise: Enterprise) -> Sequence[Site]:
    """Return the places of a record as they are known now, the registered one first."""
    return db.session.scalars(
        select(Site)
        .where(Site.enterprise_id == enterprise.id, Site.ended_at.is_(None))
        .options(joinedload(Site.district), selectinload(Site.zones))
        .order_by(
            Site.kind.desc(),
            Site.until.is_not(None),
            func.coalesce(Site.line_id, Site.id),
            Site.id,
        )
    ).all()


def registered_site(enterprise: Enterprise) -> Site | None:
    """Return the place a record is registered at now, None where it is not known."""
    return next((s for s in sites_of(enterprise) if s.is_registered and s.until is None), None)


def items_of(enterprise: Enterprise) -> Sequence[ChainItem]:
    """Return what a record makes and needs, in the order in which it was first entered."""
    node = joinedload(ChainItem.node).joinedload(Term.parent)
    return db.session.scalars(
        select(ChainItem)
        .where(ChainItem.enterprise_id == enterprise.id, ChainItem.ended_at.is_(None))
        .options(node)
        .order_by(ChainItem.way, func.coalesce(ChainItem.line_id, ChainItem.id), ChainItem.id)
    ).all()


def contacts_of(enterprise: Enterprise) -> Sequence[NamedContact]:
    """Return the contacts of the public profile that wait or are confirmed."""
    return db.session.scalars(
        select(NamedContact)
        .where(
            NamedContact.enterprise_id == enterprise.id,
            NamedContact.about == "",
            NamedContact.state.in_(STANDING),
        )
        .order_by(NamedContact.id)
    ).all()


def contacts_about(about: str) -> Sequence[NamedContact]:
    """Return the contacts for one row, such as `entry:12`, that wait or are confirmed."""
    return db.session.scalars(
        select(NamedContact)
        .where(NamedContact.about == about, NamedContact.state.in_(STANDING))
        .options(joinedload(NamedContact.enterprise))
        .order_by(NamedContact.id)
    ).all()


def get_site(enterprise: Enterprise, site_id: int, *, also_ended: bool = False) -> Site:
    """Return a place of this record; raises NotFound."""
    found = db.session.get(Site, site_id)
    if found is None or found.enterprise_id != enterprise.id:
        raise NotFound
    if found.ended_at is not None and not also_ended:
        raise NotFound
    return found


def get_item(enterprise: Enterprise, item_id: int, *, also_ended: bool = False) -> ChainItem:
    """Return something this record makes or needs; raises NotFound."""
    found = db.session.get(ChainItem, item_id)
    if found is None or found.enterprise_id != enterprise.id:
        raise NotFound
    if found.ended_at is not None and not also_ended:
        raise NotFound
    return found


def successor_of(row: Row) -> Row | None:
    """Return what an ended row was corrected to, as it is known now; None when it was removed."""
    table = type(row)
    return db.session.scalars(
        select(table)
        .where(table.line_id == (row.line_id or row.id), table.ended_at.is_(None))
        .order_by(table.id.desc())
        .limit(1)
    ).first()


def get_contact(
    enterprise: Enterprise, contact_id: int, *, also_ended: bool = False
) -> NamedContact:
    """Return a standing contact of this record; raises NotFound."""
    found = db.session.get(NamedContact, contact_id)
    if found is None or found.enterprise_id != enterprise.id:
        raise NotFound
    if found.state not in STANDING and not also_ended:
        raise NotFound
    return found


def all_contacts(enterprise: Enterprise) -> Sequence[NamedContact]:
    """Return everybody ever named for a record, the newest first; of those whose entry ended
    only what became of it is left."""
    return db.session.scalars(
        select(NamedContact)
        .where(NamedContact.enterprise_id == enterprise.id)
        .order_by(NamedContact.id.desc())
        .limit(100)
    ).all()


def awaiting_code(address: str) -> Sequence[NamedContact]:
    """Return those asked at a number whose code still counts; one number may be named twice."""
    return db.session.scalars(
        select(NamedContact)
        .where(
            NamedContact.address == address,
            NamedContact.state == ContactState.ASKED,
            NamedContact.code_digest.is_not(None),
            NamedContact.code_until > clock.now(),
            NamedContact.code_tries < CODE_TRIES,
        )
        .order_by(NamedContact.id)
    ).all()


def get_by_digest(digest: str) -> NamedContact:
    """Return the contact whose link has this digest; raises NotFound for a spent or expired
    one."""
    found = db.session.scalar(
        select(NamedContact)
        .where(
            NamedContact.token_digest == digest,
            NamedContact.state.in_(STANDING),
            or_(NamedContact.token_until.is_(None), NamedContact.token_until > clock.now()),
        )
        .options(joinedload(NamedContact.enterprise))
    )
    if found is None:
        raise NotFound
    return found

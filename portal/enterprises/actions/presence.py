"""Adding and ending places, and what is made and needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action, mark_public_change
from portal.enterprises.actions.figures import check_open
from portal.enterprises.actions.members import check_editor
from portal.enterprises.models import ChainItem, Enterprise, Site
from portal.enterprises.queries.presence import items_of, sites_of
from portal.enterprises.terms.presence import SiteKind, Way
from portal.errors import Refused
from portal.extensions import db
from portal.taxonomy.models import Term

MOST = 50  # places, and things made or needed, of one record


@dataclass(frozen=True)
class Place:
    """A place as it is entered."""

    kind: SiteKind
    address: str
    district: Term
    zone: Term | None = None
    since: date | None = None
    until: date | None = None


def check_place(enterprise: Enterprise, place: Place) -> None:
    """Raise Refused for dates out of order, a second registered place or a locked one."""
    if place.since and place.since > clock.today():
        raise Refused(_("The day it began is still to come: check it"), "since")
    if place.since and place.until and place.until < place.since:
        raise Refused(_("The end cannot be before the beginning: check both days"), "until")
    standing = sites_of(enterprise)
    if len(standing) >= MOST:
        raise Refused(_("A record holds at most %(most)d of these", most=MOST))
    if place.kind == SiteKind.REGISTERED:
        check_unlocked(enterprise)
        if any(site.kind == SiteKind.REGISTERED for site in standing):
            raise Refused(_("There is a registered place already: remove it first"), "kind")


def check_unlocked(enterprise: Enterprise) -> None:
    """Raise Refused once the registered place was verified with the record."""
    if not enterprise.is_editable:
        raise Refused(
            _("The registered place is verified: ask for a change of the registered facts instead"),
            "kind",
        )


@action
def add_site(actor: Person, enterprise: Enterprise, place: Place) -> Site:
    """Add a place. Raises NotAllowed, Refused."""
    check_editor(actor, enterprise)
    check_open(enterprise)
    check_place(enterprise, place)
    site = Site(
        enterprise_id=enterprise.id,
        kind=place.kind,
        address=place.address,
        district_id=place.district.id,
        zone_id=place.zone.id if place.zone else None,
        since=place.since,
        until=place.until,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
    )
    db.session.add(site)
    audit.record(actor, "add_site", enterprise, {f"site_{place.kind}": (None, place.address)})
    mark_public_change()
    return site


@action
def end_site(actor: Person, enterprise: Enterprise, site: Site) -> None:
    """Take a place from the record. Raises NotAllowed, Refused."""
    check_editor(actor, enterprise)
    check_open(enterprise)
    if site.kind == SiteKind.REGISTERED:
        check_unlocked(enterprise)
    if site.ended_at is None:
        site.ended_at = clock.now()
        audit.record(actor, "end_site", enterprise, {f"site_{site.kind}": (site.address, None)})
        mark_public_change()


@action
def add_item(
    actor: Person, enterprise: Enterprise, way: Way, name: str, description: str, node: Term | None
) -> ChainItem:
    """Add something the enterprise makes or needs. Raises NotAllowed, Refused."""
    check_editor(actor, enterprise)
    check_open(enterprise)
    standing = [item for item in items_of(enterprise) if item.way == way]
    if len(standing) >= MOST:
        raise Refused(_("A record holds at most %(most)d of these", most=MOST))
    if any(item.name == name for item in standing):
        raise Refused(_("This is entered already"), "name")
    item = ChainItem(
        enterprise_id=enterprise.id,
        way=way,
        name=name,
        description=description,
        node_id=node.id if node else None,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
    )
    db.session.add(item)
    audit.record(actor, f"add_{way}", enterprise, {way: (None, name)})
    mark_public_change()
    return item


@action
def end_item(actor: Person, enterprise: Enterprise, item: ChainItem) -> None:
    """Take something made or needed from the record. Raises NotAllowed, Refused."""
    check_editor(actor, enterprise)
    check_open(enterprise)
    if item.ended_at is None:
        item.ended_at = clock.now()
        audit.record(actor, f"end_{item.way}", enterprise, {item.way: (item.name, None)})
        mark_public_change()

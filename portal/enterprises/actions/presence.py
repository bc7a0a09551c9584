"""Adding, correcting and ending places: by members who edit, and by officers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.database import action
from portal.enterprises.actions.members import check_editor
from portal.enterprises.actions.standing import office
from portal.enterprises.models import Enterprise, Site
from portal.enterprises.queries.members import find_membership
from portal.enterprises.queries.presence import Row, sites_of, successor_of
from portal.enterprises.rules.states import CLOSED
from portal.enterprises.terms.presence import SiteKind
from portal.enterprises.terms.record import State
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.taxonomy.models import Term

MOST = 50  # places, and things made or needed, of one record


@dataclass(frozen=True)
class Place:
    """A place as it is entered."""

    kind: SiteKind
    address: str
    district: Term
    zones: tuple[Term, ...] = ()
    since: date | None = None
    until: date | None = None


def check_writer(actor: Person, enterprise: Enterprise) -> str:
    """Return the office an officer acts for, empty for a member who edits; raises NotAllowed for
    everybody else, and Refused while the record is closed."""
    place = {"district_id": enterprise.district_id, "zone_id": enterprise.zone_id}
    by_office = ""
    if find_membership(actor, enterprise.id) is None and has_right(
        actor, Right.REVIEW_ENTERPRISES, **place
    ):
        by_office = office(actor)
    else:
        check_editor(actor, enterprise)
    if enterprise.state == State.SUBMITTED:
        raise Refused(_("The bureau is verifying this record: change this when it has decided"))
    if enterprise.state in CLOSED:
        raise Refused(_("This record is closed: it stays as it is"))
    return by_office


def check_place(enterprise: Enterprise, place: Place, corrected: Site | None = None) -> None:
    """Raise Refused for dates out of order, too many zones, a second registered place or a locked
    one; `corrected` is the place as it stood."""
    if place.since and place.since > clock.today():
        raise Refused(_("The day it began is still to come: check it"), "since")
    if place.since and place.until and place.until < place.since:
        raise Refused(_("The end cannot be before the beginning: check both days"), "until")
    standing = [site for site in sites_of(enterprise) if site is not corrected]
    if len(standing) >= MOST:
        raise Refused(_("A record holds at most %(most)d of these", most=MOST))
    if place.kind != SiteKind.REGISTERED:
        return
    check_unlocked(enterprise)
    if len(place.zones) > 1:
        raise Refused(_("The registered place lies in one zone at most: choose one"), "zones")
    if any(site.is_registered and site.until is None for site in standing):
        raise Refused(_("There is a registered place already: correct that one"), "kind")


def check_unlocked(enterprise: Enterprise) -> None:
    """Raise Refused once the registered place was verified with the record."""
    if not enterprise.is_editable:
        raise Refused(
            _("The registered place is verified: report a change of the registered facts instead"),
            "kind",
        )


@action
def add_site(actor: Person, enterprise: Enterprise, place: Place) -> Site:
    """Add a place. Raises NotAllowed, Refused."""
    by_office = check_writer(actor, enterprise)
    check_place(enterprise, place)
    site = keep_site(actor, enterprise, place)
    changes = {f"site_{place.kind}": (None, place.address)}
    audit.record(actor, "add_site", enterprise, changes, office=by_office)
    return site


@action
def edit_site(actor: Person, enterprise: Enterprise, site: Site, place: Place) -> Site:
    """Correct a place: the row as it stood ends, another follows in its line; entering the same
    changes nothing. Raises NotAllowed, Refused, ChangedSinceOpened once it was corrected."""
    by_office = check_writer(actor, enterprise)
    check_current(site)
    if site.is_registered:
        check_unlocked(enterprise)
    check_place(enterprise, place, site)
    before = place_of(site)
    if before == place:
        return site
    site.ended_at = clock.now()
    follower = keep_site(actor, enterprise, place, line_id=site.line_id or site.id)
    changed = differences(before, place)
    changes = {f"site_{name}": pair for name, pair in changed.items()}
    audit.record(actor, "edit_site", enterprise, changes, office=by_office)
    return follower


@action
def end_site(actor: Person, enterprise: Enterprise, site: Site) -> None:
    """Take a place from the record. Raises NotAllowed, Refused."""
    by_office = check_writer(actor, enterprise)
    if site.is_registered:
        check_unlocked(enterprise)
    if site.ended_at is None:
        site.ended_at = clock.now()
        changes = {f"site_{site.kind}": (site.address, None)}
        audit.record(actor, "end_site", enterprise, changes, office=by_office)


def check_current(row: Row) -> None:
    """Raise ChangedSinceOpened, saying what it reads now, once a row was corrected or removed."""
    if row.ended_at is None:
        return
    now = successor_of(row)
    if now is None:
        raise ChangedSinceOpened(_("This was removed since you opened it"))
    raise ChangedSinceOpened(
        _(
            "This was changed since you opened it and now reads “%(now)s”: open it again",
            now=now.address if isinstance(now, Site) else now.name,
        )
    )


def keep_site(
    actor: Person, enterprise: Enterprise, place: Place, *, line_id: int | None = None
) -> Site:
    """Add the row of a place; the caller records why."""
    site = Site(
        enterprise_id=enterprise.id,
        line_id=line_id,
        kind=place.kind,
        address=place.address,
        district_id=place.district.id,
        zones=list(place.zones),
        since=place.since,
        until=place.until,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
    )
    db.session.add(site)
    return site


def place_of(site: Site) -> Place:
    """Return a place as it could be entered again."""
    zones = tuple(site.zones)
    return Place(SiteKind(site.kind), site.address, site.district, zones, site.since, site.until)


def differences(before: object, after: object) -> dict[str, tuple[object, object]]:
    """Return what differs between two entries of one kind, as the trail keeps it."""
    pairs = {name: (getattr(before, name), value) for name, value in vars(after).items()}
    return {name: (told(old), told(new)) for name, (old, new) in pairs.items() if old != new}


def told(value: object) -> object:
    """Return a value as the trail keeps it: terms by their slugs."""
    if isinstance(value, tuple):
        return ", ".join(term.slug for term in value)
    return value.slug if isinstance(value, Term) else value

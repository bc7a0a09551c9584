"""Named selects over editions, releases, entries and sign-offs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.queries.members import find_membership, memberships_of
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.record import Role
from portal.enterprises.terms.record import State as EnterpriseState
from portal.errors import NotFound
from portal.extensions import db
from portal.lists import rules
from portal.lists.models import (
    Edition,
    EditionBody,
    Entry,
    EntryDecision,
    EntrySubtype,
    Release,
    SignOff,
)
from portal.lists.terms import PUBLIC_STATES, SENT, EditionState, EntryState
from portal.taxonomy.models import Department

OFFERED = IN_THE_REGISTRY | {EnterpriseState.SUSPENDED}
ENTRY_PARTS = (
    joinedload(Entry.subtype),
    joinedload(Entry.department),
    joinedload(Entry.enterprise),
    joinedload(Entry.field),
    joinedload(Entry.district),
    joinedload(Entry.zone),
)
BODIES = selectinload(Edition.bodies).joinedload(EditionBody.department)
RELEASE_PARTS = (joinedload(Release.edition).options(BODIES),)
ORDER = (Entry.position, Entry.id)


def editions() -> Sequence[Edition]:
    """Return every edition with releases and bodies, newest year first."""
    return db.session.scalars(
        select(Edition)
        .options(BODIES, selectinload(Edition.releases))
        .order_by(Edition.year.desc(), Edition.kind, Edition.id)
    ).all()


def find_edition(year: int, kind: str) -> Edition | None:
    """Return the edition of a year and kind, or None."""
    return db.session.scalar(
        select(Edition).where(Edition.year == year, Edition.kind == kind).options(BODIES)
    )


def get_edition(edition_id: int) -> Edition:
    """Return an edition with its bodies and releases; raises NotFound."""
    found = db.session.get(Edition, edition_id, options=[BODIES, selectinload(Edition.releases)])
    if found is None:
        raise NotFound
    return found


def get_release(release_id: int) -> Release:
    """Return a release with edition, bodies and sign-offs; raises NotFound."""
    found = db.session.scalar(
        select(Release)
        .where(Release.id == release_id)
        .options(
            *RELEASE_PARTS,
            selectinload(Release.sign_offs).options(
                joinedload(SignOff.department),
                joinedload(SignOff.recorded_by),
                joinedload(SignOff.confirmed_by),
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def lead_ids(edition: Edition) -> list[int]:
    """Return the departments that lead an edition, in the order in which they sign."""
    return [body.department_id for body in edition.bodies if body.leads]


def open_calls() -> list[Release]:
    """Return the releases that take entries today, those that close first at the top."""
    found = db.session.scalars(
        select(Release)
        .join(Release.edition)
        .where(Release.state == EditionState.CALL_OPEN)
        .options(contains_eager(Release.edition))
        .order_by(Release.call_closes_on, Edition.year.desc(), Edition.kind, Release.id)
    )
    return [release for release in found if takes_entries(release)]


def takes_entries(release: Release) -> bool:
    """Say whether the call for a release is open today."""
    return rules.is_call_open(
        release.state, release.call_opens_on, release.call_closes_on, clock.today()
    )


def subtypes(kind: str) -> Sequence[EntrySubtype]:
    """Return the subtypes of a kind in their order."""
    return db.session.scalars(
        select(EntrySubtype)
        .where(EntrySubtype.kind == kind)
        .order_by(EntrySubtype.sort, EntrySubtype.id)
    ).all()


def find_subtype(kind: str, slug: str) -> EntrySubtype | None:
    """Return a kind's subtype of that slug, or None."""
    return db.session.scalar(
        select(EntrySubtype).where(EntrySubtype.kind == kind, EntrySubtype.slug == slug)
    )


def get_entry(entry_id: int) -> Entry:
    """Return an entry with its terms, publisher, release and edition; raises NotFound."""
    found = db.session.scalar(
        select(Entry)
        .where(Entry.id == entry_id)
        .options(*ENTRY_PARTS, joinedload(Entry.release).options(*RELEASE_PARTS))
    )
    if found is None:
        raise NotFound
    return found


def sent_entries(release: Release, state: str = "") -> Sequence[Entry]:
    """Return the entries sent in for a release, in the order of the list; drafts stay private."""
    states = [state] if state in SENT else list(SENT)
    return db.session.scalars(
        select(Entry)
        .where(Entry.release_id == release.id, Entry.state.in_(states))
        .options(*ENTRY_PARTS)
        .order_by(*ORDER)
    ).all()


def accepted_entries(release: Release) -> Sequence[Entry]:
    """Return what a release consists of, in its order."""
    return sent_entries(release, EntryState.ACCEPTED)


def counts_by_state(release: Release) -> Mapping[str, int]:
    """Return how many entries of a release stand in which state."""
    counted = db.session.execute(
        select(Entry.state, func.count().label("number"))
        .where(Entry.release_id == release.id)
        .group_by(Entry.state)
    )
    return {row.state: row.number for row in counted}


def last_position(release: Release) -> int:
    """Return the highest place taken in a release, 0 when none is."""
    return (
        db.session.scalar(
            select(func.max(Entry.position)).where(
                Entry.release_id == release.id, Entry.state == EntryState.ACCEPTED
            )
        )
        or 0
    )


def count_drafts(person: Person) -> int:
    """Return how many drafts the person has begun."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Entry)
            .where(Entry.created_by_id == person.id, Entry.state == EntryState.DRAFT)
        )
        or 0
    )


def departments_named(slugs: set[str]) -> dict[str, Department]:
    """Return departments by slug."""
    found = db.session.scalars(
        select(Department).where(Department.slug.in_(slugs)).order_by(Department.sort)
    )
    return {department.slug: department for department in found}


def decisions_on(entry: Entry) -> Sequence[EntryDecision]:
    """Return every decision on an entry with who took it, newest first."""
    return db.session.scalars(
        select(EntryDecision)
        .where(EntryDecision.entry_id == entry.id)
        .options(joinedload(EntryDecision.decided_by))
        .order_by(EntryDecision.id.desc())
    ).all()


def find_last_decision(entry: Entry) -> EntryDecision | None:
    """Return the newest decision on an entry, or None."""
    found = decisions_on(entry)
    return found[0] if found else None


def enterprises_for(person: Person) -> list[Enterprise]:
    """Return the enterprises in the registry whose entries a person may send in; those out of
    date or suspended too, so that they are told why not."""
    return [
        membership.enterprise
        for membership in memberships_of(person)
        if membership.role != Role.VIEWER and membership.enterprise.state in OFFERED
    ]


def entries_of_record(enterprise_id: int) -> Sequence[Entry]:
    """Return every entry of a record, oldest first."""
    return db.session.scalars(
        select(Entry).where(Entry.enterprise_id == enterprise_id).order_by(Entry.id)
    ).all()


def own_entries(person: Person) -> Sequence[Entry]:
    """Return the entries of a person's enterprises and those they started, newest first."""
    theirs = select(Membership.enterprise_id).where(
        Membership.person_id == person.id, Membership.ended_at.is_(None)
    )
    return db.session.scalars(
        select(Entry)
        .where(
            or_(
                Entry.enterprise_id.in_(theirs),
                Entry.enterprise_id.is_(None) & (Entry.created_by_id == person.id),
            )
        )
        .options(*ENTRY_PARTS, joinedload(Entry.release).joinedload(Release.edition))
        .order_by(Entry.id.desc())
    ).all()


def due_releases() -> Sequence[int]:
    """Return the scheduled releases whose moment has come, earliest first."""
    return db.session.scalars(
        select(Release.id)
        .where(Release.state == EditionState.SCHEDULED, Release.scheduled_for <= clock.now())
        .order_by(Release.scheduled_for, Release.id)
    ).all()


def public_release_ids() -> frozenset[int]:
    """Return the releases the public may read at this moment: what search masks by."""
    return frozenset(db.session.scalars(select(Release.id).where(Release.state.in_(PUBLIC_STATES))))


def get_own_entry(person: Person, entry_id: int) -> Entry:
    """Return an entry the person may follow: of their enterprise, or of their department.

    Raises NotFound for every other one, so that ids reveal nothing.
    """
    entry = get_entry(entry_id)
    if entry.enterprise_id is not None:
        if find_membership(person, entry.enterprise_id) is None:
            raise NotFound
    elif not may_enter_for(person, entry.department):
        raise NotFound
    return entry


def may_enter_for(person: Person, department: Department | None) -> bool:
    """Say whether the person may send entries of a public body: curators of that body."""
    return department is not None and has_right(
        person,
        Right.CURATE_LISTS,
        department_id=department.id,
        district_id=department.district_id,
    )


def changed_since(entry: Entry, version: int) -> tuple[str, ...]:
    """Return the fields the trail shows as changed after a version was opened."""
    names: dict[str, None] = {}
    for event in trail_of(Entry.__tablename__, entry.id, limit=20):
        if (event.changes.get("version") or [0, 0])[0] < version:
            break
        names.update(dict.fromkeys(name for name in event.changes if name != "version"))
    return tuple(names)

"""Reading a release's sign-offs: whose turn it is, whose consent holds."""

from __future__ import annotations

from sqlalchemy import or_, select

from portal.accounts.models import Person
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import Entry, Release, SignOff
from portal.lists.queries.editions import lead_ids
from portal.lists.rules.signing import next_to_sign
from portal.lists.terms.entries import EntryState
from portal.taxonomy.models import Department

SIGNED_PAPER = "sign_off"  # whose files the scans of signed papers are


def bodies_in_force(release: Release) -> frozenset[int]:
    """Return the departments whose consent to a release holds."""
    return frozenset(
        sign_off.department_id for sign_off in release.sign_offs if sign_off.is_in_force
    )


def next_body(release: Release) -> Department | None:
    """Return the lead body whose turn it is to sign, or None when all have."""
    turn = next_to_sign(lead_ids(release.edition), bodies_in_force(release))
    return next(
        (body.department for body in release.edition.bodies if body.department_id == turn), None
    )


def find_sign_off(release: Release, department: Department) -> SignOff | None:
    """Return a body's sign-off that is not void, confirmed or not, or None."""
    return next(
        (
            sign_off
            for sign_off in release.sign_offs
            if sign_off.department_id == department.id and sign_off.voided_at is None
        ),
        None,
    )


def get_sign_off(sign_off_id: int) -> SignOff:
    """Return a sign-off with its release; raises NotFound."""
    found = db.session.get(SignOff, sign_off_id)
    if found is None:
        raise NotFound
    return found


def has_sent_any(person: Person, release: Release) -> bool:
    """Say whether the person sent in one of the entries a release consists of."""
    return (
        db.session.scalar(
            select(Entry.id)
            .where(
                Entry.release_id == release.id,
                Entry.state == EntryState.ACCEPTED,
                or_(Entry.created_by_id == person.id, Entry.submitted_by_id == person.id),
            )
            .limit(1)
        )
        is not None
    )

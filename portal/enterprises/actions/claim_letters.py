"""The letters of authorisation that come with requests: whose eyes they are for."""

from __future__ import annotations

from portal import files
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.enterprises.actions.claims import KIND
from portal.enterprises.models import Claim
from portal.enterprises.queries.claims import get_claim
from portal.enterprises.queries.members import find_membership
from portal.enterprises.rules.roles import Doing, may


def letter_of(made: Claim) -> files.StoredFile | None:
    """Return the letter of a request while it is kept, or None."""
    kept = files.files_of(KIND, [made.id])
    return kept[0] if kept else None


@files.reader_of(KIND)
def may_read_letter(person: Person, file: files.StoredFile) -> bool:
    """Say whether a person may read a letter: who sent it, the owners it asks, and the officers
    of the place once the bureau decides."""
    made = get_claim(file.owner_id)
    if made.person_id == person.id:
        return True
    membership = find_membership(person, made.enterprise_id)
    if membership is not None:
        return may(membership.role, Doing.MANAGE)
    return made.with_bureau_since is not None and has_right(
        person,
        Right.REVIEW_ENTERPRISES,
        district_id=made.enterprise.district_id,
        zone_id=made.enterprise.zone_id,
    )

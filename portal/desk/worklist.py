"""What waits for an officer, gathered from the domains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries import districts_for, rights_of
from portal.accounts.terms import Right
from portal.enterprises.queries.members import open_claims
from portal.enterprises.queries.reviews import waiting
from portal.lists.worklist import waiting_entries, waiting_signatures
from portal.taxonomy.models import Term


@dataclass(frozen=True)
class Item:
    """One thing that waits: its number, whom it concerns, since when, and where it is decided."""

    matter: str
    number: str
    subject: str
    district: Term | None
    since: datetime
    endpoint: str
    arguments: dict[str, int]


MATTERS = {
    "verification": _l("Registry verification"),
    "claim": _l("Request to act for an enterprise"),
    "entry": _l("Entry to select"),
    "signature": _l("Release to sign"),
}


def work_of(person: Person) -> list[Item]:
    """Return everything that waits for this person, oldest first."""
    rights = {right.right for right in rights_of(person)}
    found: list[Item] = []
    for right, gather in SOURCES:
        if right in rights:
            found.extend(gather(person))
    return sorted(found, key=lambda item: item.since)


def verifications(person: Person) -> list[Item]:
    """Return the submissions in the officer's districts."""
    return [
        Item(
            matter="verification",
            number=submission.number,
            subject=submission.enterprise.name,
            district=submission.enterprise.district,
            since=submission.submitted_at,
            endpoint="enterprises_bureau.review",
            arguments={"enterprise_id": submission.enterprise_id},
        )
        for submission in waiting(districts_for(person, Right.REVIEW_ENTERPRISES))
    ]


def claims(person: Person) -> list[Item]:
    """Return the requests to act for enterprises in the officer's districts."""
    return [
        Item(
            matter="claim",
            number=_("Request %(number)d", number=claim.id),
            subject=claim.enterprise.name,
            district=claim.enterprise.district,
            since=claim.made_at,
            endpoint="enterprises_bureau.claim",
            arguments={"claim_id": claim.id},
        )
        for claim in open_claims(districts_for(person, Right.REVIEW_ENTERPRISES))
    ]


def entries(person: Person) -> list[Item]:
    """Return the entries sent in to editions the officer curates."""
    return [
        Item(
            matter="entry",
            number=_("Entry %(number)d", number=entry.id),
            subject=entry.title,
            district=entry.district,
            since=entry.submitted_at or entry.created_at,
            endpoint="lists_bureau.review_entry",
            arguments={"entry_id": entry.id},
        )
        for entry in waiting_entries(person)
    ]


def signatures(person: Person) -> list[Item]:
    """Return the releases whose next lead body the officer signs for."""
    return [
        Item(
            matter="signature",
            number=_("Release %(number)d", number=waiting.release.number),
            subject=waiting.release.edition.title_zh,
            district=None,
            since=waiting.release.frozen_at or clock.now(),
            endpoint="lists_bureau.board",
            arguments={"release_id": waiting.release.id},
        )
        for waiting in waiting_signatures(person)
    ]


SOURCES: Sequence[tuple[Right, Callable[[Person], list[Item]]]] = (
    (Right.REVIEW_ENTERPRISES, verifications),
    (Right.REVIEW_ENTERPRISES, claims),
    (Right.CURATE_LISTS, entries),
    (Right.SIGN_LISTS, signatures),
)

"""What waits for an officer: where a case is decided, and what waits outside the cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right
from portal.casework import Case, Matter
from portal.casework.procedures import procedure_of
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


# Where the cases of a matter are decided: the endpoint and what its address calls the subject.
PAGES: dict[str, tuple[str, str]] = {
    Matter.VERIFICATION: ("enterprises_bureau.review", "enterprise_id"),
    Matter.CLAIM: ("enterprises_bureau.claim", "claim_id"),
    Matter.SUSPENSION: ("enterprises_bureau.standing_request", "request_id"),
    Matter.IDENTITY_CHANGE: ("enterprises_bureau.change_request", "change_id"),
    Matter.MERGE: ("enterprises_bureau.merge_request", "merge_id"),
    Matter.REMOVAL: ("enterprises_bureau.standing_request", "request_id"),
}


def page_of_case(case: Case) -> str:
    """Return the address where a case is decided."""
    endpoint, argument = PAGES[case.matter]
    values: dict[str, Any] = {argument: case.subject_id}
    return url_for(endpoint, **values)


def matters_for(person: Person) -> list[Matter]:
    """Return the matters the person's rights decide, in their order."""
    held = {right.right for right in rights_of(person)}
    return [matter for matter in Matter if procedure_of(matter).right in held]


def work_outside_cases(person: Person) -> list[Item]:
    """Return what waits for this person without a case, oldest first."""
    rights = {right.right for right in rights_of(person)}
    found: list[Item] = []
    for right, gather in SOURCES:
        if right in rights:
            found.extend(gather(person))
    return sorted(found, key=lambda item: item.since)


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
    (Right.CURATE_LISTS, entries),
    (Right.SIGN_LISTS, signatures),
)

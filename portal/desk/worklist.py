"""What waits for an officer: where a case is decided, and what waits outside the cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.casework import Case, Matter
from portal.casework.procedures import procedure_of
from portal.classification.queries.claims import count_waiting_claims, own_claims, waiting_claims
from portal.classification.queries.version_pages import waiting_proposals
from portal.lists.queries.errata import waiting_errata
from portal.lists.queries.waiting import count_waiting_entries, waiting_entries, waiting_signatures
from portal.taxonomy.models import Term
from portal.taxonomy.queries import calendar
from portal.taxonomy.working_days import Due
from portal.web.filters import day, in_language

AHEAD = timedelta(days=120)  # of calendar looked at for a few working days


@dataclass(frozen=True)
class Place:
    """The district and zone an officer narrows the worklist to, None for every one."""

    district_id: int | None = None
    zone_id: int | None = None

    def takes_in(self, district: Term | None) -> bool:
        """Say whether something of a district, and of no zone, lies here."""
        here = district.id if district else None
        return self.zone_id is None and self.district_id in (None, here)


EVERYWHERE = Place()


@dataclass(frozen=True)
class Item:
    """What waits without a case: its number, whom it concerns, since when, where it is decided,
    and how many things it stands for."""

    matter: Matter
    number: str
    subject: str
    district: Term | None
    since: datetime
    endpoint: str
    arguments: dict[str, Any]
    count: int = 1


@dataclass(frozen=True)
class Waiting:
    """An item with its due day and the working days left until it, below 0 when overdue."""

    item: Item
    due: Due
    left: int


Gather = Callable[[Person, Place], list[Item]]

# Where the cases of a matter are decided: the endpoint and what its address calls the subject.
PAGES: dict[Matter, tuple[str, str]] = {
    Matter.VERIFICATION: ("enterprises_bureau.review", "enterprise_id"),
    Matter.CLAIM: ("enterprises_bureau.claim", "claim_id"),
    Matter.IDENTITY_CHANGE: ("enterprises_bureau.change_request", "change_id"),
    Matter.SUSPENSION: ("enterprises_bureau.standing_request", "request_id"),
    Matter.RECOGNITION: ("recognition_bureau.application", "application_id"),
    Matter.OBJECTION: ("recognition_bureau.objection", "objection_id"),
    Matter.REVERSAL: ("recognition_bureau.reversal", "reversal_id"),
    Matter.CONSULTATION: ("recognition_bureau.consultation", "consultation_id"),
    Matter.LIST_OPINION: ("lists_bureau.opinion", "body_id"),
    Matter.CONSULTATION_PAPER: ("recognition_bureau.confirming_reply", "reply_id"),
    Matter.LIST_OPINION_PAPER: ("lists_bureau.confirming_opinion", "reply_id"),
    Matter.LIST_OBJECTION: ("lists_bureau.objection", "objection_id"),
    Matter.REMOVAL: ("enterprises_bureau.standing_request", "request_id"),
    Matter.TITLE_STANDING: ("classification_bureau.title_request", "request_id"),
    Matter.MERGE: ("enterprises_bureau.merge_request", "merge_id"),
}


def check_pages(app: Flask) -> None:
    """Raise LookupError, when the portal starts, for a matter that no page of it decides."""
    for matter in Matter:
        if matter in SOURCES:
            continue
        if matter not in PAGES:
            raise LookupError(f"no page decides the cases of {matter!r}: name it in PAGES")
        endpoint, argument = PAGES[matter]
        rules = app.url_map.iter_rules(endpoint) if endpoint in app.view_functions else ()
        if not any(
            "GET" in (rule.methods or ()) and rule.arguments == {argument} for rule in rules
        ):
            raise LookupError(f"{endpoint} with {argument}, named for {matter!r}, is no page")


def page_of_case(case: Case) -> str:
    """Return the address where a case is decided."""
    endpoint, argument = PAGES[Matter(case.matter)]
    values: dict[str, Any] = {argument: case.subject_id}
    return url_for(endpoint, **values)


def matters_for(person: Person) -> list[Matter]:
    """Return the matters the person's rights decide, in their order."""
    held = {right.right for right in rights_of(person)}
    return [matter for matter in Matter if procedure_of(matter).right in held]


def work_outside_cases(person: Person, place: Place = EVERYWHERE) -> list[Waiting]:
    """Return what waits for this person in a place without a case, the first due first."""
    found: list[Item] = []
    for matter in matters_for(person):
        if matter in SOURCES:
            found.extend(SOURCES[matter](person, place))
    return sorted(with_due_days(found), key=lambda waiting: (waiting.due.on, waiting.item.since))


def with_due_days(items: Sequence[Item]) -> list[Waiting]:
    """Return items with the day that the working days of their matter lead to."""
    if not items:
        return []
    today = clock.today()
    days = calendar(min(first_day(item) for item in items), today + AHEAD)
    found = []
    for item in items:
        due = days.add(first_day(item), procedure_of(item.matter).steps[0].days)
        late = due.on < today
        left = -max(days.between(due.on, today), 1) if late else days.between(today, due.on)
        found.append(Waiting(item, due, left))
    return found


def first_day(item: Item) -> date:
    """Return the city's day since which an item waits."""
    return item.since.astimezone(clock.city_zone()).date()


def count_outside_cases(person: Person) -> dict[Matter, int]:
    """Return by matter how much waits for this person without a case."""
    return {matter: COUNTS[matter](person) for matter in matters_for(person) if matter in COUNTS}


def title_checks(person: Person, place: Place) -> list[Item]:
    """Return the titles the officer verifies: a line for each that an enterprise claims, one per
    kind and import for those that sheets name; and rules that wait for a second officer."""
    claimed = proposals(person, place) + [
        Item(
            matter=Matter.TITLE_CHECK,
            number=_("Title %(number)d", number=claim.id),
            subject=_(
                "%(kind)s: %(name)s", kind=in_language(claim.kind), name=claim.enterprise.name
            ),
            district=claim.enterprise.district,
            since=claim.claimed_at,
            endpoint="classification_bureau.verify_claim",
            arguments={"claimed_id": claim.id},
        )
        for claim in own_claims(person, place.district_id, place.zone_id)
    ]
    return claimed + [
        Item(
            matter=Matter.TITLE_CHECK,
            number=ngettext("%(num)d title", "%(num)d titles", group.size),
            subject=_(
                "%(kind)s, named by the import of %(day)s",
                kind=in_language(group.kind),
                day=day(group.since),
            ),
            district=None,
            since=group.since,
            endpoint="classification_bureau.claims",
            arguments={"kind": group.kind.slug},
            count=group.size,
        )
        for group in waiting_claims(person, place.district_id, place.zone_id)
    ]


def proposals(person: Person, place: Place) -> list[Item]:
    """Return the rules for titles that the officer decides on as a second one."""
    return [
        Item(
            matter=Matter.TITLE_CHECK,
            number=row.slug,
            subject=_("Proposed rules: %(name)s", name=in_language(row)),
            district=None,
            since=row.proposed_at or row.changed_at,
            endpoint="classification_bureau.decide_version",
            arguments={"rule_slug": row.slug},
        )
        for row in (waiting_proposals(person) if place.takes_in(None) else ())
    ]


def count_title_checks(person: Person) -> int:
    """Return how many titles and rules wait for the officer."""
    return count_waiting_claims(person) + len(waiting_proposals(person))


def entries(person: Person, place: Place) -> list[Item]:
    """Return the entries sent in to editions the officer curates."""
    return [
        Item(
            matter=Matter.ENTRY,
            number=_("Entry %(number)d", number=entry.id),
            subject=entry.title,
            district=entry.district,
            since=entry.submitted_at or entry.created_at,
            endpoint="lists_bureau.review_entry",
            arguments={"entry_id": entry.id},
        )
        for entry in waiting_entries(person)
        if place.takes_in(entry.district)
    ]


def signatures(person: Person, place: Place) -> list[Item]:
    """Return the releases whose next lead body the officer signs for."""
    return [
        Item(
            matter=Matter.SIGNATURE,
            number=_("Release %(number)d", number=waiting.release.number),
            subject=waiting.release.edition.title_zh,
            district=None,
            since=waiting.release.frozen_at or clock.now(),
            endpoint="lists_bureau.board",
            arguments={"release_id": waiting.release.id},
        )
        for waiting in waiting_signatures(person)
        if place.takes_in(None)
    ]


def errata(person: Person, place: Place) -> list[Item]:
    """Return the changes after release the officer consents to as a second one."""
    return [
        Item(
            matter=Matter.ERRATUM,
            number=_("Change %(number)d", number=erratum.id),
            subject=erratum.entry.title if erratum.entry else erratum.release.edition.title_zh,
            district=erratum.entry.district if erratum.entry else None,
            since=erratum.proposed_at,
            endpoint="lists_bureau.erratum",
            arguments={"erratum_id": erratum.id},
        )
        for erratum in waiting_errata(person)
        if place.takes_in(erratum.entry.district if erratum.entry else None)
    ]


def count_errata(person: Person) -> int:
    """Return how many changes after release wait for the officer: a handful at most."""
    return len(waiting_errata(person))


def count_signatures(person: Person) -> int:
    """Return how many releases wait for the officer's signature: a handful at most."""
    return len(waiting_signatures(person))


SOURCES: Mapping[Matter, Gather] = {
    Matter.TITLE_CHECK: title_checks,
    Matter.ENTRY: entries,
    Matter.SIGNATURE: signatures,
    Matter.ERRATUM: errata,
}
COUNTS: Mapping[Matter, Callable[[Person], int]] = {
    Matter.TITLE_CHECK: count_title_checks,
    Matter.ENTRY: count_waiting_entries,
    Matter.SIGNATURE: count_signatures,
    Matter.ERRATUM: count_errata,
}

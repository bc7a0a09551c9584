"""How complete a record is, counted from what stands in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from portal.city import weights
from portal.enterprises.models import Enterprise, Metric
from portal.enterprises.queries.evidence import evidence_of
from portal.enterprises.queries.figures import figures_of, metrics, years_now
from portal.enterprises.queries.presence import items_of, sites_of
from portal.enterprises.rules.completeness import Completeness, Section, completeness, counted
from portal.enterprises.terms.figures import FilledBy, Group
from portal.enterprises.terms.presence import Way
from portal.enterprises.terms.record import FIELDS, OPTIONAL

EVIDENCED = (Group.INCOME, Group.BALANCE, Group.RD)  # groups a document is asked for


def completeness_of(enterprise: Enterprise) -> Completeness:
    """Return a record's sections and score."""
    asked = [m for m in metrics().values() if m.filled_by == FilledBy.MEMBER]
    stated = {(row.metric, row.year) for row in figures_of(enterprise)}
    proved = {file.purpose for file in evidence_of(enterprise)}
    last, *older = years_now()
    ways = {item.way for item in items_of(enterprise)}
    return completeness(
        {
            Section.FACTS: counted(
                getattr(enterprise, name) not in (None, "", [])
                for name in FIELDS
                if name not in OPTIONAL
            ),
            Section.FIGURES: counted((m.code, last) in stated for m in asked if m.years),
            Section.OLDER: counted(
                (m.code, year) in stated
                for m in asked
                for back, year in enumerate(older, 1)
                if m.years > back
            ),
            Section.STATEMENTS: counted((m.code, None) in stated for m in asked if not m.years),
            Section.EVIDENCE: counted(evidenced(asked, proved, last)),
            Section.PRESENCE: counted([bool(sites_of(enterprise)), *(way in ways for way in Way)]),
            Section.CONTACTS: counted([bool(enterprise.office), bool(enterprise.landline)]),
        },
        weights(),
    )


def evidenced(asked: list[Metric], proved: Collection[str], year: int) -> Iterator[bool]:
    """Say whether the licence, and a document for the last year of each group, are there."""
    yield "uscc" in proved
    for group in EVIDENCED:
        yield any(f"{m.code}@{year}" in proved for m in asked if m.group == group)

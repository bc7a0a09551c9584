"""The proof report of a release: every entry looked over, in a few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal import clock
from portal.classification.models.titles import TitleKind
from portal.lists.facts import own_fields
from portal.lists.models import Entry, LinkCheck, ProofDecision, Release
from portal.lists.procedures import curation
from portal.lists.public_texts import giving_away
from portal.lists.queries.claims import unfounded_in
from portal.lists.queries.proofs import (
    link_checks,
    proof_decisions,
    proved_entries,
    titles_of_last_year,
)
from portal.lists.queries.wordings import public_wordings, sent_wording
from portal.lists.rules.details import read_details
from portal.lists.rules.entries import missing_faults, time_faults
from portal.lists.rules.proofs import (
    Finding,
    dead_links,
    long_title,
    notice_faults,
    over,
    repeated,
    unfair_phrases,
)
from portal.lists.terms.fields import DETAIL_PREFIX, FieldType
from portal.lists.terms.proofs import FindingKind
from portal.web.filters import in_language


@dataclass(frozen=True)
class Line:
    """One finding in one entry, with the decision that lets it stand, if there is one."""

    entry: Entry
    finding: Finding
    decision: ProofDecision | None


@dataclass(frozen=True)
class Grounds:
    """What all entries are held against."""

    wordings: Mapping[int, Mapping[str, Any]]
    last_year: Mapping[str, str]
    links: Mapping[str, tuple[str, date]]
    claims: Mapping[int, Sequence[TitleKind]]


def proof_report(release: Release) -> list[Line]:
    """Return every finding of a release, in the order of its list."""
    entries, decisions = proved_entries(release), proof_decisions(release)
    addresses = {address for entry in entries for address in links_of(entry).values()}
    grounds = Grounds(
        wordings=public_wordings(entries),
        last_year=titles_of_last_year(release.edition),
        links={one.address: looked_at(one) for one in link_checks(addresses).values()},
        claims=unfounded_in(entries, clock.today()),
    )
    return [
        Line(entry, finding, decisions.get((entry.id, finding.mark)))
        for entry in entries
        for finding in findings(entry, grounds)
    ]


def looked_at(one: LinkCheck) -> tuple[str, date]:
    """Return what a look came to, and on which day of the city."""
    return one.result, one.checked_at.astimezone(clock.city_zone()).date()


def open_lines(lines: Collection[Line], kind: FindingKind) -> list[Line]:
    """Return the findings of a kind nobody decided on."""
    return [line for line in lines if line.finding.kind == kind and line.decision is None]


def findings(entry: Entry, grounds: Grounds) -> Iterator[Finding]:
    """Yield what is found in one entry as it would be published."""
    texts = sent_wording(entry) | dict(grounds.wordings.get(entry.id, {}))
    title = str(texts["title"])
    yield from missing(entry)
    for name, said in giving_away(entry, texts).items():
        yield Finding(FindingKind.MISSING, name, said, "")
    yield from notice(entry)
    if entry.enterprise_id is None:
        yield from unfair_phrases(plain(texts), curation().phrases)
    for kind in grounds.claims.get(entry.id, []):
        yield Finding(FindingKind.CLAIM, "", in_language(kind), kind.slug)
    if entry.continues_id is None:
        yield from repeated(title, grounds.last_year)
    yield from over(None if entry.standing else entry.closes_on, clock.today())
    yield from dead_links(links_of(entry), grounds.links)
    yield from long_title(title, curation().longest_title)


def plain(texts: Mapping[str, Any]) -> dict[str, str]:
    """Return texts as one string each."""
    return {
        name: "\n".join(value) if isinstance(value, list) else str(value)
        for name, value in texts.items()
        if value
    }


def missing(entry: Entry) -> Iterator[Finding]:
    """Yield what an entry could not be sent in without."""
    own = {name: getattr(entry, name) for name in own_fields(entry)}
    _details, faults = read_details(entry.subtype.fields, entry.details, complete=True)
    found = missing_faults(own) | time_faults(entry.subtype.kind, own)
    found |= {DETAIL_PREFIX + key: said for key, said in faults.items()}
    for name, said in found.items():
        yield Finding(FindingKind.MISSING, name, said, "")


def notice(entry: Entry) -> Iterator[Finding]:
    """Yield what is wrong with a procurement, by the city's data."""
    key = curation().official_notice.get(entry.subtype.slug)
    if key is not None:
        address = entry.details.get(key)
        yield from notice_faults(DETAIL_PREFIX + key, address, entry.subtype.takes_interest)


def links_of(entry: Entry) -> dict[str, str]:
    """Return the web addresses an entry links to, by field."""
    return {
        DETAIL_PREFIX + field["key"]: str(entry.details[field["key"]])
        for field in entry.subtype.fields
        if field["type"] == FieldType.URL and entry.details.get(field["key"])
    }


def without_notice(entries: Collection[Entry]) -> list[str]:
    """Return the titles of procurements that lack their official notice."""
    return [entry.title for entry in entries if any(notice(entry))]

"""One enterprise as its profile shows it: plain values, read by statements built once.

Members see the same before their record is in the registry: it is then found by its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, bindparam, select

from portal.directory.queries import held, profile_parts
from portal.directory.queries.gathered import gathered
from portal.directory.queries.parts import OF_ENTERPRISE, Rows, has_parts, rows_of
from portal.directory.queries.vocabulary import Vocabulary, Word, vocabulary
from portal.enterprises.models import Enterprise, enterprise_pillar, is_listed
from portal.errors import NotFound
from portal.prepared import Prepared
from portal.taxonomy.terms import Scheme
from portal.web.reading import read_one

SCHEMES = (
    Scheme.DISTRICT,
    Scheme.ZONE,
    Scheme.INDUSTRY,
    Scheme.KEY_INDUSTRY,
    Scheme.CHAIN,
    Scheme.NODE,
    Scheme.PILLAR,
)
FACTS = (
    Enterprise.uscc,
    Enterprise.name,
    Enterprise.name_en,
    Enterprise.state,
    Enterprise.is_sample,
    Enterprise.introduction,
    Enterprise.products,
    Enterprise.website,
    Enterprise.office,
    Enterprise.landline,
    Enterprise.registered_capital,
    Enterprise.established_on,
    Enterprise.admitted_on,
    Enterprise.admission_no,
    Enterprise.confirmed_on,
)
TERMS = (
    Enterprise.district_id,
    Enterprise.zone_id,
    Enterprise.industry_id,
    Enterprise.key_industry_id,
    Enterprise.node_id,
)


class Record(NamedTuple):
    """What an enterprise says of itself; terms are words, None where it has none."""

    uscc: str
    name: str
    name_en: str
    state: str
    is_sample: bool
    introduction: str
    products: str
    website: str
    office: str
    landline: str
    registered_capital: Decimal | None
    established_on: date | None
    admitted_on: date | None
    admission_no: str | None
    confirmed_on: date | None
    district: Word | None
    zone: Word | None
    industry: Word | None
    key_industry: Word | None
    node: Word | None
    pillars: tuple[Word, ...]
    past_names: tuple[Any, ...]


@dataclass(frozen=True)
class Profile:
    """A record with all that stands on its page."""

    record: Record
    titles: tuple[held.HeldTitle, ...]
    entries: Rows
    figures: Rows
    places: tuple[profile_parts.Place, ...]
    items: tuple[profile_parts.Item, ...]
    contacts: Rows


def find_profile(uscc: str) -> Profile | None:
    """Return the profile the public may read under a code, or None."""
    row = read_one(listed(), asked=uscc)
    return None if row is None else profile_of(row, vocabulary(*SCHEMES))


def get_profile(enterprise_id: int) -> Profile:
    """Return the profile of any record, as it will be read once it is public."""
    row = read_one(recorded(), asked=enterprise_id)
    if row is None:
        raise NotFound
    return profile_of(row, vocabulary(*SCHEMES))


@cache
def listed() -> Prepared:
    """Select the record the public may read under a code."""
    return records(Enterprise.uscc == bindparam("asked", type_=String), is_listed())


@cache
def recorded() -> Prepared:
    """Select a record by its number, whatever its state."""
    return records(Enterprise.id == bindparam("asked"))


def records(*where: ColumnElement[bool]) -> Prepared:
    """Select records with what their profile begins with and which parts it has."""
    own = enterprise_pillar.c.enterprise_id == Enterprise.id
    pillars = gathered("pillars", enterprise_pillar.c.term_id, own)
    has = has_parts(OF_ENTERPRISE, Enterprise.id)
    return Prepared(select(*FACTS, *TERMS, Enterprise.id, pillars, *has).where(*where))


def profile_of(row: Any, words: Vocabulary) -> Profile:
    """Return a profile with those parts that exist."""
    own, parts = row.id, profile_parts
    names = rows_of(parts.former_names(), own) if row.has_past_names else ()
    return Profile(
        record=record_of(row, words, names),
        titles=held.titles_of(own) if row.has_titles else (),
        entries=rows_of(parts.entries(), own) if row.has_entries else (),
        figures=parts.figures_of(own) if row.has_figures else (),
        places=parts.places_of(own, words) if row.has_sites else (),
        items=parts.items_of(own, words) if row.has_items else (),
        contacts=rows_of(parts.contacts(), own) if row.has_contacts else (),
    )


def record_of(row: Any, words: Vocabulary, past_names: tuple[Any, ...]) -> Record:
    """Return a row's facts with the words for its terms."""
    facts, terms = len(FACTS), len(FACTS) + len(TERMS)
    named = map(words.get, row[facts:terms])
    return Record._make((*row[:facts], *named, words.in_order(row.pillars), past_names))

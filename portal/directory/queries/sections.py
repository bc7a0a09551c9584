"""The filters of a search over everything: those of each kind of record, in one order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from portal import clock
from portal.directory.queries.entries import (
    SUBTYPE_LABELS,
    Years,
    district_facet,
    publisher_facet,
    state_facet,
    subtypes,
    year_facet,
    years,
)
from portal.directory.queries.facets import Facet, Option
from portal.directory.queries.registry import pillar_facet, term_facet, title_facet
from portal.directory.queries.titles import title_kinds
from portal.directory.queries.vocabulary import Vocabulary, vocabulary
from portal.enterprises.models import Enterprise
from portal.lists.models import Entry, EntrySubtype
from portal.lists.terms.kinds import Kind
from portal.taxonomy.terms import Scheme

SCHEMES = (
    Scheme.DISTRICT,
    Scheme.ZONE,
    Scheme.FIELD,
    Scheme.KEY_INDUSTRY,
    Scheme.NODE,
    Scheme.PILLAR,
)
PLACES = ("district", "zone")
OF_ENTRIES = ("state", "field", "subtype", "node", *PLACES, "publisher", "year")
SHOWN = {
    "": (*PLACES, "field", "key_industry", "node", "pillar", "title", "state", "year", "publisher"),
    "opportunity": OF_ENTRIES,
    "supply": OF_ENTRIES,
    "case": OF_ENTRIES[1:],
    "enterprise": ("title", "key_industry", "node", *PLACES, "pillar"),
    "policy": (),
}


def facets_of(section: str) -> Sequence[Facet]:
    """Return every facet that can be chosen in a section, in its order, then those of others:
    a choice goes with the reader from section to section."""
    kinds = subtypes(Kind(section)) if section in set(Kind) else ()
    words, titles = vocabulary(*SCHEMES), title_kinds()
    return built(section, words, titles, kinds, years(*Kind), clock.today())


@lru_cache(maxsize=12)
def built(
    section: str,
    words: Vocabulary,
    titles: tuple[Any, ...],
    kinds: tuple[Option, ...],
    of_years: Years,
    day: date,
) -> Sequence[Facet]:
    """Build the facets of a section for these words, kinds, subtypes and years, as of a day."""
    found = {
        facet.name: facet
        for facet in (
            district_facet(words),
            term_facet(words, Scheme.ZONE, _l("Functional zone"), Entry.zone_id, False),
            term_facet(words, Scheme.FIELD, _l("Field"), Entry.field_id),
            term_facet(words, Scheme.KEY_INDUSTRY, _l("Key industry"), Enterprise.key_industry_id),
            term_facet(words, Scheme.NODE, _l("Place in the chain"), Enterprise.node_id, False),
            pillar_facet(words),
            title_facet(titles, day),
            state_facet(),
            year_facet(of_years),
            publisher_facet(),
            *subtype_facets(section, kinds),
        )
    }
    return sorted(found.values(), key=lambda facet: order_in(section, facet))


def subtype_facets(section: str, kinds: tuple[Option, ...]) -> list[Facet]:
    """Return the facet of subtypes where the section is one list, none elsewhere."""
    if section not in set(Kind):
        return []
    return [Facet("subtype", SUBTYPE_LABELS[Kind(section)], kinds, EntrySubtype.slug)]


def shown_in(section: str, facet: Facet) -> bool:
    """Say whether a section shows a facet even while nothing of it is chosen."""
    return facet.name in SHOWN[section]


def order_in(section: str, facet: Facet) -> int:
    """Return the place of a facet in a section; those of others come last."""
    shown = SHOWN[section]
    return shown.index(facet.name) if facet.name in shown else len(shown)

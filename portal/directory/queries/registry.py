"""The enterprise registry as the public filters and reads it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, case, or_, select

from portal import clock
from portal.classification.models.titles import Title
from portal.classification.queries.counts import counting
from portal.directory.queries.facets import Facet, LinkedFacet, Option
from portal.directory.queries.holding import holds
from portal.directory.queries.listing import Source
from portal.directory.queries.titles import title_kinds
from portal.directory.queries.vocabulary import Vocabulary
from portal.enterprises.models import Enterprise, EnterpriseName, enterprise_pillar, is_listed
from portal.taxonomy.terms import Scheme

Rows = tuple[Any, ...]
SCHEMES = (Scheme.DISTRICT, Scheme.ZONE, Scheme.KEY_INDUSTRY, Scheme.NODE, Scheme.PILLAR)
COLUMNS: tuple[Any, ...] = (
    Enterprise.id,
    Enterprise.uscc,
    Enterprise.name,
    Enterprise.name_en,
    Enterprise.products,
    Enterprise.introduction,
    Enterprise.is_sample,
    Enterprise.district_id,
    Enterprise.zone_id,
    Enterprise.key_industry_id,
    Enterprise.node_id,
    Enterprise.established_on,
    Enterprise.admitted_on,
    Enterprise.state,
)


def facets(words: Vocabulary, kinds: Rows, day: date) -> list[Facet]:
    """Return the registry's facets; titles are counted by family, a firm once in each."""
    return [
        title_facet(kinds, day),
        term_facet(words, Scheme.KEY_INDUSTRY, _l("Key industry"), Enterprise.key_industry_id),
        term_facet(words, Scheme.NODE, _l("Place in the chain"), Enterprise.node_id, False),
        term_facet(words, Scheme.DISTRICT, _l("District or county"), Enterprise.district_id),
        term_facet(words, Scheme.ZONE, _l("Functional zone"), Enterprise.zone_id, False),
        pillar_facet(words),
    ]


def pillar_facet(words: Vocabulary) -> Facet:
    """Return the facet of the four 新, of which an enterprise may have several."""
    return LinkedFacet(
        Scheme.PILLAR,
        _l("The four new"),
        options(words, Scheme.PILLAR),
        enterprise_pillar.c.term_id,
        owner=enterprise_pillar.c.enterprise_id,
        listed=Enterprise.id,
    )


def options(words: Vocabulary, scheme: Scheme) -> tuple[Option, ...]:
    """Return the words of a scheme as options."""
    return tuple(Option(word.slug, word.id, word) for word in words.of(scheme))


def term_facet(
    words: Vocabulary, scheme: Scheme, label: Any, column: Any, is_open: bool = True
) -> Facet:
    """Return the facet of a column that refers to a term."""
    return Facet(str(scheme), label, options(words, scheme), column, is_open)


def title_facet(kinds: Rows, on: date) -> Facet:
    """Return the facet of families of titles in force on a day, in the order of the kinds."""
    families: dict[str, Any] = {}
    for row in kinds:
        families.setdefault(row.family, row)
    # Told by the title's own row: asked of one enterprise after the other, a join costs the most.
    family = case({0: "", **{row.id: row.family for row in kinds}}, value=Title.kind_id)
    held = (
        select(Title.enterprise_id, family.label("family"))
        .where(*counting(on, None, samples=True))
        .subquery()
    )
    return LinkedFacet(
        "title",
        _l("Titles in force"),
        tuple(Option(family, family, row) for family, row in families.items()),
        held.c.family,
        owner=held.c.enterprise_id,
        listed=Enterprise.id,
    )


def source(words: Vocabulary) -> Source:
    """Return the registry as a list the public filters."""
    return built(words, title_kinds(), clock.today())


@lru_cache(maxsize=4)
def built(words: Vocabulary, kinds: Rows, day: date) -> Source:
    """Build the registry's list for these words and kinds of titles, as of a day."""
    return Source(
        kind="enterprise",
        rows=select(Enterprise.id).select_from(Enterprise).where(is_listed()),
        ref=Enterprise.id,
        columns=COLUMNS,
        facets=facets(words, kinds, day),
        orders={
            "name": (Enterprise.sort_key, Enterprise.id),
            "admitted": (Enterprise.admitted_on.desc(), Enterprise.id.desc()),
        },
        like=like,
        narrowed={},
    )


def like(text: str) -> ColumnElement[bool]:
    """Return the condition that stands in for the index: name, code, product or former name."""
    columns = (Enterprise.name, Enterprise.name_en, Enterprise.uscc, Enterprise.products)
    former = Enterprise.past_names.any(holds(text, EnterpriseName.name))
    return or_(holds(text, *columns), former)

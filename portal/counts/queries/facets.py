"""What the facets of the public say of a cell: read from its key and what that refers to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date

from sqlalchemy import select

from portal.classification.models.titles import TitleKind
from portal.counts.cube import LISTED, Values
from portal.counts.queries.keys import state_on
from portal.counts.terms import AMONG, Counted
from portal.extensions import db
from portal.lists.models import Edition, EntrySubtype, Release
from portal.lists.terms.editions import PUBLIC_STATES
from portal.taxonomy.models import Term
from portal.taxonomy.terms import Scheme

Facets = Mapping[str, tuple[str, Values]]
CITYWIDE = 0  # the district of what names none, or the city


def facets(kind: Counted, today: date) -> Facets:
    """Return the facets of a kind by name: the part they read and what they say of its text."""
    return of_enterprises() if kind == Counted.ENTERPRISE else of_entries(today)


def number(text: str) -> tuple[Hashable, ...]:
    """Return the id a part holds."""
    return (int(text),) if text else ()


def of_enterprises() -> Facets:
    """Return the facets of enterprises; titles by family, by kind, and by kind and level."""
    families = {
        str(row.id): row.family
        for row in db.session.execute(select(TitleKind.id, TitleKind.family))
    }

    def held(text: str) -> list[tuple[str, str]]:
        pairs = (one.partition(":") for one in text.split(AMONG) if one)
        return [(kind, level) for kind, _, level in pairs]

    terms = ("district", "zone", "key_industry", "node", "industry")
    return {
        **{name: (name, number) for name in terms},
        "sample": ("sample", number),
        "pillar": ("pillars", lambda text: {int(one) for one in text.split(AMONG) if one}),
        "title": ("titles", lambda text: {families[kind] for kind, _level in held(text)}),
        "title_kind": ("titles", lambda text: {int(kind) for kind, _level in held(text)}),
        "title_level": ("titles", lambda text: {(int(kind), lev) for kind, lev in held(text)}),
    }


def of_entries(today: date) -> Facets:
    """Return the facets of entries; `listed` leaves out those whose release is not public."""
    releases = select(Release.id, Edition.year).join(Edition, Edition.id == Release.edition_id)
    public = releases.where(Release.state.in_(PUBLIC_STATES))
    years = {str(row.id): row.year for row in db.session.execute(public)}
    forms = select(EntrySubtype.id, EntrySubtype.kind, EntrySubtype.slug)
    subtypes = {str(row.id): row for row in db.session.execute(forms)}
    city = set(
        db.session.scalars(
            select(Term.id).where(Term.scheme == Scheme.DISTRICT, Term.parent_id.is_(None))
        )
    )

    def place(text: str) -> tuple[Hashable, ...]:
        return (CITYWIDE if not text or int(text) in city else int(text),)

    return {
        LISTED: ("release", lambda text: (True,) if text in years else ()),
        "year": ("release", lambda text: (years[text],) if text in years else ()),
        "kind": ("subtype", lambda text: (subtypes[text].kind,)),
        "subtype": ("subtype", lambda text: (subtypes[text].slug,)),
        "field": ("field", number),
        "node": ("node", number),
        "zone": ("zone", number),
        "district": ("district", place),
        "publisher": ("publisher", lambda text: (text,) if text else ()),
        "state": ("state", lambda text: (state_on(text, today),)),
    }
